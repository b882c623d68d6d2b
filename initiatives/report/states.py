"""What is live and what is not, and whom it waits for, for the lists of the admin."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from initiatives.models.revision import Revision
from initiatives.models.workflow import Submission


@dataclass(frozen=True)
class State:
    """Where an item stands: its name for style and tests, its label for people, and the revisions behind it.

    `planned` are the revisions that are scheduled, soonest first. `submission` is what was handed in for
    approval, as long as it matters to somebody; None else.
    """

    name: str
    label: str
    live: Revision | None = None
    newest: Revision | None = None
    planned: tuple[Revision, ...] = ()
    submission: Submission | None = None

    @property
    def to_come(self) -> str:
        """What is scheduled and for which days, in words. "" for nothing."""
        return "; ".join(plan_in_words(one) for one in self.planned)

    @property
    def has_unscheduled_draft(self) -> bool:
        """Whether a newer draft waits beside what is scheduled, and does not go out with it."""
        known = {one.digest for one in (*self.planned, self.live) if one and not one.withdrawn}
        return bool(self.planned and self.newest and self.newest.digest not in known)

    @property
    def approval(self) -> str:
        """Where it stands on its way to being approved, for people: who has it now and since when.

        "" for nowhere.
        """
        one = self.submission
        if one is None:
            return ""
        day = date_format(localtime(one.decided_at or one.submitted_at), "M j")
        by, author = one.decided_by_name or "somebody", one.submitted_by_name or "somebody"
        return {
            Submission.State.WAITING: f"Waiting for approval (from {author}, since {day})",
            Submission.State.RETURNED: f"Returned to {author}: see the remark",
            Submission.State.APPROVED: f"Approved by {by}, {day}",
            Submission.State.OVERTAKEN: f"Overtaken by a newer draft of {by}",
        }[Submission.State(one.state)]


def states(keys: Iterable[UUID]) -> dict[UUID, State]:
    """Return the state of each item, by key, in five queries however many items there are."""
    keys, now = list(keys), timezone.now()
    rows = Revision.objects.filter(key__in=keys).defer("fields", "html")
    live = {revision.key: revision for revision in rows.live(now)}
    newest = {revision.key: revision for revision in rows.newest()}
    planned: dict[UUID, list[Revision]] = {}
    for revision in rows.upcoming(now):
        planned.setdefault(revision.key, []).append(revision)
    last_opened = dict(
        rows.texts().filter(live_from__isnull=False).values_list("key").annotate(Max("live_from")).order_by()
    )
    handed_in = Submission.objects.newest().filter(key__in=keys).select_related("revision")
    handed_in = handed_in.defer("revision__fields", "revision__html")
    submissions = {one.key: one for one in handed_in}
    found = {
        key: state(live.get(key), newest.get(key), last_opened.get(key), tuple(planned.get(key, ())))
        for key in keys
    }
    return {
        key: replace(one, submission=open_submission(one, submissions.get(key))) for key, one in found.items()
    }


def open_submission(one: State, submission: Submission | None) -> Submission | None:
    """Return the newest submission of an item where it still asks something of somebody: its text is not
    public yet.
    """
    if submission is None or one.newest is None or submission.state == Submission.State.TAKEN_BACK:
        return None
    if one.name in ("live", "scheduled") or one.newest.live_from:
        return None
    if submission.state == Submission.State.APPROVED and submission.revision.digest != one.newest.digest:
        return None
    return submission


def plan_in_words(revision: Revision) -> str:
    """Return what is scheduled and for which day, in words."""
    day = date_format(localtime(revision.live_from), "M j, Y") if revision.live_from else ""
    return (
        f"Leaves the site {day}"
        if revision.withdrawn
        else f"Text of version {revision.number} goes out {day}"
    )


def state(
    live: Revision | None,
    newest: Revision | None,
    last_opened: datetime | None,
    planned: tuple[Revision, ...],
) -> State:
    """Return the state that follows from the live revision, the newest one, when a window last opened and
    what is scheduled.
    """
    if newest and any(one.digest == newest.digest and not one.withdrawn for one in planned):
        return State(
            "scheduled", "Live, with a scheduled change" if live else "Scheduled", live, newest, planned
        )
    if live and newest and live.digest != newest.digest:
        return State("changed", "Live, with changes not yet published", live, newest, planned)
    if live:
        return State("live", "Live", live, newest, planned)
    if last_opened:
        return State("unpublished", "Unpublished", None, newest, planned)
    return State("draft", "Draft, never published", None, newest, planned)
