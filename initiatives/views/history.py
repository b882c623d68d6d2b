"""The public history of an item: its versions, one of them as it was shown, two of them compared."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from initiatives import addresses
from initiatives.models import Revision
from initiatives.report import comparison, history
from initiatives.report.report import Node, Report
from initiatives.views import pages
from initiatives.views.moment import moment_asked, report_for
from initiatives.views.public import owner, public
from initiatives.views.seals import canonical_json


@public
def history_page(request: HttpRequest, kind: str, slug: str, pillar: str = "") -> HttpResponse:
    """The versions of an item, newest first, each with its date, its note and what kind of change it was."""
    report, key, away = find_versions(request, kind, slug, pillar, "history")
    if away:
        return away
    found = public_versions(request, key)
    title, numbers = found[0].title, [one.number for one in found]
    words = {
        "heading": f"History: {title}",
        "description": "Every version that was public, with its date and what changed.",
    }
    context = {
        "changes": history.as_news(found, report),
        "node": report.by_key.get(key),
        "title": title,
        **words,
    }
    order = {"has_gaps": max(numbers) > len(numbers), "has_older": numbers != sorted(numbers, reverse=True)}
    return pages.render_page(request, "history", report, [], **order, **context)


@public
def version(request: HttpRequest, kind: str, slug: str, number: int, pillar: str = "") -> HttpResponse:
    """One version as it was shown when it became public, among what stood around it then; its permanent
    address.
    """
    report, key, away = find_versions(request, kind, slug, pillar, "version", number)
    if away:
        return away
    revision = Revision.objects.once_in_force(moment_asked(request)).filter(key=key, number=number).first()
    if revision is None:
        raise Http404
    then = Report.live(revision.live_from)
    node = then.by_key.get(key)
    request.version = told = history.as_change(revision, report)  # type: ignore[attr-defined]
    if revision.withdrawn or node is None or not (node in then.nodes or node.kind in addresses.LISTED_ON):
        then.load_html([])
        words = {"heading": revision.title, "description": "The record of this page."}
        return render(request, "initiatives/record/version.html", {"report": then, "change": told, **words})
    response = pages.page_for(request, then, node)
    response["X-Robots-Tag"] = "noindex"
    return response


@public
def content_json(request: HttpRequest, kind: str, slug: str, number: int, pillar: str = "") -> HttpResponse:
    """All that one version says, as JSON: the very bytes that its digest is made from."""
    _report, key, away = find_versions(request, kind, slug, pillar, "content", number)
    if away:
        return away
    revision = get_object_or_404(
        Revision.objects.once_in_force(moment_asked(request)), key=key, number=number
    )
    return canonical_json(revision.content())


@public
def compare_page(request: HttpRequest, kind: str, slug: str, pillar: str = "") -> HttpResponse:
    """Two versions of an item compared.

    In: ?from=<number>&to=<number>; by default the newest and the one before it.
    """
    report, key, away = find_versions(request, kind, slug, pillar, "compare")
    if away:
        return away
    found = public_versions(request, key)
    new = pick(found, request.GET.get("to"), found[0])
    older = [one for one in found if one.live_from < new.live_from]  # type: ignore[operator]
    old = pick(found, request.GET.get("from"), older[0] if older else new)
    if old.live_from > new.live_from:  # type: ignore[operator]
        old, new = new, old
    words = {
        "heading": f"Compare: {new.title}",
        "description": "Words that went are struck, words that came are marked.",
    }
    context = {
        "old": old,
        "new": new,
        "versions": found,
        "differences": comparison.between(old, new, moment_asked(request)),
        "node": report.by_key.get(key),
        "history_url": addresses.of_record(kind, slug, pillar, "history"),
        **words,
    }
    return pages.render_page(request, "compare", report, [], **context)


def find_versions(
    request: HttpRequest, kind: str, slug: str, pillar: str, page: str, *more: int
) -> tuple[Report, UUID, HttpResponse | None]:
    """Return the report, the key of the item, and a redirect where the item has another address now.

    What was withdrawn keeps its history at its last address. Raises Http404 where no item ever had this one.
    """
    report = report_for(request)
    node: Node | None = report.find(kind, slug)
    key = node.key if node else owner(request, kind, slug)
    node = node or report.by_key.get(key)
    if node in report.nodes:
        here = addresses.of_record(kind, node.slug, node.pillar.slug, page, *more)
        if here != request.path:
            query = request.META.get("QUERY_STRING", "")
            return report, key, redirect(f"{here}?{query}" if query else here)
    return report, key, None


def public_versions(request: HttpRequest, key: UUID) -> list[Revision]:
    """Return the public versions of an item, newest first.

    Raises Http404 for a draft, in a preview, that has none yet.
    """
    found = history.public_versions(key, moment_asked(request))
    if not found:
        raise Http404
    return found


def pick(found: list[Revision], asked: str | None, default: Revision) -> Revision:
    """Return the version with the number asked for. Raises Http404 for a number that none has."""
    if asked is None:
        return default
    for one in found:
        if str(one.number) == asked:
            return one
    raise Http404
