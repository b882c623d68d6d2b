"""The whole site with drafts in it, below the address of a preview or a share link: the same views,
another report.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, get_script_prefix, resolve, set_script_prefix

from initiatives.models import Revision
from initiatives.report.report import Report
from initiatives.views import as_of

NO_TRACE = {"Cache-Control": "no-store, private", "X-Robots-Tag": "noindex"}


@dataclass(frozen=True)
class Preview:
    """What a request sees beyond the live report: the drafts, what they are called, and either the way back
    to editing or,
    for people without an account, when the link ends.
    """

    drafts: tuple[Revision, ...]
    title: str
    back: str = ""
    ends: datetime | None = None


def answer(request: HttpRequest, preview: Preview, prefix: str, rest: str) -> HttpResponse:
    """Answer as the site's own address `rest` would with the drafts in the report. Every link stays below the
    prefix.

    In: the prefix as a path from the site's root, "/admin/…/". What is no page (feeds, files for machines,
    the past) is left to the live site. Raises Resolver404 for what is no address of the site.
    """
    outer = get_script_prefix()
    path = f"{outer}{rest}"
    try:
        match = resolve(path)
    except Resolver404:
        if not rest.endswith("/") and as_of.leads_to_page(f"{path}/"):
            return redirect(f"{prefix}{rest}/")
        match = None
    if match and match.view_name not in as_of.PAGES:
        return redirect(path)
    request.preview = preview  # type: ignore[attr-defined]
    set_script_prefix(prefix)
    try:
        if match is None:
            raise Http404
        response = match.func(request, *match.args, **match.kwargs)
    except Http404:
        report = Report.with_drafts(*preview.drafts)
        report.load_html([])
        response = render(request, "initiatives/preview/not_there.html", {"report": report}, status=404)
    finally:
        set_script_prefix(outer)
    # A draft's files are at no address of the public.
    response.content = response.content.replace(
        f'"{settings.MEDIA_URL}'.encode(), f'"{prefix}media/'.encode()
    )
    return response


def without_trace(response: HttpResponseBase) -> HttpResponseBase:
    """Return the response marked so that nothing keeps it and no search engine lists it."""
    for name, value in NO_TRACE.items():
        response[name] = value
    return response
