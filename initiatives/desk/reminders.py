"""The daily e-mail to people whose items are due for review."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from initiatives.desk import due as care
from initiatives.desk import notifications
from initiatives.models import NoticePreference
from initiatives.models.access import kinds_open_to

SENT, NOTHING_DUE, DONE_TODAY, FAILED = "sent", "nothing is due", "had one today", "could not be sent"


def send_overdue() -> Iterator[tuple[str, str]]:
    """Send each person who asks for it one message about what they own and is due; yield their name and what
    became of it.

    A day's message is claimed in the database before it is sent, so that two runs at once send one. Where
    sending fails, the claim is given back, and the next run tries again.
    """
    mine: dict[int | None, list[care.Watched]] = {}
    for one in care.due_items():
        mine.setdefault(one.copy.owner, []).append(one)
    for user in notifications.readers(on_overdue=True).order_by("username"):
        yield (
            str(user),
            send_to(user, [one for one in mine.get(user.pk, []) if one.copy.kind in kinds_open_to(user)]),
        )


def send_to(user: Any, due: list[care.Watched]) -> str:
    """Send one person's message; return what became of it."""
    if not due:
        return NOTHING_DUE
    today = timezone.localdate()
    preference = NoticePreference.objects.filter(user=user)
    before = preference.values_list("overdue_sent", flat=True).first()
    if not preference.filter(Q(overdue_sent=None) | Q(overdue_sent__lt=today)).update(overdue_sent=today):
        return DONE_TODAY
    count = f"{len(due)} item{'s' if len(due) > 1 else ''}"
    text = notifications.letter_text(
        f"These are yours and are due for review ({count}):",
        *map(line, due),
        f"All:\n{notifications.desk_address('admin:due')}",
    )
    if notifications.send_notice(user, f"Due for review: {count}", text):
        return SENT
    preference.update(overdue_sent=before)
    return FAILED


def line(one: care.Watched) -> str:
    """Return what the message says of one item."""
    day = date_format(one.upkeep.due, "F j, Y") if one.upkeep.due else ""
    return f"{one.copy.title}, due {day}:\n{settings.SITE_URL}{one.copy.edit_url}#care"
