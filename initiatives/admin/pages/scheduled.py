"""What is scheduled: a list by day, in which an appointment can be moved or dropped.

A release is one appointment.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives.admin.base import only, refuse_unless
from initiatives.admin.moments import MomentField, foretold, moment_in_words
from initiatives.links import dead
from initiatives.links.redirects import successor_of
from initiatives.models import KINDS, Release, ReleaseItem, Revision
from initiatives.models.access import open_to
from initiatives.permissions import MAY_PUBLISH, SEES_RELEASES, WORKS_ON_REPORT
from initiatives.publishing import windows


class MoveForm(forms.Form):
    """The new moment of an appointment."""

    at = MomentField(label="New time")


@dataclass
class Entry:
    """One appointment: a revision, or a release with all of its revisions."""

    at: datetime
    revisions: list[Revision] = field(default_factory=list)
    release: Release | None = None

    @property
    def title(self) -> str:
        """What it is about."""
        return str(self.release) if self.release else self.revisions[0].title

    @property
    def form(self) -> MoveForm:
        """The form that moves it, at the moment it has."""
        pk = f"release-{self.release.pk}" if self.release else f"{self.revisions[0].pk}"
        return MoveForm(initial={"at": self.at}, auto_id=f"id_%s_{pk}")


def appointments(user: Any) -> list[Entry]:
    """Return all appointments that a person may know of, soonest first."""
    upcoming = list(Revision.objects.upcoming().defer("html"))
    broken = dead.broken_by([revision for revision in upcoming if revision.withdrawn])
    rows = ReleaseItem.objects.filter(revision__in=upcoming, release__live_from__isnull=False).select_related(
        "release"
    )
    held = {row.revision_id: row.release for row in rows} if user.has_perm(SEES_RELEASES) else {}
    heirs = {one.pk: heir for one in upcoming if one.withdrawn and (heir := successor_of(one))}
    titles = (
        dict(Revision.objects.newest().filter(key__in=heirs.values()).values_list("key", "title"))
        if heirs
        else {}
    )
    found: dict[Any, Entry] = {}
    for revision in open_to(user, upcoming):
        # A link may have come since the withdrawal was scheduled.
        revision.broken = broken.get(revision.pk, [])  # type: ignore[attr-defined]
        revision.leads_to = titles.get(heirs[revision.pk], "") if revision.pk in heirs else ""  # type: ignore[attr-defined]
        release = held.get(revision.pk)
        if release and release.live_from != revision.live_from:
            release = None
        assert revision.live_from  # noqa: S101 - it is upcoming
        of = release.pk if release else revision
        entry = found.setdefault(of, Entry(revision.live_from, release=release))
        entry.revisions.append(revision)
    return list(found.values())


def day_of(entry: Entry) -> date:
    """Return the day of an appointment in the city."""
    return timezone.localdate(entry.at)


def by_day(found: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    """Return appointments grouped by day."""
    return [(when, list(group)) for when, group in groupby(found, day_of)]


def chosen_month(request: HttpRequest) -> date | None:
    """Return the first of the month asked for, None for all. Raises Http404 for a month that is none."""
    text = request.GET.get("month", "")
    if not text:
        return None
    try:
        return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007
    except ValueError as error:
        raise Http404 from error


@never_cache
@require_safe
@only(WORKS_ON_REPORT)
def scheduled_page(request: HttpRequest) -> HttpResponse:
    """Everything that will be published or taken off by itself, by day, in the city's time zone;
    ?month=2026-03: in one month.
    """
    found, month = appointments(request.user), chosen_month(request)
    months = sorted({day_of(entry).replace(day=1) for entry in found} | ({month} if month else set()))
    shown = [entry for entry in found if month in (None, day_of(entry).replace(day=1))]
    context = {
        **admin.site.each_context(request),
        "title": "Scheduled",
        "days": by_day(shown),
        "months": months,
        "month": month,
        "zone": timezone.get_current_timezone_name(),
        "may_publish": request.user.has_perm(MAY_PUBLISH),
    }
    return render(request, "admin/initiatives/scheduled.html", context)


@require_POST
@only(MAY_PUBLISH)
def cancel_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop an appointment; its text stays as a draft."""
    revision = get_object_or_404(Revision, pk=pk)
    refuse_unless(request, KINDS[revision.kind].permission("change"))
    try:
        with dead.no_new_dead_links():
            windows.cancel_scheduled(revision)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        what = "withdrawal" if revision.withdrawn else "publication"
        messages.success(request, f"The {what} of “{revision.title}” is no longer scheduled.")
    return redirect("admin:scheduled")


@require_POST
@only(MAY_PUBLISH)
def move_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an appointment another moment."""
    revision, form = get_object_or_404(Revision, pk=pk), MoveForm(request.POST)
    refuse_unless(request, KINDS[revision.kind].permission("change"))
    try:
        if not form.is_valid():
            raise ValidationError([*form.errors["at"]])
        with dead.no_new_dead_links():
            moved = windows.move_window(revision, form.cleaned_data["at"], request.user)
    except ValidationError as error:
        messages.error(request, f"“{revision.title}” keeps its time. {' '.join(error.messages)}")
    else:
        done = "leaves the site" if moved.withdrawn else "goes out"
        messages.success(request, f"“{moved.title}” {done} {moment_in_words(form.cleaned_data['at'])}.")
        for warning in foretold([moved], moved.live_from):
            messages.warning(request, warning)
    return redirect("admin:scheduled")
