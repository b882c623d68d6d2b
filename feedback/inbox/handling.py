"""What reviewers do with comments: sort, assign, tag.

Each change is on record and can be taken back together with its batch.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date

from feedback.inbox.actions import ACTIONS, Action, State
from feedback.models import Comment, Handling, Tag

MOST = 10_000
STEP_DAYS = 30  # for which a step can be taken back
CHUNK = 500
Changes = dict[str, list[Any]]


@dataclass(frozen=True)
class Wish:
    """An action with what it needs: who is to have the comments (None for nobody), or which tag.

    `seen` is the state in which the person saw the comments; "" for any.
    """

    name: str
    person: Any = None
    tag: Tag | None = None
    seen: str = ""

    @property
    def action(self) -> Action:
        return ACTIONS[self.name]


@dataclass
class Outcome:
    """What came of an action: its batch, how many comments it changed, and which ones it left, for
    somebody was quicker.
    """

    batch: UUID
    changed: int = 0
    kept: list[Comment] = field(default_factory=list)


@transaction.atomic
def handle(comments: QuerySet[Comment], by: Any, wish: Wish) -> Outcome:
    """Do what was wished with comments, all or none, on record as one batch. What is so already is left as it
    is.

    So is what a colleague sorted since the person saw it, which the outcome names in `kept`. In: by whom,
    None for the system itself. Raises ValidationError for more than MOST comments.
    """
    outcome = Outcome(uuid4())
    rows = list(locked(comments)[: MOST + 1])
    if len(rows) > MOST:
        raise ValidationError(f"That is more than {MOST:,} comments at once. Narrow the list first.")
    outcome.kept = sorted_meanwhile(rows, by, wish)
    earlier = earlier_states(rows) if wish.action.back else {}
    planned = {
        row: changes
        for row in rows
        if row not in outcome.kept and (changes := plan(row, by, wish, earlier.get(row.pk)))
    }
    apply_changes(
        {row.pk: {name: became for name, (_, became) in changes.items()} for row, changes in planned.items()}
    )
    record(outcome.batch, by, planned)
    outcome.changed = len(planned)
    return outcome


def locked(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Return the comments, without their words, kept from others until the transaction ends.

    Always oldest first, as retention takes them: so two that wait for each other cannot be.
    """
    wanted = Comment.objects.filter(pk__in=comments.order_by().values("pk")).order_by("date", "id")
    return wanted.select_for_update().defer("text").prefetch_related("tags")


def sorted_meanwhile(rows: list[Comment], by: Any, wish: Wish) -> list[Comment]:
    """Return those that somebody else brought into another state than the person saw them in, or wishes."""
    if not wish.seen or not wish.action.into:
        return []
    late = [row for row in rows if row.state not in (wish.seen, wish.action.into)]
    sortings = Handling.objects.filter(comment__in=late, changes__has_key="state").order_by("number")
    last = {one.comment_id: one.by_id for one in sortings} if late else {}
    return [row for row in late if last.get(row.pk) != by.pk]


def earlier_states(rows: list[Comment]) -> dict[UUID, str]:
    """Return the state out of which each comment was last brought into the one it is in, where a step says
    so.
    """
    found: dict[UUID, list[str]] = {}
    for chunk in chunks(row.pk for row in rows):
        steps = Handling.objects.filter(
            comment__in=chunk, taken_back=False, changes__has_key="state"
        ).order_by("number")
        found |= {one.comment_id: one.changes["state"] for one in steps}
    back = {pk: was for pk, (was, _) in found.items() if was != State.SPAM}
    return {row.pk: back[row.pk] for row in rows if row.pk in back and found[row.pk][1] == row.state}


def plan(comment: Comment, by: Any, wish: Wish, earlier: str | None = None) -> Changes:
    """Return what the wish changes of one comment, by field: what it was and what it becomes.

    In: the state to go back to.
    """
    action = wish.action
    if action.only and comment.state not in action.only:
        return {}
    wanted: dict[str, Any] = {}
    if action.into:
        wanted["state"] = earlier or action.into
    if action.sets == "person":
        wanted["assigned_to"] = wish.person and wish.person.pk
    elif action.sets == "me" and not comment.assigned_to_id:
        wanted["assigned_to"] = by.pk
    elif action.sets in ("urgent", "not_urgent"):
        wanted["urgent"] = action.sets == "urgent"
    elif wish.tag:
        had = tag_ids(comment)
        wanted["tags"] = sorted({*had, wish.tag.pk} if action.sets == "tag" else {*had} - {wish.tag.pk})
    if not comment.read_on and action.into != State.NEW:
        wanted["read_on"] = timezone.localdate().isoformat()
    return {name: [was, became] for name, became in wanted.items() if (was := value(comment, name)) != became}


