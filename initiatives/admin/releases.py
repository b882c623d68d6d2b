"""The desk's pages about releases: the list, and one release with all that can be done with it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives import gathered, releases
from initiatives.admin.base import only, refuse_unless
from initiatives.admin.moments import MomentField, said
from initiatives.models import Release
from initiatives.permissions import MAY_PUBLISH
from initiatives.turn import take_turn


class NameForm(forms.ModelForm):
    """A release's name and what changes with it."""

    class Meta:
        model = Release
        fields = ["name", "note"]


class ReleaseForm(NameForm):
    """The name and the note of a release, and when it goes out."""

    at = MomentField(required=False, label="Publish at")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@only("initiatives.view_release")
def index(request: HttpRequest) -> HttpResponse:
    """Every release, those that wait first; a new one is made here."""
    form = NameForm(request.POST or None)
    if request.method == "POST":
        refuse_unless(request, "initiatives.add_release")
        with transaction.atomic():
            take_turn()
            if form.is_valid():
                form.instance.created_by = request.user
                return redirect("admin:release", form.save().pk)
    found = Release.objects.annotate(size=Count("items"))
    now = timezone.now()
    context = {
        **admin.site.each_context(request),
        "title": "Releases",
        "form": form,
        "waiting": found.exclude(live_from__lte=now).order_by("live_from", "name"),
        "out": found.filter(live_from__lte=now).order_by("-live_from"),
        "may_add": request.user.has_perm("initiatives.add_release"),
    }
    return render(request, "admin/initiatives/releases.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@only("initiatives.view_release")
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """One release: its items, what would change and what stops it. Posted: one of ACTS, named by the button."""
    release = get_object_or_404(Release, pk=pk)
    problems: list[str] = []
    form = ReleaseForm(instance=release, initial={"at": release.live_from})
    if request.method == "POST":
        refuse_unless(request, "initiatives.change_release")
        with transaction.atomic():
            take_turn()
            release = get_object_or_404(Release, pk=pk)
            form = ReleaseForm(request.POST, instance=get_object_or_404(Release, pk=pk))
            try:
                return act(request, release, form)
            except ValidationError as error:
                problems = error.messages
    return page(request, release, form, problems)


def page(request: HttpRequest, release: Release, form: ReleaseForm, problems: list[str]) -> HttpResponse:
    """Return the page of a release."""
    release = Release.objects.get(pk=release.pk)
    rows = gathered.rows(release)
    context = {
        **admin.site.each_context(request),
        "title": release.name,
        "release": release,
        "is_out": release.is_out(),
        "form": form,
        "problems": problems,
        "rows": [(row, request.POST.get(f"note-{row.key}", "")) for row in rows],
        "has_newer_draft": any(row.has_newer_draft for row in rows),
        "preview_url": preview_url(release),
        "may_change": request.user.has_perm("initiatives.change_release"),
        "may_publish": request.user.has_perm(MAY_PUBLISH),
        "may_delete": request.user.has_perm("initiatives.delete_release"),
    }
    return render(request, "admin/initiatives/release.html", context)


def preview_url(release: Release) -> str:
    """Return the path of the preview of the site with the release in it, "" where there is none."""
    try:
        return reverse("admin:preview", args=[f"release-{release.pk}"])
    except NoReverseMatch:
        return ""


# What the buttons do. Each returns where to go, or raises ValidationError with what to tell.


def act(request: HttpRequest, release: Release, form: ReleaseForm) -> HttpResponse:
    """Do what the button asked. Raises BadRequest for a button that there is not."""
    name, _, key = request.POST.get("do", "").partition(":")
    if name not in ACTS:
        raise BadRequest("There is no such action.")
    told = ACTS[name](request, release, form, key)
    messages.success(request, told)
    return redirect("admin:releases") if name == "delete" else redirect("admin:release", release.pk)


def keep(request: HttpRequest, release: Release, form: ReleaseForm) -> None:
    """Keep the name and the note that were typed. Raises ValidationError where they are not right; the page shows where."""
    if not form.is_valid():
        raise ValidationError("Please correct what is marked below.")
    waits = release.live_from is None
    Release.objects.filter(pk=release.pk).update(
        name=form.cleaned_data["name"], note=form.cleaned_data["note"] if waits else release.note
    )


def save(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    keep(request, release, form)
    return "The release is saved."


def remove(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    try:
        releases.remove(release, UUID(key))
    except ValueError as error:
        raise BadRequest("There is no such item.") from error
    return "The item is out of the release. Its draft is kept."


def notes(request: HttpRequest, release: Release, form: ReleaseForm) -> dict[UUID, str]:
    """Return the change notes of single items. Raises ValidationError where an item would go out with none."""
    found = {row.key: request.POST.get(f"note-{row.key}", "").strip() for row in release.items.all()}
    if any(len(text) > 300 for text in found.values()):
        raise ValidationError("A change note has at most 300 characters.")
    if not (form.cleaned_data["note"] or release.live_from or all(found.values())):
        form.add_error("note", "Say what changes with it, for the public.")
        raise ValidationError("Please correct what is marked below.")
    return found


def publish(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, MAY_PUBLISH)
    keep(request, release, form)
    releases.publish(release, request.user, form.cleaned_data["note"], notes(request, release, form))
    return f"“{form.cleaned_data['name']}” is published."


def schedule(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, MAY_PUBLISH)
    keep(request, release, form)
    at = form.cleaned_data["at"]
    if at is None:
        form.add_error("at", "Type when it should be published.")
        raise ValidationError("Please correct what is marked below.")
    releases.schedule(release, request.user, at, form.cleaned_data["note"], notes(request, release, form))
    return f"“{form.cleaned_data['name']}” goes out {said(at)}, all of it at that moment."


def call_off(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, MAY_PUBLISH)
    releases.call_off(release)
    return "The release is no longer scheduled. Its texts are drafts, as before."


def take_in(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, MAY_PUBLISH)
    releases.take_in(release, request.user)
    return "The newest drafts go out with the release now."


def delete(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, "initiatives.delete_release", *([MAY_PUBLISH] if release.live_from else []))
    releases.delete(release)
    return "The release is deleted. Its drafts are kept."


ACTS: dict[str, Callable[[HttpRequest, Release, Any, str], str]] = {
    one.__name__: one for one in (save, remove, publish, schedule, call_off, take_in, delete)
}
