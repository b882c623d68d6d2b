"""What changed, by day."""

import re
from datetime import date
from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, Min, Q
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.timezone import localdate

from initiatives.models.revision import Revision, RevisionQuerySet
from initiatives.report import history
from initiatives.report.changes import KINDS
from initiatives.report.history import Change, Load, Wish
from initiatives.report.report import Node, Report
from initiatives.views import pages
from initiatives.views.moment import moment_asked, report_for
from initiatives.views.public import owner, public

PER_PAGE = 50
MOST_FOLDED = 500  # titles shown of a day's many


@public
def updates(request: HttpRequest) -> HttpResponse:
    """The changes of the report, newest first.

    In: ?pillar=<slug>, ?kind=<a kind of change>, ?year=<2026>, ?month=<1 to 12>, ?page=<number>; all
    optional.
    """
    report = report_for(request)
    wish = wished(request, report)
    found = history.news(wish, at=moment_asked(request))
    loads = history.loads(found)
    page = Paginator(unfolded(found, loads), PER_PAGE).get_page(request.GET.get("page"))
    told = history.as_news(list(page.object_list), report)
    slug = wish.pillar.slug if wish.pillar else ""
    context = {
        "days": days(told, found, loads, report),
        "page_of": page,
        "wish": wish,
        "kinds": KINDS,
        "years": years(moment_asked(request)),
        "months": MONTHS,
        "feed": reverse("pillar_feed", args=[slug]) if slug else reverse("feed"),
        "heading": "What changed",
        "description": (
            "Every change of this report, by day: what is new, what was put right, what was taken off."
        ),
    }
    number = page.number if page.number > 1 else ""
    query = {"pillar": slug, "kind": wish.kind, "year": wish.year, "month": wish.month, "page": number}
    return pages.render_page(request, "updates", report, [], query=query, **context)


def wished(request: HttpRequest, report: Report) -> Wish:
    """Return which changes the address asks for.

    Raises Http404 for a pillar, kind, year or month that there is not.
    """
    kind, year, month = (request.GET.get(name, "") for name in ("kind", "year", "month"))
    is_wrong = (kind and kind not in KINDS) or (month and month not in map(str, MONTHS))
    if is_wrong or not re.fullmatch(r"([1-9][0-9]{3})?", year):
        raise Http404
    return Wish(chosen_pillar(request, report), kind, int(year or 0), int(month or 0))


def chosen_pillar(request: HttpRequest, report: Report) -> Node | None:
    """Return the pillar that ?pillar= names by the slug that it has or had, None for none.

    Raises Http404 where none had it.
    """
    slug = request.GET.get("pillar", "")
    if not slug:
        return None
    pillar = report.find("pillar", slug) or report.by_key.get(owner(request, "pillar", slug))
    if pillar is None:
        raise Http404
    return pillar


def years(at: Any) -> list[int]:
    """Return the years from the first change to the last one up to a moment, newest first. One query."""
    ends = (
        Revision.objects.once_in_force(at)
        .filter(kind__in=history.TOLD)
        .aggregate(first=Min("live_from"), last=Max("live_from"))
    )
    return (
        list(range(localdate(ends["last"]).year, localdate(ends["first"]).year - 1, -1))
        if ends["first"]
        else []
    )


def unfolded(found: RevisionQuerySet, loads: dict[date, Load]) -> RevisionQuerySet:
    """Return the changes with one row in the place of each day's many first publications."""
    if not loads:
        return found
    folded = Q(changes=history.FIRST, day__in=list(loads)) & ~Q(pk__in=[load.row for load in loads.values()])
    return found.annotate(day=TruncDate("live_from")).exclude(folded)


def days(
    told: list[Change], found: RevisionQuerySet, loads: dict[date, Load], report: Report
) -> list[dict[str, Any]]:
    """Return what the page says of each day. One query where first publications are folded."""
    rows = {load.row for load in loads.values()}
    by_day = [
        (day, list(group)) for day, group in groupby(told, key=lambda one: localdate(one.revision.live_from))
    ]
    shown = [day for day, group in by_day if any(one.revision.pk in rows for one in group)]
    first = found.filter(changes=history.FIRST).annotate(day=TruncDate("live_from")).filter(day__in=shown)
    folded = history.as_news(list(first[:MOST_FOLDED]) if shown else [], report)
    return [
        {
            "day": day,
            "changes": [one for one in group if one.revision.pk not in rows],
            "count": loads[day].count if day in shown else 0,
            "folded": [one for one in folded if day in shown and localdate(one.revision.live_from) == day],
        }
        for day, group in by_day
    ]
