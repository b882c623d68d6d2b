"""Shares of yes among answers, and how sure they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, lgamma, sqrt

Z = 1.959964  # 95%
NEGLIGIBLE = 1e-12
SURE = 0.025  # on each side
FALSE = 0.05  # of the pages that are named as fallen, the share that may be named by mere chance
FEW = 10  # below that a share says little and is not shown as one


@dataclass(frozen=True)
class Rate:
    """How many of so many answers were yes."""

    yes: int = 0
    total: int = 0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.yes + other.yes, self.total + other.total)

    @property
    def of_no(self) -> "Rate":
        """The same answers, no counted as yes."""
        return Rate(self.total - self.yes, self.total)

    @property
    def is_few(self) -> bool:
        """Whether there are too few answers to call it a share."""
        return self.total < FEW

    @property
    def share(self) -> float:
        """The share of yes, 0 to 1; 0 without answers."""
        return self.yes / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% confidence interval of the share."""
        return wilson(self.yes, self.total)

    @property
    def hurt(self) -> float:
        """The least share of no that the answers leave likely: high for pages that surely do not help."""
        return self.of_no.interval[0]

    @property
    def words(self) -> str:
        """The share in words: "72% (64 to 79%) of 130 answers"; for few answers their number alone."""
        if self.is_few:
            return (
                f"{self.total} answer{'' if self.total == 1 else 's'}: too few for a share"
                if self.total
                else "No answers"
            )
        low, high = self.interval
        return f"{percent(self.share)} ({low * 100:.0f} to {percent(high)}) of {self.total:,} answers"


def percent(share: float) -> str:
    """Return a share as a whole percentage: 0.716 is "72%"."""
    return f"{share * 100:.0f}%"


def wilson(yes: int, total: int, z: float = Z) -> tuple[float, float]:
    """Return the score interval of a proportion, both ends from 0 to 1; (0, 1) without answers.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927),
    209–212.
    """
    if not total:
        return 0.0, 1.0
    share = yes / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def dropped(before: Rate, after: Rate) -> bool:
    """Say whether the share fell by more than chance explains (5%, both sides); never where either side
    has few answers.
    """
    return not before.is_few and not after.is_few and chance_of_fall(before, after) < SURE


def rose(before: Rate, after: Rate) -> bool:
    """Say whether the share rose by more than chance explains: that of no fell."""
    return dropped(before.of_no, after.of_no)


def chance_of_fall(before: Rate, after: Rate) -> float:
    """Return how likely chance alone makes the share fall as far as it did or farther, from 0 to 1.

    The one-sided exact test: R. A. Fisher, "The Design of Experiments" (1935), chapter 2. It holds for few
    answers and for shares near 0 or 1, where tests by the normal curve give false alarms.
    """
    both = before + after
    all_ways, chance = ways(both.total, both.yes), 0.0
    for yes in range(after.yes, max(0, both.yes - before.total) - 1, -1):
        one = exp(ways(after.total, yes) + ways(before.total, both.yes - yes) - all_ways)
        chance += one
        if one < NEGLIGIBLE * chance:  # past the most likely one they only grow smaller
            break
    return min(1.0, chance)


def ways(total: int, yes: int) -> float:
    """Return the natural logarithm of in how many ways so many of a total can be chosen."""
    return lgamma(total + 1) - lgamma(yes + 1) - lgamma(total - yes + 1)


def fell(pairs: Sequence[tuple[Rate, Rate]]) -> list[bool]:
    """Say of each page, by its rates before and after, whether it fell by more than chance.

    So many pages are compared that chance alone would name some: of all that are named, at most FALSE are
    expected to be named by it. Where no page changed, it names any in at most that share of the times. Few
    answers are no test.
    """
    tried = [not before.is_few and not after.is_few for before, after in pairs]
    chances = [chance_of_fall(*pair) for pair, is_tried in zip(pairs, tried, strict=True) if is_tried]
    found = iter(discovered(chances, FALSE))
    return [is_tried and next(found) for is_tried in tried]


def discovered(chances: list[float], false: float) -> list[bool]:
    """Say of each of many tests whether it found something, so that of all found at most this share is
    expected to be chance.

    In: the p-value of each test; the share, from 0 to 1. Y. Benjamini and Y. Hochberg, "Controlling the false
    discovery rate", Journal of the Royal Statistical Society B 57 (1995), 289–300.
    """
    ranked = sorted(chances)
    passing = [chance for rank, chance in enumerate(ranked, start=1) if chance <= false * rank / len(ranked)]
    limit = max(passing, default=-1.0)
    return [chance <= limit for chance in chances]
