"""The sitemap: every public page with the day on which it last changed."""

from collections.abc import Iterator
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from initiatives.report.report import Report
from initiatives.views.public import public
from portal.views import absolute

# Pages that are there whatever the report holds, by the names of their addresses. Another app adds its pages
# here.
FIXED = ["about", "privacy", "accessibility"]

Entry = tuple[str, datetime | None]


@public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return the addresses as the sitemap protocol wants them."""
    urls = [
        {"location": absolute(request, path), "lastmod": changed}
        for path, changed in sitemap_entries(Report.live())
    ]
    return render(request, "sitemap.xml", {"urlset": urls}, content_type="application/xml")


def sitemap_entries(report: Report) -> Iterator[Entry]:
    """Yield path and last change of each page that a search engine should know."""
    site_changed = report.site.changed if report.site else None
    yield reverse("home"), report.last_changed
    yield reverse("report"), report.last_changed
    yield reverse("updates"), report.last_changed
    yield reverse("the_record"), report.last_changed
    yield reverse("documents"), max((node.changed for node in report.documents if node.changed), default=None)
    for name in FIXED:
        yield reverse(name), site_changed
    for node in (*report.pillars, *report.sections):
        yield node.url, node.last_changed
    for node in report.initiatives:
        yield node.url, node.changed
