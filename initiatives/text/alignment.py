"""Which parts of two texts belong together, in time that is bounded whatever the texts are. Pure values, no
database.

The longest common subsequence is rapidfuzz's, which works through 64 cells of its table at once: H. Hyyrö,
"Bit-parallel LCS-length computation revisited", AWOCA 2004.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import Indel, LCSseq, Postfix, Prefix

LIKE = 0.5  # two paragraphs are one and the same, edited, from that share of common words on
PAIR = 800  # what it costs to try a pair of paragraphs, in cells
Run = tuple[Sequence[str], Sequence[str], Sequence[str]]


@dataclass
class Effort:
    """What one comparison may still cost, in cells of the tables that it fills: about a tenth of a second in
    all.

    `is_coarse` says that something had to be compared more coarsely, because it would have cost more.
    """

    left: int = 200_000_000
    is_coarse: bool = False

    def allows(self, cells: int) -> bool:
        """Take so many cells, and say whether they were still there."""
        if cells > self.left:
            self.is_coarse = True
            return False
        self.left -= cells
        return True


def coded(*sequences: Sequence[str]) -> list[str]:
    """Return each sequence as a string with one character for each different part, which is what rapidfuzz
    is quickest with.
    """
    codes: dict[str, str] = {}
    return ["".join([codes.setdefault(part, chr(len(codes))) for part in sequence]) for sequence in sequences]


def changed_runs(old: Sequence[str], new: Sequence[str], effort: Effort) -> Iterator[Run]:
    """Yield, in order, what went and what came in one place, and what follows there on both sides, as the new
    side has it.

    In: the parts of both sides; white space at a part's end does not count. Beyond the effort all that is
    between a common beginning and a common end went and came.
    """
    done, there = 0, 0
    one, two = coded(*([part.rstrip() for part in side] for side in (old, new)))
    for start, other, size in blocks(one, two, effort):
        yield old[done:start], new[there:other], new[other : other + size]
        done, there = start + size, other + size


def blocks(old: str, new: str, effort: Effort) -> Sequence[tuple[int, int, int]]:
    """Return where the two are the same: start in old, start in new, length; the last one ends both."""
    head = Prefix.similarity(old, new)
    tail = Postfix.similarity(old[head:], new[head:])
    if effort.allows((len(old) - head - tail) * (len(new) - head - tail)):
        return LCSseq.opcodes(old, new).as_matching_blocks()  # type: ignore[return-value]
    return [(0, 0, head), (len(old) - tail, len(new) - tail, tail)]


def paired_paragraphs(gone: Sequence[str], come: Sequence[str], effort: Effort) -> Iterator[tuple[str, str]]:
    """Yield paragraphs that went and came in one place, in order: those that are alike together, each other
    one with "".

    Beyond the effort they are paired by place where they are equally many, and not at all otherwise.
    """
    if len(gone) == len(come) == 1:
        yield gone[0], come[0]
        return
    words = coded(*(paragraph.split() for paragraph in (*gone, *come)))
    old, new = words[: len(gone)], words[len(gone) :]
    if effort.allows(sum(map(len, old)) * sum(map(len, new)) + PAIR * len(old) * len(new)):
        matches = in_order(old, new)
    else:
        matches = [(n, n) for n in range(len(old))] if len(old) == len(new) else []
    done, there = 0, 0
    for n, other in [*matches, (len(gone), len(come))]:
        yield from ((paragraph, "") for paragraph in gone[done:n])
        yield from (("", paragraph) for paragraph in come[there:other])
        yield from zip(gone[n : n + 1], come[other : other + 1], strict=True)
        done, there = n + 1, other + 1


def in_order(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Return the pairs of alike ones, each once and none crossing another, whose likeness is the greatest
    in sum.
    """
    width = len(new) + 1
    best = [[0.0] * width for _ in range(len(old) + 1)]
    likeness: list[dict[int, float]] = []
    for one in reversed(old):
        found = process.extract(one, new, scorer=Indel.normalized_similarity, score_cutoff=LIKE, limit=None)
        likeness.append({place: score for _, score, place in found})
        below, row = best[len(old) - len(likeness) + 1], best[len(old) - len(likeness)]
        for n in range(len(new) - 1, -1, -1):
            row[n] = max(below[n], row[n + 1], likeness[-1].get(n, -1.0) + below[n + 1])
    pairs, n, other = [], 0, 0
    likeness.reverse()
    while n < len(old) and other < len(new):
        if best[n][other] == best[n + 1][other]:
            n += 1
        elif best[n][other] == best[n][other + 1]:
            other += 1
        else:
            pairs.append((n, other))
            n, other = n + 1, other + 1
    return pairs
