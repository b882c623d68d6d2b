"""Renders the pages of a report: the live one for the public, one with drafts in it for a preview."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse

from initiatives import addresses
from initiatives.audit.passages import MARK
from initiatives.models import Revision
from initiatives.report import figures
from initiatives.report.appearances import naming
from initiatives.report.report import Node, Report
from initiatives.views import structured_data
from initiatives.views.moment import is_public_today
from portal.views import absolute

Page = Callable[..., HttpResponse]
WITH_FEED = {"pillar", "initiative"}


def page_for(request: HttpRequest, report: Report, node: Node) -> HttpResponse:
    """Return the page that shows an item of the report.

    Raises Http404 for a kind of item that no page of its own shows.
    """
    page = PAGES.get(node.kind)
    if page is None:
        raise Http404
    return page(request, report, node)


def home_page(request: HttpRequest, report: Report, node: Node | None = None) -> HttpResponse:
    """The home page; before the site settings are published, a page that says so."""
    if report.site is None:
        return render(request, "initiatives/unpublished.html", {"report": report})
    context = {
        "numbers": figures.leading_numbers(report),
        "statuses": figures.statuses(report),
        "leading": [document for document in report.documents if document.fields["leading"]],
        "feed": reverse("feed"),
        "ld": structured_data.website(absolute(request, "/"), report.site),
        "heading": report.site.title,
        "description": report.site.fields["tagline"],
    }
    return render_page(request, "home", report, [], reviewed=[report.site], **context)


def pillar_page(request: HttpRequest, report: Report, node: Node) -> HttpResponse:
    """A pillar with its sections."""
    return render_page(
        request, "pillar", report, [node], reviewed=[node], **item_context(request, report, node)
    )


def section_page(request: HttpRequest, report: Report, node: Node) -> HttpResponse:
    """A section with its sub-sections and initiatives; for a sub-section, the page of its section."""
    node = node.section or node
    shown = [node, *node.subsections]
    return render_page(
        request, "section", report, shown, reviewed=shown, **item_context(request, report, node)
    )


def initiative_page(request: HttpRequest, report: Report, node: Node) -> HttpResponse:
    """An initiative."""
    context = item_context(request, report, node)
    context["previous"], context["next"] = (
        report.neighbours(node) if node in report.initiatives else (None, None)
    )
    context["siblings"] = siblings(node)
    return render_page(request, "initiative", report, [node], reviewed=[node], **context)


def report_page(request: HttpRequest, report: Report, node: Node | None = None) -> HttpResponse:
    """The whole report on one page."""
    description = (
        "Every part, section and initiative of the report on one page, to read through, search and print."
    )
    ld = structured_data.report(absolute(request, request.path), report)
    words = {"heading": "The whole report", "description": description}
    return render_page(request, "report", report, report.nodes, reviewed=of_site(report), ld=ld, **words)


def documents_page(request: HttpRequest, report: Report, node: Node | None = None) -> HttpResponse:
    """Every document, with the initiatives that name it."""
    named = [(document, naming(report, document)) for document in report.documents]
    words = {"heading": "Documents", "description": "Studies and reports that this site names."}
    changed = max((document.changed for document in report.documents if document.changed), default=None)
    more = {"documents": named, "changed": changed, **words}
    return render_page(request, "documents", report, [], reviewed=report.documents, **more)


def about_page(request: HttpRequest, report: Report, node: Node | None = None) -> HttpResponse:
    """What the report is and how it is organised."""
    words = {
        "heading": "About this report",
        "description": "What this report is, what is in it and how to read it.",
    }
    return render_page(
        request, "about", report, [], reviewed=of_site(report), statuses=figures.statuses(report), **words
    )


def privacy_page(request: HttpRequest, report: Report, node: Node | None = None) -> HttpResponse:
    """What the site keeps of its readers."""
    words = {"heading": "Privacy", "description": "What this site keeps when you read it or send feedback."}
    return render_page(request, "privacy", report, [], reviewed=of_site(report), **words)


def accessibility_page(request: HttpRequest, report: Report, node: Node | None = None) -> HttpResponse:
    """The accessibility statement."""
    words = {
        "heading": "Accessibility",
        "description": "How everyone can use this site, and how to tell us where it fails.",
    }
    return render_page(request, "accessibility", report, [], reviewed=of_site(report), **words)


PAGES: dict[str, Page] = {
    "site": home_page,
    "pillar": pillar_page,
    "section": section_page,
    "initiative": initiative_page,
    "document": documents_page,
}


def siblings(node: Node) -> list[Node]:
    """Return up to six other initiatives of the same section or sub-section: those that follow, then from
    its beginning.
    """
    row = node.parent.initiatives if node.parent else []
    place = row.index(node) if node in row else 0
    return [*row[place + 1 :], *row[:place]][:6]


def item_context(request: HttpRequest, report: Report, node: Node) -> dict[str, Any]:
    """Return what the page of any item of the tree is given."""
    trail = [*node.ancestors, node]
    ld = structured_data.item_page_data(lambda path: absolute(request, path), report, trail)
    # Only a draft is without a day on which it changed; it may be of an item that has no history yet.
    has_past = node.changed or Revision.objects.once_in_force().filter(key=node.key).exists()
    past = addresses.of_record(node.kind, node.slug, node.pillar.slug, "history") if has_past else ""
    feed = reverse(f"{node.kind}_feed", args=[node.slug]) if has_past and node.kind in WITH_FEED else ""
    words = {"heading": node.title, "description": node.fields["summary"]}
    return {"node": node, "ld": ld, "feed": feed, "history_url": past, **words}


def of_site(report: Report) -> list[Node]:
    """Return the site settings, whose reviews are those of the site as a whole; nothing before they are
    published.
    """
    return [report.site] if report.site else []


def render_page(
    request: HttpRequest, name: str, report: Report, nodes: Iterable[Node], **context: Any
) -> HttpResponse:
    """Return a page of the report, with the rendered text of the nodes given. Only a page of today has its
    own address.

    In: the page's name, which is its template's in the context's `folder`, this app's by default. In the
    context's `reviewed`, the nodes whose reviews the page tells; in `query`, what of its address's query
    makes it a page of its own.
    """
    folder = context.pop("folder", "initiatives")
    query = urlencode({name: value for name, value in context.pop("query", {}).items() if value})
    report.load_reviews(context.pop("reviewed", ()))
    nodes = list(nodes)
    report.load_html(nodes)
    texts = (text for node in nodes for text in (node.title, *node.html.values(), str(node.fields)))
    context |= {"report": report, "page": name, "has_removed": any(MARK in text for text in texts)}
    if is_public_today(request) and not hasattr(request, "version"):
        context["canonical"] = absolute(request, request.path) + (f"?{query}" if query else "")
        context["share_image"] = absolute(request, static("img/share.png"))
    return render(request, f"{folder}/{name}.html", context)
