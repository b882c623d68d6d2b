"""Whether the words are plain: the reading grade of all that an item says in sentences."""

from collections.abc import Iterator

from initiatives.checks.findings import Finding
from initiatives.checks.subject import Subject
from initiatives.models.labels import EVERYWHERE
from initiatives.text import readability

HIGHEST_GRADE = 8
SHOWN_WORDS = 12


def reading_advice(subject: Subject) -> Iterator[Finding]:
    """Yield advice where the texts together read above grade 8, with the sentences that raise it most."""
    found = readability.split("\n\n".join(subject.texts.values()))
    grade = readability.grade_of(found)
    if round(grade, 1) <= HIGHEST_GRADE:
        return
    quoted = " ".join(f"“{shortened(sentence.text)}”" for sentence in readability.hardest(found))
    yield Finding(
        EVERYWHERE,
        f"The text reads at school grade {grade:.1f}; aim for {HIGHEST_GRADE} or below. "
        f"Split these sentences or use shorter words: {quoted}",
    )


def shortened(text: str) -> str:
    """Return the first words of a sentence, enough to find it again."""
    words = text.split()
    return text if len(words) <= SHOWN_WORDS else " ".join(words[:SHOWN_WORDS]) + " …"
