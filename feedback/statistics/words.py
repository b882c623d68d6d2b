"""Words that set one page's comments apart from all others."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from feedback.statistics.rates import Rate, chance_of_fall, discovered

WORD = re.compile(r"\w+(?:['’-]\w+)*")
JOINTS = re.compile(r"['’-]")
# What stands for personal data (personal.masked) and for redacted words is nobody's word.
MARK = re.compile(r"\[[^\[\]]*hidden\]|\[removed\]")
FALSE = 0.01  # of the words that are named, the share that may be named by mere chance
LEAST = 3  # comments that must hold a word: what one comment or two say is no pattern
# Words that say nothing of what a comment is about
COMMON = frozenset(
    re.findall(
        r"\S+",
        "a about after all also am an and any are as at be been but by can could did do does for from get "
        "had has have he her"
        " him his how i if in into is it its just like me more most much my no nor not now of off on one "
        "only or our out page"
        " please she should site so some than that the their them then there these they this those to too "
        "up us very was we"
        " were what when where which who why will with would yes you your",
    )
)


@dataclass(frozen=True)
class Word:
    """A word, in how many of the comments it is, and how likely chance alone makes it that frequent there."""

    word: str
    comments: int
    chance: float


def telling_words(text: str) -> set[str]:
    """Return the telling words of a text, each once, small, without those that have a digit."""
    found = {word.casefold() for word in WORD.findall(MARK.sub(" ", text))}
    return {word for word in found if len(word) > 2 and word not in COMMON and JOINTS.sub("", word).isalpha()}


def telling(here: Iterable[str], elsewhere: Iterable[str], most: int = 12) -> list[Word]:
    """Return the words that more of the comments here have than elsewhere, by more than chance, the surest
    first.

    A word counts once in each comment. Each is tried by Fisher's exact test, and of all words that are in
    enough comments, wherever, so many are named that chance alone is expected to name at most one in a
    hundred (rates.discovered).
    """
    one, other = ([telling_words(text) for text in texts] for texts in (here, elsewhere))
    count, counted = (Counter(word for words in side for word in words) for side in (one, other))
    compared = [word for word, all_in in (count + counted).items() if all_in >= LEAST]
    chances = [
        chance_of_more(Rate(count[word], len(one)), Rate(counted[word], len(other))) for word in compared
    ]
    tried = zip(compared, chances, discovered(chances, FALSE), strict=True)
    found = [
        Word(word, count[word], chance) for word, chance, is_sure in tried if is_sure and count[word] >= LEAST
    ]
    return sorted(found, key=lambda one: (one.chance, one.word))[:most]


def chance_of_more(here: Rate, elsewhere: Rate) -> float:
    """Return how likely chance alone gives so large a part of the comments here a word; 1 where the part
    is no larger.
    """
    return chance_of_fall(here, elsewhere) if here.share > elsewhere.share else 1.0
