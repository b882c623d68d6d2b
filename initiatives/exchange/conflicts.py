"""What a document asks to change of an item: its side against the revision it was exported from and the
newest one.
"""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from initiatives.exchange.block import Block
from initiatives.exchange.fields import Told, of_revision
from initiatives.models import Revision


@dataclass
class Conflict:
    """A field that both sides changed: where it stands in the document, of which item it is, and the three
    texts.
    """

    line: int
    where: str
    name: str
    kind: str
    key: UUID
    title: str
    author: str
    was: Any
    saved: Any
    typed: Any


@dataclass
class Ask:
    """What a block asks for: the fields to set, and the conflicts that keep the whole import back."""

    block: Block
    newest: Revision | None
    base: Revision | None
    fields: Told = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def asked_fields(block: Block, told: Told, base: Revision | None, newest: Revision | None) -> Ask:
    """Return the fields that the document changed, without those that say the same in the newest revision."""
    found = Ask(block, newest, base)
    if newest is None or base is None:
        found.fields = told
        return found
    was, saved = of_revision(base), of_revision(newest)
    for name, typed in told.items():
        if typed in (was.get(name), saved.get(name)):
            continue
        if saved.get(name) == was.get(name):
            found.fields[name] = typed
        else:
            line = block.lines.get((name,), block.lines.get((), 1))
            sides = (was.get(name), saved.get(name), typed)
            of_item = (name, block.kind, newest.key, newest.title, newest.author_name or "Somebody")
            found.conflicts.append(Conflict(line, block.at(line, "").rstrip(": "), *of_item, *sides))
    return found
