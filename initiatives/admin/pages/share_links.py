"""Share links at the desk: made from a preview, listed with who and until when, withdrawn."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from initiatives.admin.base import only
from initiatives.admin.lines import LineField
from initiatives.admin.pages.preview import allowed
from initiatives.desk import share_links
from initiatives.models import KINDS, ShareLink
from initiatives.permissions import MAY_PUBLISH
from portal.views import absolute

MAY_SHARE = "initiatives.add_sharelink"
# Of links that have ended, the list shows the newest.
ENDED_SHOWN = 50


class ShareForm(forms.Form):
    """For whom a link is, and how long it lasts."""

    purpose = LineField(
        max_length=120,
        label="Who it is for, and what for",
        help_text="For staff only, so that all of you know later.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    days = forms.TypedChoiceField(
        coerce=int,
        label="It ends after",
        initial=7,
        choices=[(1, "1 day"), (7, "1 week"), (30, "30 days"), (90, "90 days")],
        help_text="You can end it earlier at any time.",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@only(MAY_SHARE)
def add_link(request: HttpRequest, scope: str) -> HttpResponse:
    """Ask for whom and for how long, make the link, and lead to the list, where its address is."""
    shared = allowed(request, scope)
    form = ShareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        link = share_links.make_share_link(
            shared, form.cleaned_data["days"], form.cleaned_data["purpose"], request.user
        )
        messages.success(
            request, "The link works now. Copy its address from the list and send it to the people it is for."
        )
        return redirect(f"{list_url()}#link-{link.pk}")
    context = {
        **admin.site.each_context(request),
        "title": f"Share: {shared.title}",
        "scope": shared,
        "form": form,
    }
    return render(request, "admin/initiatives/share_add.html", context)


@never_cache
@require_safe
@only("initiatives.view_sharelink")
def share_links_page(request: HttpRequest) -> HttpResponse:
    """The links to what the person may see: those that work with their addresses, then those that have
    ended.
    """
    user = request.user
    links = [one for one in with_makers(user) if user.has_perm(share_links.permission(one))]
    titles = titles_of_links(links)
    running, ended = [], []
    for link in links:
        row = {"link": link, "what": str(link.release or titles.get(link.key, "All drafts"))}
        if share_links.has_ended(link):
            ended.append(row | {"before_its_time": link.expires > timezone.now()})
        else:
            whole = absolute(request, f"{share_links.link_path(link)}?{share_links.BEGIN}")
            address = whole if share_links.may_follow(user, link) else ""
            running.append(row | {"address": address, "may_end": may_end(request, link)})
    context = {
        **admin.site.each_context(request),
        "title": "Share links",
        "running": running,
        "ended": ended[:ENDED_SHOWN],
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "admin/initiatives/share_links.html", context)


def with_makers(user: Any) -> list[ShareLink]:
    """Return every link, those of one maker with one account between them, whose rights are then asked for
    once.
    """
    links = list(ShareLink.objects.select_related("release", "created_by"))
    makers: dict[Any, Any] = {user.pk: user}
    for link in links:
        if link.created_by:
            link.created_by = makers.setdefault(link.created_by_id, link.created_by)
    return links


@require_POST
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Withdraw a link: one's own, or any for those who may publish."""
    link = get_object_or_404(ShareLink, pk=pk)
    if not may_end(request, link):
        raise PermissionDenied
    share_links.withdraw(link, request.user)
    messages.success(request, f"The link “{link}” shows nothing any more.")
    return redirect(list_url())


def may_end(request: HttpRequest, link: ShareLink) -> bool:
    """Say whether a person may withdraw a link."""
    user = request.user
    return user.has_perm(MAY_PUBLISH) or (user.has_perm(MAY_SHARE) and link.created_by_id == user.pk)


def list_url() -> str:
    """Return the path of the list."""
    return reverse("admin:share_links")


def titles_of_links(links: list[ShareLink]) -> dict[Any, str]:
    """Return the titles of the items that links show by key, in one query for each kind."""
    titles: dict[Any, str] = {link.key: "An item that was removed" for link in links if link.key}
    for kind in {link.kind for link in links if link.kind in KINDS}:
        keys = [link.key for link in links if link.key and link.kind == kind]
        titles |= dict(KINDS[kind]._default_manager.filter(key__in=keys).values_list("key", "title"))
    return titles
