"""Shares of yes among answers, and how sure they are."""

from dataclasses import dataclass
from math import erfc, sqrt

Z = 1.959964  # 95%
FEW = 10  # below that a share says little and is not shown as one


@dataclass(frozen=True)
class Rate:
    """How many of so many answers were yes."""

    yes: int = 0
    total: int = 0

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.yes + other.yes, self.total + other.total)

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
        return wilson(self.total - self.yes, self.total)[0]

    @property
    def words(self) -> str:
        """The share in words: "72% (64 to 79%) of 130 answers"; for few answers their number alone."""
        if self.is_few:
            return f"{self.total} answer{'' if self.total == 1 else 's'}: too few for a share" if self.total else "No answers"
        low, high = self.interval
        return f"{percent(self.share)} ({low * 100:.0f} to {percent(high)}) of {self.total:,} answers"


def percent(share: float) -> str:
    """Return a share as a whole percentage: 0.716 is "72%"."""
    return f"{share * 100:.0f}%"


def wilson(yes: int, total: int, z: float = Z) -> tuple[float, float]:
    """Return the score interval of a proportion, both ends from 0 to 1; (0, 1) without answers.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927), 209–212.
    """
    if not total:
        return 0.0, 1.0
    share = yes / total
    middle = share + z * z / (2 * total)
    spread = z * sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def difference(before: Rate, after: Rate) -> tuple[float, float]:
    """Return the 95% interval of the share after less the share before, from -1 to 1.

    R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
    (1998), 873–890, method 10: from the two Wilson intervals.
    """
    gap = after.share - before.share
    low_before, high_before = before.interval
    low_after, high_after = after.interval
    low = gap - sqrt((after.share - low_after) ** 2 + (high_before - before.share) ** 2)
    high = gap + sqrt((high_after - after.share) ** 2 + (before.share - low_before) ** 2)
    return low, high


def dropped(before: Rate, after: Rate) -> bool:
    """Say whether the share fell by more than chance explains; never where either side has few answers."""
    return not before.is_few and not after.is_few and difference(before, after)[1] < 0


def rose(before: Rate, after: Rate) -> bool:
    """Say whether the share rose by more than chance explains; never where either side has few answers."""
    return not before.is_few and not after.is_few and difference(before, after)[0] > 0


def chance_of_fall(before: Rate, after: Rate) -> float:
    """Return how likely chance alone makes the share fall as far as it did or farther, from 0 to 1.

    The one-sided z test of two proportions with pooled variance: NIST/SEMATECH e-Handbook of Statistical Methods, 7.3.3. In:
    rates with answers. 1 where both shares are 0 or both are 1.
    """
    pooled = (before + after).share
    spread = sqrt(pooled * (1 - pooled) * (1 / before.total + 1 / after.total))
    return 0.5 * erfc((before.share - after.share) / spread / sqrt(2)) if spread else 1.0


def discovered(chances: list[float], false: float) -> list[bool]:
    """Say of each of many tests whether it found something, so that of all found at most this share is expected to be chance.

    In: the p-value of each test; the share, from 0 to 1. Y. Benjamini and Y. Hochberg, "Controlling the false discovery
    rate", Journal of the Royal Statistical Society B 57 (1995), 289–300.
    """
    ranked = sorted(chances)
    passing = [chance for rank, chance in enumerate(ranked, start=1) if chance <= false * rank / len(ranked)]
    limit = max(passing, default=-1.0)
    return [chance <= limit for chance in chances]
