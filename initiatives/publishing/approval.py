"""A second pair of eyes: an author hands a draft in, another person approves or returns it."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from initiatives import signals
from initiatives.models import KINDS, Item
from initiatives.models.lock import lock_report
from initiatives.models.revision import Revision
from initiatives.models.workflow import Submission
from initiatives.publishing.authorship import State, decide, keep_note, may_decide
from initiatives.publishing.publish import publish, save_draft, schedule

MOST_SIGNS: int = Submission._meta.get_field("message").max_length  # type: ignore[assignment]


# What an author does


@transaction.atomic
def submit(item: Item, by: Any, message: str = "", note: str = "") -> Submission:
    """Hand in the item's newest draft for approval; return what now waits.

    In: who hands it in, a word for the person who approves it, and the change note proposed for the public.
    The working copy is kept as a draft first. Raises PermissionDenied, and ValidationError for too long a
    message, and where the public sees this text already or it waits already.
    """
    if by is not None and not (
        by.has_perm(item.permission("change")) and by.has_perm("initiatives.add_submission")
    ):
        raise PermissionDenied
    if len(message) > MOST_SIGNS:
        raise ValidationError(
            f"A message may have at most {MOST_SIGNS} characters, and this has {len(message)}: “{message}”"
        )
    lock_report()
    draft, live = save_draft(item, by), item.revisions.live().first()
    if live and live.digest == draft.digest:
        raise ValidationError("There is nothing to approve: the public sees this text already.")
    newest = Submission.objects.filter(key=item.key).select_related("revision").last()
    if newest and newest.revision.digest == draft.digest and newest.state in (State.WAITING, State.APPROVED):
        raise ValidationError(f"This text is handed in already: {newest.get_state_display().lower()}.")
    handed_in = Submission.objects.create(
        kind=item.kind,
        key=item.key,
        revision=draft,
        message=message,
        note=note,
        submitted_by=by,
        submitted_by_name=str(by or ""),
        submitted_at=timezone.now(),
    )
    if note:
        keep_note(draft, note=note)
    signals.submitted.send(Submission, submission=handed_in)
    return handed_in


@transaction.atomic
def take_back(submission: Submission, by: Any) -> Submission:
    """Let the person who handed a text in take it back; return it.

    Raises PermissionDenied for anybody else, ValidationError where it waits no longer.
    """
    submission, _ = waiting_submission(submission)
    if by is not None and submission.submitted_by_id != by.pk:
        raise PermissionDenied
    return decide(submission, by, State.TAKEN_BACK, "")


# What an editor does


@transaction.atomic
def approve(submission: Submission, by: Any, remark: str = "") -> Submission:
    """Approve exactly the text that waits; return it. It is not public yet.

    Raises PermissionDenied for those who may not decide it, ValidationError where it waits no longer.
    """
    submission, _ = waiting_submission(submission)
    refuse_decider(submission, by)
    return decide(submission, by, State.APPROVED, remark)


@transaction.atomic
def return_(submission: Submission, by: Any, remark: str) -> Submission:
    """Give the text back to its author with a remark, which is required; return it.

    Raises as approve() does.
    """
    submission, _ = waiting_submission(submission)
    refuse_decider(submission, by)
    if not remark.strip():
        raise ValidationError({"remark": "Say what to change, so that the author knows."})
    return decide(submission, by, State.RETURNED, remark)


@transaction.atomic
def approve_and_publish(
    submission: Submission, by: Any, remark: str = "", at: datetime | None = None, **said: Any
) -> Revision:
    """Approve the text that waits and put it before the public, now or at a later moment; both or neither.

    In: `note` and `minor`, as publish() takes them. Raises as approve(), publish() and schedule() do.
    """
    submission, item = waiting_submission(submission)
    if item.snapshot().digest != submission.revision.digest:
        raise ValidationError(
            "The item was changed since this text was handed in. Ask its author to hand it in again."
        )
    approve(submission, by, remark)
    return schedule(item, by, at, **said) if at else publish(item, by, **said)


# What the desk asks


# The rule


# What follows from a save or a publish: Item calls these, in its turn


# Parts


def waiting_submission(submission: Submission) -> tuple[Submission, Item]:
    """Take the lock and return the submission and its item as they are now.

    Raises ValidationError where it waits no longer.
    """
    lock_report()
    item = KINDS[submission.kind]._default_manager.filter(key=submission.key).first()
    current = Submission.objects.select_related("revision").get(pk=submission.pk)
    if current.state != State.WAITING:
        who = f" by {current.decided_by_name}" if current.decided_by_name else ""
        raise ValidationError(f"This no longer waits: it was {PAST[State(current.state)]}{who}.")
    if item is None:
        raise ValidationError("The item was deleted. Restore it first, under “Removed items”.")
    return current, item


PAST = {
    State.APPROVED: "approved",
    State.RETURNED: "returned",
    State.TAKEN_BACK: "taken back",
    State.OVERTAKEN: "overtaken by a newer draft",
}


def refuse_decider(submission: Submission, by: Any) -> None:
    """Raise PermissionDenied for a person who may not decide the text; None, the system, may."""
    if by is not None and not may_decide(submission, by):
        raise PermissionDenied
