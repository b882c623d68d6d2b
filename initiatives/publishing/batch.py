"""Several items before the public at one and the same instant: all of them or none."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from initiatives.checks import label
from initiatives.models import KINDS, Item, Revision
from initiatives.models.lock import lock_report
from initiatives.publishing import authorship, windows
from initiatives.publishing.publish import prepare, save_draft
from initiatives.report.report import Report

# What is named comes before what names it, and parents before children; kinds of other apps name these, and
# come last.
ORDER = ("agency", "audience", "place", "document", "site", "pillar", "section", "initiative")


class BlockedError(ValidationError):
    """Why nothing was published: `by_item` holds the messages of each item that is not ready, the field
    named first.
    """

    def __init__(self, by_item: Mapping[str, list[str]]) -> None:
        self.by_item = dict(by_item)
        super().__init__(
            [f"{title}: {message}" for title, messages in by_item.items() for message in messages]
        )


def working_copies_of(refs: Iterable[tuple[str, UUID]]) -> list[Item]:
    """Return the working copies that kinds and keys name, parents first; deleted ones are left out.

    A fixed number of queries.
    """
    wanted: dict[str, list[UUID]] = {}
    for kind, key in refs:
        wanted.setdefault(kind, []).append(key)
    found: list[Item] = []
    for kind in sorted(wanted, key=rank_of_kind):
        found += KINDS[kind].whole().filter(key__in=wanted[kind]).order_by("pk")
    return sorted(found, key=lambda item: (rank_of_kind(item.kind), is_below(item)))


def rank_of_kind(kind: str) -> int:
    """Return the place of a kind in ORDER."""
    return ORDER.index(kind) if kind in ORDER else len(ORDER)


def is_below(item: Item) -> bool:
    """Say whether an item hangs on another of its own kind, as a sub-section does."""
    return bool(getattr(item, "parent_id", None))


def refuse_foreign(items: Iterable[Item], by: Any) -> None:
    """Raise PermissionDenied where a person may not change one of the items; the system itself (None) may
    change all.
    """
    if by and not all(by.has_perm(item.permission("change")) for item in items):
        raise PermissionDenied


def refuse_missing(refs: Sequence[tuple[str, UUID]], items: Sequence[Item]) -> None:
    """Raise BlockedError where an item that is to go out has no working copy any more."""
    found = {item.key for item in items}
    gone = Revision.objects.newest().filter(key__in=[key for _, key in refs if key not in found])
    if gone:
        raise BlockedError(
            {one.title: ["This item was deleted. Take it out first, or bring its text back."] for one in gone}
        )


@dataclass(frozen=True)
class Words:
    """What the public is told: the change note, whether it is of no news, and by key what is told of
    single items instead.
    """

    note: str = ""
    minor: bool = False
    own: "Mapping[UUID, Words]" = field(default_factory=dict)

    def opening(self, revision: Revision) -> windows.Opening:
        """Return the window that a revision is to get."""
        said = self.own.get(revision.key, self)
        return windows.Opening(revision, said.note, said.minor)


SILENT = Words()


@transaction.atomic
def put_out(
    refs: Sequence[tuple[str, UUID]], by: Any, at: datetime | None = None, words: Words = SILENT
) -> dict[UUID, Revision]:
    """Put the working copies of several items before the public at one instant, now or later; return their
    revisions by key.

    In: kind and key of each; who; the moment; what the public is told.
    What the public sees (then) anyway gets no second window. Raises BlockedError, with the messages of every
    item that is not ready, and PermissionDenied where the person may not change one of them; then nothing is
    published.
    """
    if at:
        windows.refuse_past(at)
    lock_report()
    items = working_copies_of(refs)
    refuse_missing(refs, items)
    refuse_foreign(items, by)
    ready = prepare_all(items, by, at)
    fresh = [words.opening(one) for one in ready.values() if one.live_from is None]
    if fresh:
        for one in windows.begin_windows(fresh, at or timezone.now(), by):
            authorship.settle_submission(one, by)
    return ready


def prepare_all(items: Sequence[Item], by: Any, at: datetime | None) -> dict[UUID, Revision]:
    """Return the revision of each item that is to go out, examined in the report as it will be with all of
    them in it.
    """
    among = with_all(items, by, at)
    ready: dict[UUID, Revision] = {}
    blocked: dict[str, list[str]] = {}
    for item in items:
        try:
            with transaction.atomic():
                ready[item.key] = prepare(item, by, at, among)
        except ValidationError as error:
            blocked[str(item)] = [*blocked.get(str(item), []), *messages_of(item, error)]
    if blocked:
        raise BlockedError(blocked)
    return ready


def with_all(items: Iterable[Item], by: Any, at: datetime | None = None) -> Report:
    """Return the report as it will be with the drafts of all these items in it.

    Keeps what is not kept yet.
    """
    return Report.with_drafts(*(save_draft(item, by) for item in items), at=at)


def messages_of(item: Item, error: ValidationError) -> list[str]:
    """Return the messages of a refused publish, each with the name of the field as the form shows it."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    named = ((label(item, name), text) for name, texts in error.message_dict.items() for text in texts)
    return [f"{words}: {text}" if words else text for words, text in named]
