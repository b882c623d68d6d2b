"""How often each rule held a comment, month by month, and what became of those."""

from collections import Counter, defaultdict
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.db.models.functions import TruncMonth
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.admin.base import inbox_frame
from feedback.inbox.addresses import inbox_address
from feedback.intake.holding import rule_words
from feedback.models import Comment, Handling
from feedback.permissions import VIEW
from initiatives.admin.base import only

State = Comment.State
MONTHS = 12


@require_safe
@only(VIEW)
def rules_page(request: HttpRequest) -> HttpResponse:
    """The table: a row for each rule, a column for each of the last months that had a held comment."""
    counts, outcomes = tally()
    months = sorted({month for by_month in counts.values() for month in by_month}, reverse=True)[:MONTHS]
    rows = [
        rule_row(name, counts[name], outcomes[name], months)
        for name in sorted(counts, key=lambda name: -counts[name].total())
    ]
    return render(
        request,
        "admin/feedback/rules.html",
        inbox_frame(request, "What was held, by rule", months=months, rows=rows),
    )


def tally() -> tuple[dict[str, Counter], dict[str, Counter]]:
    """Return for each rule its counts by month, and by the state that its comments are in now. One query.

    One that was released before it was closed counts as read: somebody found nothing wrong with it.
    """
    let_go = Handling.objects.filter(comment=OuterRef("pk"), taken_back=False, changes__state=["held", "new"])
    held = (
        Comment.objects.exclude(held_for="")
        .order_by()
        .annotate(month=TruncMonth("date"), released=Exists(let_go))
    )
    counts: dict[str, Counter] = defaultdict(Counter)
    outcomes: dict[str, Counter] = defaultdict(Counter)
    groups = held.values_list("held_for", "month", "state", "released").annotate(count=Count("pk"))
    for rules, month, state, released, count in groups:
        for name in filter(None, rules.split(",")):
            counts[name][month] += count
            outcomes[name][State.READ if released and state == State.CLOSED else state] += count
    return counts, outcomes


def rule_row(name: str, by_month: Counter, states: Counter, months: list[Any]) -> dict[str, Any]:
    """Return what the table says of one rule. A rule that mostly holds what is released is too strict."""
    waiting, spam, closed = states[State.HELD], states[State.SPAM], states[State.CLOSED]
    return {
        "name": name,
        "words": rule_words(name),
        "url": inbox_address("changelist", f"state=all&rule={name}"),
        "months": [by_month[month] for month in months],
        "waiting": waiting,
        "spam": spam,
        "closed": closed,
        "released": states.total() - waiting - spam - closed,
    }
