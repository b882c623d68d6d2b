"""What is live and what is not, for the lists of the admin."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from initiatives.models.revision import Revision


@dataclass(frozen=True)
class State:
    """Where an item stands: its name for style and tests, its label for people, and the revisions behind it."""

    name: str
    label: str
    live: Revision | None = None
    newest: Revision | None = None
    upcoming: Revision | None = None


def states(keys: Iterable[UUID]) -> dict[UUID, State]:
    """Return the state of each item, by key, in four queries however many items there are."""
    keys, now = list(keys), timezone.now()
    rows = Revision.objects.filter(key__in=keys).defer("fields", "html")
    live = {revision.key: revision for revision in rows.live(now)}
    newest = {revision.key: revision for revision in rows.newest()}
    upcoming = {revision.key: revision for revision in reversed(rows.upcoming(now))}
    last_opened = dict(rows.texts().filter(live_from__isnull=False).values_list("key").annotate(Max("live_from")).order_by())
    return {key: state(live.get(key), newest.get(key), last_opened.get(key), upcoming.get(key)) for key in keys}


def state(live: Revision | None, newest: Revision | None, last_opened: datetime | None, upcoming: Revision | None) -> State:
    """Return the state that follows from the live revision, the newest one, when a window last opened and what is scheduled."""
    if upcoming and not upcoming.withdrawn and newest and upcoming.digest == newest.digest:
        return State("scheduled", "Live, with a scheduled change" if live else "Scheduled", live, newest, upcoming)
    if live and newest and live.digest != newest.digest:
        return State("changed", "Live, with changes not yet published", live, newest, upcoming)
    if live:
        return State("live", "Live", live, newest, upcoming)
    if last_opened:
        return State("unpublished", "Unpublished", None, newest, upcoming)
    return State("draft", "Draft, never published", None, newest, upcoming)
