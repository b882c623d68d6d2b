"""Drafts for people without an account: the whole site below /share/<token>/, until the link ends."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import get_script_prefix
from django.views.decorators.http import require_safe

from initiatives.desk import share_links
from initiatives.report.report import Report
from initiatives.views.media import send_file
from initiatives.views.preview import Preview, answer, without_trace

MEDIA = "media/"


@require_safe
def share(request: HttpRequest, token: str, rest: str = "") -> HttpResponseBase:
    """Any page or file of the site with the drafts of the link in it. It asks for no account and reads no
    cookie.

    Out: 404 for a token that is none, 410 for a link that has ended, whatever is behind it.
    """
    response = without_trace(shown_at(request, token, rest))
    # The address is the key: it must reach no other site.
    response["Referrer-Policy"] = "no-referrer"
    return response


def shown_at(request: HttpRequest, token: str, rest: str) -> HttpResponseBase:
    """Return what the link shows at an address."""
    link = share_links.link_of_token(token)
    if link is None:
        return share_not_found(request)
    if share_links.has_ended(link):
        return render(request, "initiatives/share/ended.html", status=410)
    if not rest and not request.path.endswith("/"):
        return redirect(share_links.link_path(link))
    scope = share_links.link_scope(link)
    drafts = scope.drafts(link.created_by)
    if share_links.BEGIN in request.GET and not rest:
        node = Report.with_drafts(*drafts).by_key.get(link.key) if link.key else None
        page = node.url.removeprefix(get_script_prefix()) if node else ""
        return redirect(f"{share_links.link_path(link)}{page}")
    if rest.startswith(MEDIA):
        upload = share_links.file(drafts, rest.removeprefix(MEDIA))
        return send_file(upload) if upload else share_not_found(request)
    return answer(
        request, Preview(tuple(drafts), scope.title, ends=link.expires), share_links.link_path(link), rest
    )


def share_not_found(request: HttpRequest) -> HttpResponse:
    """Return the site's page for an address that leads nowhere."""
    return render(request, "errors/404.html", status=404)
