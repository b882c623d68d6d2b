"""The addresses that everybody may read. Nothing here reads a cookie, so that one answer is good for all."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from initiatives import addresses
from initiatives.links import redirects
from initiatives.models import Revision
from initiatives.report.report import Report
from initiatives.views import pages
from initiatives.views.moment import is_public_today, moment_asked, report_for

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Let the view be read only, and let caches keep what it answers as long as they ask each time whether
    it still holds.
    """
    return require_safe(cache_control(public=True, no_cache=True)(view))


@public
def home(request: HttpRequest) -> HttpResponse:
    """The home page, or a calm word that there is nothing to read yet."""
    return pages.home_page(request, report_for(request))


@public
def pillar(request: HttpRequest, pillar: str) -> HttpResponse:
    """The page of a pillar."""
    return item_or_redirect(request, "pillar", pillar)


@public
def section(request: HttpRequest, pillar: str, section: str) -> HttpResponse:
    """The page of a section, whatever pillar was named; a sub-section leads to its place there."""
    return item_or_redirect(request, "section", section)


@public
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of an initiative."""
    return item_or_redirect(request, "initiative", slug)


@public
def fixed_page(request: HttpRequest, page: pages.Page) -> HttpResponse:
    """A page that is there whatever the report holds."""
    return page(request, report_for(request), None)


report = partial(fixed_page, page=pages.report_page)
documents = partial(fixed_page, page=pages.documents_page)
about = partial(fixed_page, page=pages.about_page)
privacy = partial(fixed_page, page=pages.privacy_page)
accessibility = partial(fixed_page, page=pages.accessibility_page)


def item_or_redirect(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """The page of the item with this slug, or a redirect to where it is.

    Raises Http404 where there never was one.
    """
    report = report_for(request)
    node = report.find(kind, slug)
    if node is None:
        key = owner(request, kind, slug)
        node = report.by_key.get(key)
        if node not in report.nodes:
            return gone_page(request, report, key)
    if node.url != request.path:
        return redirect(node.url, permanent=is_public_today(request))
    return pages.page_for(request, report, node)


def owner(request: HttpRequest, kind: str, slug: str) -> UUID:
    """Return the key of the item that has or last had this slug before the public, at the moment asked for.

    Raises Http404 where no item ever had it. A draft's slug counts for nothing.
    """
    once = Revision.objects.once_live(moment_asked(request)).filter(kind=kind, slug=slug)
    key = once.order_by("-live_from").values_list("key", flat=True).first()
    if key is None:
        raise Http404
    return key


def gone_page(request: HttpRequest, report: Report, key: UUID) -> HttpResponse:
    """Lead to what took the place of something off the site, or say, with 410, that it is gone, since when
    and why.
    """
    # What a preview shows although it was withdrawn is not gone there.
    found = {
        one: word
        for one, word in redirects.withdrawals(moment_asked(request)).items()
        if one not in report.by_key
    }
    off = redirects.gone_items(found)
    node = redirects.follow(report, key, off)
    if node and node.url:
        return redirect(node.url)
    report.load_html([])
    reason = redirects.cause(report, key, off)
    withdrawal = found[reason] if reason else None
    past = addresses.of_record(withdrawal.kind, withdrawal.slug, "", "history") if withdrawal else ""
    context = {"report": report, "withdrawal": withdrawal, "is_part": reason != key, "history_url": past}
    return render(request, "errors/410.html", context, status=410)
