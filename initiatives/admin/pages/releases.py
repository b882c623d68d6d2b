"""The desk's pages about releases: the list, and one release with all that can be done with it."""

from collections.abc import Callable
from hashlib import sha256
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives.admin.base import only, refuse_unless
from initiatives.admin.moments import MomentField, foretold, moment_in_words
from initiatives.links import dead
from initiatives.models import Release, ReleaseItem
from initiatives.models.access import open_to
from initiatives.models.lock import lock_report
from initiatives.permissions import MAY_PUBLISH, SEES_RELEASES
from initiatives.publishing import release_contents, releases

ASKED = (
    "Drafts that others have not finished, or that have a date, would go out. Read which, then tick "
    "that they may."
)
CORRECT = "Please correct what is marked below."


class NameForm(forms.ModelForm):
    """A release's name and what changes with it."""

    class Meta:
        model = Release
        fields: ClassVar = ["name", "note"]


class ToldForm(forms.ModelForm):
    """What the public is told of one item in a release, where that is not what the release says."""

    class Meta:
        model = ReleaseItem
        fields = ["note", "minor"]
        widgets: ClassVar = {"note": forms.TextInput(attrs={"class": "vTextField"})}


class ReleaseForm(NameForm):
    """The name of a release, what the public is told of it, and when it goes out."""

    class Meta(NameForm.Meta):
        fields: ClassVar = ["name", "note", "minor"]

    at = MomentField(required=False, label="Publish at")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@only(SEES_RELEASES)
