"""How hard a text is to read: the Flesch-Kincaid grade level.

The formula is that of J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of New
Readability Formulas … for Navy Enlisted Personnel", Research Branch Report 8-75, 1975:

    0.39 × words ÷ sentences + 11.8 × syllables ÷ words − 15.59

Ours are the rules for what it counts: a colon, a semicolon, a paragraph and an item of a list end a sentence
too; a syllable is a group of vowels, less a silent e; names and numbers count as one syllable, as a text
cannot do without them.
"""

import re
from dataclasses import dataclass

SENTENCE_END = re.compile(r"(?<!\bSt)(?<!\bU\.S)(?<!\bDr)[.!?:;](?=\s|$)|\n\s*\n|\n\s*(?=[-*] )")
WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d[\d,.]*")
MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`#>]")


@dataclass(frozen=True)
class Sentence:
    """A sentence: what it says, its words and how many syllables they have."""

    text: str
    words: list[str]
    sounds: int


def split(text: str) -> list[Sentence]:
    """Return the sentences of a text, which may be Markdown."""
    parts = (" ".join(part.split()) for part in SENTENCE_END.split(MARKS.sub(r"\1", text)))
    found = ((part, WORD.findall(part)) for part in parts)
    return [
        Sentence(part, words, sum(sounds(word, place) for place, word in enumerate(words)))
        for part, words in found
        if words
    ]


def sounds(word: str, place: int) -> int:
    """Return how many syllables a word counts for at its place in the sentence: one for a name or a
    number.
    """
    return 1 if word[0].isdigit() or (place and word[0].isupper()) else syllables(word)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has: groups of vowels, less a silent e."""
    word = re.sub(r"(?<=[^aeiouyl])e$|(?<=[^td])ed$|(?<=[^cgszx])es$", "", word.lower())
    return max(1, len(re.findall(r"[aeiouy]+", word)))


def formula(sentences: int, words: int, sounds: int) -> float:
    """Return the US school grade that follows from three counts; 0 for no words."""
    return 0.39 * words / sentences + 11.8 * sounds / words - 15.59 if sentences and words else 0.0


def grade(text: str) -> float:
    """Return the US school grade of a text, which may be Markdown; 0 for one without words."""
    return grade_of(split(text))


def grade_of(found: list[Sentence]) -> float:
    """Return the US school grade of sentences taken together."""
    return formula(len(found), sum(len(one.words) for one in found), sum(one.sounds for one in found))


def hardest(found: list[Sentence], most: int = 3) -> list[Sentence]:
    """Return the sentences without which the grade of the rest would be the lowest, worst first.

    Only those count that raise the grade. Where none does alone, as they are all alike, it is the one hardest
    by itself.
    """
    if len(found) < 2:
        return found
    words, heard, whole = (
        sum(len(one.words) for one in found),
        sum(one.sounds for one in found),
        grade_of(found),
    )
    without = [(formula(len(found) - 1, words - len(one.words), heard - one.sounds), one) for one in found]
    raising = [one for rest, one in sorted(without, key=lambda pair: pair[0]) if rest < whole][:most]
    return raising or [max(found, key=lambda one: grade_of([one]))]
