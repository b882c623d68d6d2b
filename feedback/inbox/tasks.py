"""What the inbox adds to the desk's first page: what is new, what waits to be looked at, what is yours."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count

from feedback.inbox import retention
from feedback.inbox.addresses import comments_counted, inbox_address
from feedback.inbox.answering import count_as_answered
from feedback.models import Comment
from feedback.permissions import CHANGE
from initiatives.desk.tasks import Need, Task

State = Comment.State
SHOWN = 5


def urgent_comments(user: Any) -> Need:
    """Urgent comments that nobody has sorted yet, held ones included, each by its page and day."""
    found = Comment.urgent_ones().defer("text") if user.has_perm(CHANGE) else Comment.objects.none()
    tasks = [
        Task(str(one), inbox_address("change", "state=all&mark=urgent", one.pk), one.get_state_display())
        for one in found[:SHOWN]
    ]
    total = found.count() if tasks else 0
    return Need(
        "urgent-comments",
        "Urgent comments",
        tasks,
        total,
        inbox_address("changelist", "state=all&mark=urgent"),
    )


def new_comments(user: Any) -> Need:
    """New comments by page, those with most first."""
    return by_page(user, State.NEW, "New comments")


def held_comments(user: Any) -> Need:
    """Comments that a rule or a reviewer held, by page."""
    return by_page(user, State.HELD, "Held comments to look at")


def overdue_comments(user: Any) -> Need:
    """Comments older than the city keeps them, which are kept because nobody has read them to the end."""
    days = settings.FEEDBACK_KEEP_DAYS
    title = "Comments kept longer than planned: nobody has read them"
    if not (days and user.has_perm(CHANGE)):
        return Need("overdue-comments", title, [], 0)
    until = retention.last_day(days)
    counts = retention.overdue(days).order_by().values_list("state").annotate(count=Count("pk"))
    queries = {state: urlencode({"state": state, "mark": "words", "until": until}) for state, _ in counts}
    tasks = [
        Task(State(state).label, inbox_address("changelist", queries[state]), comments_counted(count))
        for state, count in counts
    ]
    return Need("overdue-comments", title, tasks, sum(count for _, count in counts))


def by_page(user: Any, state: str, title: str) -> Need:
    """Return a need that has a task for each page with comments in a state; empty for those who may not
    sort them.
    """
    if not user.has_perm(CHANGE):
        return Need(f"{state}-comments", title, [], 0)
    found = Comment.objects.order_by().filter(state=state).values_list("page", "title")
    pages = found.annotate(count=Count("pk")).order_by("-count", "title")
    tasks = [
        Task(
            name,
            inbox_address("changelist", urlencode({"state": state, "under": page})),
            comments_counted(count),
        )
        for page, name, count in pages[:SHOWN]
    ]
    # More pages than are shown must not make the list's whole the sum of the first few.
    total = Comment.objects.filter(state=state).count() if tasks else 0
    return Need(
        f"{state}-comments", title, tasks, total, inbox_address("changelist", urlencode({"state": state}))
    )


def my_comments(user: Any) -> Need:
    """Comments in hand that are assigned to the person."""
    if not user.has_perm(CHANGE):
        return Need("my-comments", "Comments in your hands", [], 0)
    count_as_answered()
    mine = Comment.objects.filter(assigned_to=user, state__in=(State.NEW, State.READ, State.IN_HAND)).defer(
        "text"
    )
    tasks = [
        Task(str(one), inbox_address("change", "state=all&assigned=me", one.pk), one.get_state_display())
        for one in mine[:SHOWN]
    ]
    return Need(
        "my-comments",
        "Comments in your hands",
        tasks,
        mine.count(),
        inbox_address("changelist", "state=all&assigned=me"),
    )