def index(request: HttpRequest) -> HttpResponse:
    """Every release, those that wait first; a new one is made here."""
    form = NameForm(request.POST or None)
    if request.method == "POST":
        refuse_unless(request, "initiatives.add_release")
        with transaction.atomic():
            lock_report()
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
@only(SEES_RELEASES)
def release_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One release: its items, what would change and what stops it.

    Posted: one of ACTS, named by the button.
    """
    release = get_object_or_404(Release, pk=pk)
    problems: list[str] = []
    form = ReleaseForm(instance=release, initial={"at": release.live_from})
    if request.method == "POST":
        refuse_unless(request, "initiatives.change_release")
        with transaction.atomic():
            lock_report()
            release = get_object_or_404(Release, pk=pk)
            form = ReleaseForm(request.POST, instance=get_object_or_404(Release, pk=pk))
            try:
                return carry_out(request, release, form)
            except ValidationError as error:
                problems = error.messages
    return render_release(request, release, form, problems)


def render_release(
    request: HttpRequest, release: Release, form: ReleaseForm, problems: list[str]
) -> HttpResponse:
    """Return the page of a release."""
    release = Release.objects.get(pk=release.pk)
    rows, told = release_contents.release_rows(release, request.user), told_forms(request, release)
    others = {} if release.is_out() else release_contents.asks_of(release, request.user)
    for row in rows:
        row.notices += (
            [others[row.key][1]]
            if row.key in others and (not release.live_from or row.has_newer_draft)
            else []
        )
    unseen = release.items.count() - len(rows)
    context = {
        **admin.site.each_context(request),
        "title": release.name,
        "release": release,
        "is_out": release.is_out(),
        "form": form,
        "problems": problems,
        "rows": [(row, told.get(row.key)) for row in rows],
        "unseen": unseen,
        "others": others_digest(others),
        "has_newer_draft": any(row.has_newer_draft for row in rows),
        "preview_url": preview_url(release),
        "may_change": request.user.has_perm("initiatives.change_release"),
        "may_publish": request.user.has_perm(MAY_PUBLISH),
        "may_delete": request.user.has_perm("initiatives.delete_release"),
    }
    return render(request, "admin/initiatives/release.html", context)


def told_forms(request: HttpRequest, release: Release) -> dict[UUID, ToldForm]:
    """Return the form of each item in an open release that the person may open, by its key; bound where it
    was posted.
    """
    rows = open_to(request.user, release.items.all()) if release.live_from is None else []
    posted = {row.key: request.POST if f"{row.key}-note" in request.POST else None for row in rows}
    return {row.key: ToldForm(posted[row.key], instance=row, prefix=str(row.key)) for row in rows}


def preview_url(release: Release) -> str:
    """Return the path of the preview of the site with the release in it, "" where there is none."""
    try:
        return reverse("admin:preview", args=[f"release-{release.pk}"])
    except NoReverseMatch:
        return ""


# What the buttons do. Each returns where to go, or raises ValidationError with what to tell.


def carry_out(request: HttpRequest, release: Release, form: ReleaseForm) -> HttpResponse:
    """Do what the button asked. Raises BadRequest for a button that there is not."""
    name, _, key = request.POST.get("do", "").partition(":")
    if name not in ACTS:
        raise BadRequest("There is no such action.")
    with dead.no_new_dead_links():
        told = ACTS[name](request, release, form, key)
    messages.success(request, told)
    if name in ("publish", "schedule", "take_in"):
        release = Release.objects.get(pk=release.pk)
        for warning in foretold(releases.scheduled_revisions(release), release.live_from):
            messages.warning(request, warning)
    return redirect("admin:releases") if name == "delete" else redirect("admin:release", release.pk)


def keep_words(request: HttpRequest, release: Release, form: ReleaseForm) -> None:
    """Keep the name and, before it is scheduled, the notes that were typed.

    Raises ValidationError where they are not right.
    """
    if not form.is_valid():
        raise ValidationError(CORRECT)
    if release.live_from:
        Release.objects.filter(pk=release.pk).update(name=form.cleaned_data["name"])
        return
    told = [one for one in told_forms(request, release).values() if one.is_bound]
    if not all(one.is_valid() for one in told):
        raise ValidationError(CORRECT)
    said = {name: form.cleaned_data[name] for name in ReleaseForm.Meta.fields}
    Release.objects.filter(pk=release.pk, live_from=None).update(**said)
    for one in told:
        one.save()


def refuse_silent_form(release: Release, form: ReleaseForm) -> None:
    """Raise ValidationError where an item would go out with no word for the public; the form marks where
    to type it.
    """
    if release.live_from:
        return
    try:
        releases.refuse_silent(Release.objects.get(pk=release.pk))
    except ValidationError as error:
        form.add_error(None, error)
        raise ValidationError(CORRECT) from error


def others_digest(found: dict[UUID, tuple[str, str]]) -> str:
    """Return a digest of the drafts that are asked about, "" for none: another one where something
    changed.
    """
    return sha256(repr(sorted(found.items())).encode()).hexdigest() if found else ""


def refuse_unfinished(request: HttpRequest, release: Release) -> None:
    """Raise ValidationError where drafts that are asked about would go out and the person did not say that
    they may.
    """
    others = others_digest(release_contents.asks_of(release, request.user))
    if others and request.POST.get("others") != others:
        raise ValidationError(ASKED)


def save(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    keep_words(request, release, form)
    return "The release is saved."


def remove_form(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, *([MAY_PUBLISH] if release.live_from else []))
    try:
        wanted = UUID(key)
    except ValueError as error:
        raise BadRequest("There is no such item.") from error
    if wanted not in {row.key for row in open_to(request.user, release.items.all())}:
        raise PermissionDenied
    keep_words(request, release, form)
    releases.remove_from_release(release, wanted, request.user)
    return "The item is out of the release. Its draft is kept."


def publish_form(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, MAY_PUBLISH)
    keep_words(request, release, form)
    refuse_silent_form(release, form)
    if not release.live_from:
        refuse_unfinished(request, release)
    releases.publish_release(release, request.user)
    return f"“{form.cleaned_data['name']}” is published."


def schedule_form(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, MAY_PUBLISH)
    keep_words(request, release, form)
    at = form.cleaned_data["at"]
    if at is None:
        form.add_error("at", "Type when it should be published.")
        raise ValidationError(CORRECT)
    refuse_silent_form(release, form)
    if not release.live_from:
        refuse_unfinished(request, release)
    releases.schedule_release(release, request.user, at)
    return f"“{form.cleaned_data['name']}” goes out {moment_in_words(at)}, all of it at that moment."


def cancel_form(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, MAY_PUBLISH)
    releases.cancel_release(release)
    return "The release is no longer scheduled. Its texts are drafts, as before."


def take_in_form(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, MAY_PUBLISH)
    refuse_unfinished(request, release)
    releases.take_in(release, request.user)
    return "The newest drafts go out with the release now."


def delete_form(request: HttpRequest, release: Release, form: ReleaseForm, key: str) -> str:
    refuse_unless(request, "initiatives.delete_release", *([MAY_PUBLISH] if release.live_from else []))
    releases.delete_release(release)
    return "The release is deleted. Its drafts are kept."


ACTS: dict[str, Callable[[HttpRequest, Release, Any, str], str]] = {
    "save": save,
    "remove": remove_form,
    "publish": publish_form,
    "schedule": schedule_form,
    "call_off": cancel_form,
    "take_in": take_in_form,
    "delete": delete_form,
}
