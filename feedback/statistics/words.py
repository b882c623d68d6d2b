"""Words that set one page's comments apart from all others."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log, sqrt

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
LEAST = 3  # comments that must hold a word, so that no single person's words are shown
SURE = 1.96
PRIOR = 500  # words that the prior weighs as much as, at most
# Words that say nothing of what a comment is about
COMMON = frozenset(
    re.findall(
        r"\S+",
        "a about after all also am an and any are as at be been but by can could did do does for from get had has have he her"
        " him his how i if in into is it its just like me more most much my no nor not now of off on one only or our out page"
        " please she should site so some than that the their them then there these they this those to too up us very was we"
        " were what when where which who why will with would yes you your",
    )
)


@dataclass(frozen=True)
class Word:
    """A word, in how many of the comments it is, and how surely it is more frequent there (z)."""

    word: str
    comments: int
    z: float


def words_of(text: str) -> set[str]:
    """Return the telling words of a text, each once, small."""
    return {word for word in (found.casefold() for found in WORD.findall(text)) if len(word) > 2 and word not in COMMON}


def telling(here: Iterable[str], elsewhere: Iterable[str], most: int = 12) -> list[Word]:
    """Return the words that are surely more frequent in the comments here than elsewhere, the surest first.

    The log-odds ratio with an informative Dirichlet prior taken from all comments: B. L. Monroe, M. P. Colaresi and
    K. M. Quinn, "Fightin' Words", Political Analysis 16 (2008), 372–403. A word counts once in each comment.
    """
    one = Counter(word for text in here for word in words_of(text))
    other = Counter(word for text in elsewhere for word in words_of(text))
    both = one + other
    total_one, total_other, total = one.total(), other.total(), both.total()
    found = []
    scale = min(0.1, PRIOR / total) if total else 0
    for word, count in one.items():
        if count < LEAST:
            continue
        prior, prior_total = both[word] * scale, total * scale
        odds = log((count + prior) / (total_one + prior_total - count - prior + 1e-9)) - log(
            (other[word] + prior) / (total_other + prior_total - other[word] - prior + 1e-9)
        )
        z = odds / sqrt(1 / (count + prior) + 1 / (other[word] + prior))
        if z > SURE:
            found.append(Word(word, count, z))
    return sorted(found, key=lambda one: (-one.z, one.word))[:most]
