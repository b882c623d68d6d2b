"""What comments say in numbers, for reviewers: the whole report, or one page and all under it."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.admin.base import inbox_frame
from feedback.contacts import Public
from feedback.inbox.addresses import inbox_address
from feedback.inbox.selection import about_any
from feedback.pages import shows_settings, site_pages
from feedback.permissions import VIEW
from feedback.personal import masked
from feedback.statistics.chart import chart
from feedback.statistics.counts import Tally, below, by_node, counting, rates_around, tallies, weekly
from feedback.statistics.drops import YEAR, Row, drops, hurting, page_rows
from feedback.statistics.rates import Rate, dropped, rose
from feedback.statistics.words import telling
from initiatives.admin.base import only
from initiatives.report.history import public_versions, since_last_edit
from initiatives.report.report import Report

# Texts that are read for telling words: the newest; more would not change them and cost time.
MOST_TEXTS = 5000


@dataclass(frozen=True)
class Subject:
    """What numbers are of: an item's page and all under it, or a page of the site itself.

    `under` is what the inbox's filter calls it; `own` are the tallies of the page alone; `item` is the key of
    the item whose versions the page has, None for none.
    """

    under: str
    title: str
    url: str
    about: Q
    rate: Rate
    own: list[Tally]
    item: UUID | None
    rows: list[Row]


@require_safe
@only(VIEW)
def figures_page(request: HttpRequest) -> HttpResponse:
    """The numbers. In: ?under=, an item's key for its page and all under it, or the path of a page of the
    site itself.

    Raises Http404 for what is neither.
    """
    report, today = Report.live(), timezone.localdate()
    found = tallies()
    subject = what_is_asked(report, request.GET.get("under", ""), found)
    context = {
        "subject": subject,
        "rate": subject.rate if subject else sum((tally.rate for tally in found), Rate()),
        "chart": chart(weekly(subject.about if subject else Q()), today),
        "rows": subject.rows if subject else page_rows(report, found),
        "inbox_url": inbox_address(
            "changelist", urlencode({"state": "all", "under": subject.under}) if subject else "state=all"
        ),
        **(told_of_page(subject) if subject else worst(report, today)),
    }
    title = f"Numbers: {subject.title}" if subject else "Numbers"
    return render(request, "admin/feedback/figures.html", inbox_frame(request, title, **context))


def what_is_asked(report: Report, under: str, found: list[Tally]) -> Subject | None:
    """Return what the numbers are asked of, None for the whole report.

    Raises Http404 for what is no page of the site.
    """
    if not under:
        return None
    title = site_pages().get(under)
    if title:
        own = [tally for tally in found if not tally.item and tally.page == under]
        settings = report.site.key if report.site and shows_settings(under) else None
        return Subject(
            under, title, under, Q(page=under), sum((one.rate for one in own), Rate()), own, settings, []
        )
    node = next((node for node in report.nodes if str(node.key) == under), None)
    if node is None:
        raise Http404
    own = [tally for tally in found if tally.item == node.key]
    nodes = list(node.walk())
    keys = {str(one.key) for one in nodes}
    below_it = [row for row in page_rows(report, found) if row.under in keys]
    return Subject(
        under,
        node.title,
        node.url,
        about_any(nodes),
        below(node, by_node(found, report)),
        own,
        node.key,
        below_it,
    )


def worst(report: Report, today: date) -> dict[str, Any]:
    """Return what is told of all pages: which help the fewest, and which fell."""
    return {
        "hurting": hurting(report, tallies(since=today - YEAR), since_last_edit()),
        "drops": drops(report, today),
    }


def told_of_page(subject: Subject) -> dict[str, Any]:
    """Return what is told of one page: its rate before and after its last edit, and its telling words."""
    shown = (
        [version for version in public_versions(subject.item) if not version.withdrawn]
        if subject.item
        else []
    )
    since = since_last_edit(subject.item).get(subject.item, set()) if subject.item else set()
    edit = next((version for version in reversed(shown) if version.number in since), None)
    before, after = rates_around(subject.own, since)
    texts = counting().exclude(text="").order_by("-date", "id").values_list("text", flat=True)
    here, elsewhere = texts.filter(subject.about)[:MOST_TEXTS], texts.exclude(subject.about)[:MOST_TEXTS]
    public = Public()
    return {
        "edit": edit,
        "before": before,
        "after": after,
        "verdict": verdict(before, after),
        "words": telling(
            (masked(text, public) for text in here), (masked(text, public) for text in elsewhere)
        ),
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
