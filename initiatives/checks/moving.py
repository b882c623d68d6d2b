"""What becomes of the item's address, where the draft has another one than the live page."""

from collections.abc import Iterator

from initiatives.checks.findings import Finding
from initiatives.checks.subject import Subject
from initiatives.links.moves import moves
from initiatives.models.labels import EVERYWHERE


def moving_advice(subject: Subject) -> Iterator[Finding]:
    """Yield what happens to each live address that this draft changes."""
    for move in moves(subject.item):
        yield Finding(EVERYWHERE, move.message)
