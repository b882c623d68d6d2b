"""Where the address of something that is off the site leads: to what took its place, however often that
happened.
"""

from datetime import datetime
from uuid import UUID

from initiatives.models.revision import Revision
from initiatives.report.report import Node, Report

# What was withdrawn, by key, and the key of what took its place, if anything did
Gone = dict[UUID, UUID | None]


def withdrawals(at: datetime | None = None) -> dict[UUID, Revision]:
    """Return the words of withdrawal that are in force at a moment, now by default, by the key of the
    item.
    """
    found = Revision.objects.in_force(at).filter(withdrawn=True).defer("html")
    return {revision.key: revision for revision in found}


def successor_of(withdrawal: Revision) -> UUID | None:
    """Return the key of the item that took the place of a withdrawn one, None where none was named."""
    named = withdrawal.fields.get("successor")
    return UUID(named) if named else None


def gone_items(found: dict[UUID, Revision]) -> Gone:
    """Return what words of withdrawal say of successors."""
    return {key: successor_of(withdrawal) for key, withdrawal in found.items()}


def cause(report: Report, key: UUID | None, off: Gone) -> UUID | None:
    """Return the key of what is withdrawn: the item itself, or else the nearest that it hangs on; None
    where nothing is.
    """
    seen: set[UUID] = set()
    while key and key not in seen:
        if key in off:
            return key
        seen.add(key)
        node = report.by_key.get(key)
        key = node.parent_key if node else None
    return None


def follow(report: Report, key: UUID, off: Gone) -> Node | None:
    """Return the item that the address of one leads to: itself where it is shown, else the last in the chain
    of successors.

    None where the chain ends in nothing, or in a circle.
    """
    seen: set[UUID] = set()
    wanted: UUID | None = key
    while wanted and wanted not in seen:
        seen.add(wanted)
        reason = cause(report, wanted, off)
        if reason is None:
            node = report.by_key.get(wanted)
            return node if node in report.nodes else None
        wanted = off[reason]
    return None
