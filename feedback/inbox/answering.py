"""Comments and the answers that the city gives to them."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from feedback.inbox.actions import OPEN
from feedback.inbox.handling import MOST, Wish, handle, locked
from feedback.models import Comment
from feedback.pages import morning
from initiatives.models import Revision


@transaction.atomic
def tie(answer: Any, comments: Iterable[Comment], others: Iterable[Comment]) -> None:
    """Let an answer be about comments, and about others no more. See count_as_answered()."""
    chosen, left = [one.pk for one in comments], [one.pk for one in others]
    rows = list(locked(Comment.objects.filter(pk__in=[*chosen, *left])))
    joining = {row.pk for row in rows if row.answer_id != answer.pk} & set(chosen)
    Comment.objects.filter(pk__in=left, answer=answer).exclude(pk__in=chosen).update(answer=None)
    Comment.objects.filter(pk__in=joining).update(answer=answer, answer_counted=False)


def count_as_answered() -> None:
    """Put on record that open comments are answered whose answer is public, once for each answer, when
    somebody opens the inbox.

    What went out today waits for the next day. A comment that was read and then answered was read before the
    answer's instant, which is public, and so was every other comment of that step: that of today would lose
    its hour. At most MOST comments; one query where none waits.
    """
    now, this_morning = (
        Exists(Revision.objects.live(at).filter(key=OuterRef("answer__key")))
        for at in (None, morning(timezone.localdate()))
    )
    due = (
        Comment.objects.filter(state__in=OPEN, answer__isnull=False, answer_counted=False)
        .filter(now, this_morning)
        .order_by()
    )
    if pks := list(due.values_list("pk", flat=True)[:MOST]):
        with transaction.atomic():
            handle(Comment.objects.filter(pk__in=pks), None, Wish("answered"))
            Comment.objects.filter(pk__in=pks).update(answer_counted=True)
