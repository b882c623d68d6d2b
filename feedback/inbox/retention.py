"""Turns comments older than the city keeps them into daily counts of their pages. The only way in which a
comment is deleted.

What has words and nobody has read to the end, and what is under a legal hold, is kept back however old it is.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from feedback.inbox.redaction import forget
from feedback.models import Comment, DailyCount, LegalHold
from feedback.models.counts import waited
from feedback.statistics.counts import NEVER_COUNTED

BATCH = 500
Key = tuple[str, date, str, int]


def last_day(days: int) -> date:
    """Return the newest day whose comments are too old where comments are kept for that many days."""
    return timezone.localdate() - timedelta(days=days + 1)


def waits_for_reader() -> Q:
    """Return the condition that a comment has words and waits for a reviewer: new, held or in hand."""
    state = Comment.State
    return Q(state__in=(state.NEW, state.HELD, state.IN_HAND)) & ~Q(text="")


def under_hold() -> Q:
    """Return the condition that a comment has words and is under a legal hold."""
    return LegalHold.held() & ~Q(text="")


def old(days: int) -> QuerySet[Comment]:
    """Return the comments that are older than the city keeps them, kept back or not."""
    return Comment.objects.filter(date__lte=last_day(days)).order_by("date", "id")


def overdue(days: int) -> QuerySet[Comment]:
    """Return the old comments that are kept back because they still wait for a reviewer."""
    return old(days).filter(waits_for_reader())


def too_old(days: int) -> QuerySet[Comment]:
    """Return the old comments that nothing keeps back."""
    return old(days).exclude(waits_for_reader() | under_hold())


def apply_retention(days: int) -> Iterator[int]:
    """Turn what is too old into counts; yield after each batch how many comments it took.

    A batch is one transaction: its comments are counted and gone, or neither. What breaks off in between goes
    on where it stopped when it is run again, and nothing is counted twice.
    """
    while taken := take_batch(days):
        yield taken
    forget()


@transaction.atomic
def take_batch(days: int) -> int:
    """Count and delete the oldest BATCH of what is too old. Out: how many there were."""
    batch = list(too_old(days).select_for_update()[:BATCH])
    groups: dict[Key, list[Comment]] = defaultdict(list)
    for comment in batch:
        if comment.state not in NEVER_COUNTED:
            groups[comment.page, comment.date, comment.language, comment.version or 0].append(comment)
    for key, comments in groups.items():
        add_to_count(key, comments)
    Comment.objects.filter(pk__in=[comment.pk for comment in batch]).delete()
    return len(batch)


def add_to_count(key: Key, comments: list[Comment]) -> None:
    """Add comments on one version of one page on one day to its count."""
    page, day, language, version = key
    count, _ = DailyCount.objects.select_for_update().get_or_create(
        page=page,
        date=day,
        language=language,
        version=version,
        defaults={"title": comments[0].title, "item": comments[0].item},
    )
    answers = [comment.helpful for comment in comments]
    count.yes += answers.count(True)
    count.no += answers.count(False)
    count.unanswered += answers.count(None)
    written = [comment for comment in comments if comment.text]
    count.comments += len(written)
    for comment in written:
        days = waited(comment.date, comment.read_on)
        count.read_within[days] = count.read_within.get(days, 0) + 1
    count.save()