def value(comment: Comment, name: str) -> Any:
    """Return what a comment holds in a field, as JSON can hold it."""
    if name == "tags":
        return tag_ids(comment)
    if name == "assigned_to":
        return comment.assigned_to_id
    if name == "read_on":
        return comment.read_on and comment.read_on.isoformat()
    return getattr(comment, name)


def tag_ids(comment: Comment) -> list[int]:
    return sorted(tag.pk for tag in comment.tags.all())


def apply_changes(wanted: dict[UUID, dict[str, Any]]) -> None:
    """Write what is wanted for each comment, those alike in one statement."""
    alike: dict[tuple, list[UUID]] = defaultdict(list)
    for pk, values in wanted.items():
        alike[tuple((name, as_column(name, new)) for name, new in values.items() if name != "tags")].append(
            pk
        )
    for columns, pks in alike.items():
        for chunk in chunks(pks) if columns else ():
            Comment.objects.filter(pk__in=chunk).update(**dict(columns))
    set_tags({pk: values["tags"] for pk, values in wanted.items() if "tags" in values})


def as_column(name: str, new: Any) -> Any:
    return parse_date(new) if name == "read_on" and new else new


def set_tags(wanted: dict[UUID, list[int]]) -> None:
    """Give each comment exactly the tags wanted, leaving out those that are no more."""
    through = Comment.tags.through
    known = set(Tag.objects.values_list("pk", flat=True)) if wanted else set()
    for chunk in chunks(list(wanted)):
        through._default_manager.filter(comment_id__in=chunk).delete()
        rows = [through(comment_id=pk, tag_id=tag) for pk in chunk for tag in wanted[pk] if tag in known]
        through._default_manager.bulk_create(rows)


def record(batch: UUID, by: Any, changes: dict[Any, Changes]) -> None:
    """Put on record what was changed of each comment, after the steps that it has.

    The caller has locked them: who waited for the lock counts the steps that were made meanwhile.
    """
    who = {"by": by, "by_name": by.get_username() if by else ""}
    steps: dict[UUID, int] = {}
    for chunk in chunks(one.pk for one in changes):
        of_each = Handling.objects.filter(comment__in=chunk).order_by().values("comment")
        steps |= dict(of_each.annotate(count=Count("pk")).values_list("comment", "count"))
    rows = [
        Handling(batch=batch, comment=one, changes=changed, number=steps.get(one.pk, 0), **who)
        for one, changed in changes.items()
    ]
    Handling.objects.bulk_create(rows, batch_size=CHUNK)


@transaction.atomic
def take_back_batch(batch: UUID, by: Any) -> Outcome:
    """Undo one's own batch, of the last STEP_DAYS.

    What somebody changed since stays and is named in the outcome's `kept`.
    """
    mine = recent().filter(batch=batch, by=by)
    comments = {row.pk: row for row in locked(Comment.objects.filter(handlings__in=mine))}
    done = list(mine.select_for_update())
    outcome, back = Outcome(batch), []
    for handling in done:
        comment = comments[handling.comment_id]
        if all(value(comment, name) == became for name, (_, became) in handling.changes.items()):
            back.append(handling)
        else:
            outcome.kept.append(comment)
    people = set(get_user_model()._default_manager.values_list("pk", flat=True))
    apply_changes(
        {
            one.comment_id: {name: before(name, was, people) for name, (was, _) in one.changes.items()}
            for one in back
        }
    )
    for chunk in chunks([one.pk for one in back]):
        Handling.objects.filter(pk__in=chunk).update(taken_back=True)
    outcome.changed = len(back)
    return outcome


def recent() -> QuerySet[Handling]:
    """Return the steps that can be taken back still."""
    since = timezone.localdate() - timedelta(days=STEP_DAYS)
    return Handling.objects.filter(taken_back=False, done_on__gt=since).exclude(changes__has_key="shown")


def before(name: str, was: Any, people: set[Any]) -> Any:
    """Return the value to go back to: an account that is gone cannot have a comment again."""
    return None if name == "assigned_to" and was not in people else was


def chunks(rows: Iterable[Any]) -> Iterable[list[Any]]:
    """Yield lists of at most CHUNK: a statement takes only so many values."""
    rows = list(rows)
    return (rows[at : at + CHUNK] for at in range(0, len(rows), CHUNK))
