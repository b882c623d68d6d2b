"""What comments say in numbers, for reviewers: the whole report, or one page and all under it."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.admin.base import VIEW, address, frame
from feedback.personal import masked
from feedback.selection import about_any
from feedback.statistics.chart import chart
from feedback.statistics.counts import around, below, by_node, counted, tallies, weekly
from feedback.statistics.drops import branches, drops, hurting
from feedback.statistics.rates import Rate, dropped, rose
from feedback.statistics.words import telling
from initiatives.admin.base import only
from initiatives.history import versions
from initiatives.record import Node, Report

# Texts that are read for telling words: the newest; more would not change them and cost time.
MOST_TEXTS = 5000


@require_safe
@only(VIEW)
def show(request: HttpRequest) -> HttpResponse:
    """The numbers. In: ?under=<key of an item> for one page and all under it. Raises Http404 for a key that none has."""
    report = Report.live()
    node = chosen(report, request.GET.get("under", ""))
    found = tallies()
    own = by_node(found, report)
    rate = below(node, own) if node else sum((tally.rate for tally in found), Rate())
    context = {
        "node": node,
        "rate": rate,
        "chart": chart(weekly(about(node) if node else Q()), timezone.localdate()),
        "rows": [row for row in branches(report, own) if not node or row[0] in list(node.walk())],
        "inbox_url": address("changelist", f"state=all&under={node.key}" if node else "state=all"),
        **(page_of(node, found) if node else {"hurting": hurting(report, own), "drops": drops(report, timezone.localdate())}),
    }
    title = f"Numbers: {node.title}" if node else "Numbers"
    return render(request, "admin/feedback/figures.html", frame(request, title, **context))


def chosen(report: Report, key: str) -> Node | None:
    """Return the item with a key, None for no key. Raises Http404 for one that no live item has."""
    if not key:
        return None
    for node in report.nodes:
        if str(node.key) == key:
            return node
    raise Http404


def about(node: Node) -> Q:
    """Return the condition that a row is about an item's page or one under it."""
    return about_any(list(node.walk()))


def page_of(node: Node, found: list[Any]) -> dict[str, Any]:
    """Return what is told of one page: its rate before and after its last edit, and its telling words."""
    edits = [version for version in versions(node.key) if set(version.change_kinds) - {"order"} and not version.withdrawn]
    before, after = around(found, node.key, edits[0].number) if edits else (Rate(), Rate())
    here = about(node)
    texts = counted().exclude(text="").order_by("-date", "id").values_list("text", flat=True)
    return {
        "edit": edits[0] if edits else None,
        "before": before,
        "after": after,
        "verdict": verdict(before, after),
        "words": telling(map(masked, texts.filter(here)[:MOST_TEXTS]), map(masked, texts.exclude(here)[:MOST_TEXTS])),
    }


def verdict(before: Rate, after: Rate) -> str:
    """Return what the last edit did to the rate, in words."""
    if before.is_few or after.is_few:
        return "There are too few answers on one side to tell."
    if dropped(before, after):
        return "The rate fell by more than chance explains."
    if rose(before, after):
        return "The rate rose by more than chance explains."
    return "The difference may be chance."
