"""The site as it will look with drafts in it, for staff: the framed pages, and the page around them with
its tools.
"""

from typing import Any
from urllib.parse import quote, urlsplit

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from initiatives.addresses import LISTED_ON
from initiatives.admin.base import DeskAdmin, refuse_unless
from initiatives.admin.pages.files import staff_file
from initiatives.models import KINDS, Revision
from initiatives.permissions import WORKS_ON_REPORT
from initiatives.report import drafts
from initiatives.report.appearances import FIXED, Appearance, appearances
from initiatives.report.drafts import Scope
from initiatives.report.report import Report
from initiatives.views.as_of import leads_to_page
from initiatives.views.preview import Preview, answer, without_trace

WIDTHS = {"desktop": "Desktop", "phone": "Phone (375 pixels)"}
MEDIA = "media/"
# The package's own types know only of views without arguments.
framed_by_us: Any = csp_replace({"frame-ancestors": [SELF]})
framing_us: Any = csp_replace({"frame-src": [SELF], "frame-ancestors": [NONE]})


class PreviewAdmin(DeskAdmin):
    """Previews an item."""

    def get_urls(self) -> list[Any]:
        return [
            path("<int:pk>/preview/", self.wrapped(self.preview_view), name=self.name_of("preview")),
            *super().get_urls(),
        ]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the pages that the item is on as they will look once its newest draft is published."""
        return preview_frame(request, str(self.find(pk).key))


def allowed(request: HttpRequest, name: str) -> Scope:
    """Return the scope with a name.

    Raises Http404 where there is none, PermissionDenied for those who may not see it.
    """
    found = drafts.scope_named(name)
    refuse_unless(request, found.permission if found else WORKS_ON_REPORT)
    if found is None:
        raise Http404
    return found


# The framed pages


@require_safe
@xframe_options_sameorigin
@framed_by_us
def previewed_page(request: HttpRequest, scope: str, rest: str = "") -> HttpResponseBase:
    """Any page of the site with the drafts of a scope in it; below media/ the files that it shows."""
    shown = allowed(request, scope)
    if rest.startswith(MEDIA):
        return without_trace(staff_file(request, rest.removeprefix(MEDIA)))
    back = back_to(shown)
    preview = Preview(tuple(shown.drafts(request.user)), shown.title, back)
    response = answer(request, preview, reverse("admin:preview_home", args=[scope]), rest)
    # Nothing of another site is let into the frame.
    if hasattr(response, "content"):
        response.content = response.content.replace(b'<a href="http', b'<a target="_blank" href="http')
    return without_trace(response)


def back_to(shown: Scope) -> str:
    """Return where editing goes on: the item's form, the release's page, the outline."""
    if shown.key:
        item = KINDS[shown.kind]._default_manager.filter(key=shown.key).first()
        return item.desk_path("change", item.pk) if item else reverse("admin:item_history", args=[shown.key])
    return reverse("admin:release", args=[shown.release.pk]) if shown.release else reverse("admin:outline")


# The page around them


@never_cache
@require_safe
@framing_us
def preview_frame(request: HttpRequest, scope: str) -> HttpResponseBase:
    """The frame with its tools. In: ?page=<path on the site>&width=<desktop or phone>, both optional."""
    shown = allowed(request, scope)
    revisions = shown.drafts(request.user)
    report = Report.with_drafts(*revisions)
    places, hidden = [*fixed_pages(), *of_drafts(report, revisions)], unseen(report, revisions)
    if shown.key and shown.key in report.by_key:
        is_hidden = any(one.key == shown.key for one in hidden)
        places = (
            fixed_pages() if is_hidden else appearances(report, report.by_key[shown.key]) or fixed_pages()
        )
    asked = request.GET.get("page", "")
    where = asked if is_page(asked) else places[0].path
    width = request.GET.get("width", "")
    width = width if width in WIDTHS else "desktop"
    context = {
        **admin.site.each_context(request),
        "title": f"Preview: {shown.title}",
        "is_nav_sidebar_enabled": False,
        "scope": shown,
        "back": back_to(shown),
        "places": [(place, preview_query(place.path, width), place.path == where) for place in places],
        "is_listed": any(place.path == where for place in places),
        "widths": [(label, preview_query(where, name), name == width) for name, label in WIDTHS.items()],
        "width": width,
        "where": where,
        "source": reverse("admin:preview_home", args=[shown.name]) + where.removeprefix("/"),
        "companions": [revision for revision in revisions if revision.key != shown.key] if shown.key else [],
        "unseen": hidden,
        "count": len(revisions),
    }
    return without_trace(render(request, "admin/initiatives/preview.html", context))


def preview_query(where: str, width: str) -> str:
    """Return the query that shows a page at a width."""
    return f"?page={quote(where)}&width={width}"


def is_page(where: str) -> bool:
    """Say whether a path, with or without an anchor, is that of a page which can be framed."""
    parts = urlsplit(where)
    return not (parts.scheme or parts.netloc or parts.query) and leads_to_page(parts.path)


def fixed_pages() -> list[Appearance]:
    """Return the pages that are there whatever is published."""
    return [Appearance(FIXED[name], reverse(name)) for name in ("home", "report", "documents")]


def of_drafts(report: Report, revisions: list[Revision]) -> list[Appearance]:
    """Return the pages of the drafts themselves, those that have one."""
    nodes = [report.by_key[revision.key] for revision in revisions if revision.key in report.by_key]
    shown = [
        node
        for node in nodes
        if node.url and node.kind != "site" and (node.kind in LISTED_ON or node in report.nodes)
    ]
    return [Appearance(f"{node.kind.capitalize()}: {node.title}", node.url) for node in shown]


def unseen(report: Report, revisions: list[Revision]) -> list[Revision]:
    """Return the drafts that no page shows: they hang on nothing yet, or on what is not published and not
    in the preview.
    """
    tree = {node.key for node in report.nodes}
    return [
        one
        for one in revisions
        if one.kind in ("section", "initiative") and one.key not in tree and not one.withdrawn
    ]
