"""The order of siblings that a document asks for, brought together with the order that there is."""

from collections.abc import Hashable, Sequence
from itertools import pairwise
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def arrange(now: Sequence[Key], asked: Sequence[Key], reordered: bool) -> list[Key]:
    """Return all siblings in their new order.

    In: those there are, in order; those that the document names, in its order, new ones among them; whether
    the document changed the order of those it had. Siblings that it does not name keep their places; a new
    one follows the one before it.
    """
    old = [key for key in asked if key in set(now)]
    result = list(now)
    if reordered:
        named = iter(old)
        result = [next(named) if key in set(old) else key for key in now]
    for place, key in enumerate(asked):
        if key not in result:
            after = (
                result.index(asked[place - 1]) + 1 if place else result.index(old[0]) if old else len(result)
            )
            result.insert(after, key)
    return result


def positions(order: Sequence[Key], had: dict[Key, int]) -> dict[Key, int]:
    """Return a position for each sibling. As few as can be get another than they had.

    In: the new order, and the positions there were, without those of new siblings.
    """
    known = [had[key] for key in order if key in had]
    if len(known) == len(order):
        places = sorted(set(known))
        return dict(zip(order, places if len(places) == len(order) else range(len(order)), strict=True))
    newcomers = next(number for number, key in enumerate(order) if key not in had)
    if len(known) == newcomers and all(one < two for one, two in pairwise(known)):
        last = known[-1] if known else -1
        return {key: had.get(key, last + 1 + number - newcomers) for number, key in enumerate(order)}
    first = min(known, default=0)
    return {key: first + number for number, key in enumerate(order)}
