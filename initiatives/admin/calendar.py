"""What is scheduled: a list by time, from which an appointment can be dropped."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives import removal, timeline
from initiatives.models import Revision


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Everything that will be published or taken off by itself, soonest first, in the city's time zone."""
    if not request.user.has_perm("initiatives.view_revision"):
        raise PermissionDenied
    upcoming = list(Revision.objects.upcoming().defer("fields", "html"))
    broken = removal.broken_by([revision for revision in upcoming if revision.withdrawn])
    for revision in upcoming:
        # A link may have come since the withdrawal was scheduled.
        revision.broken = broken.get(revision.pk, [])  # type: ignore[attr-defined]
    context = {
        **admin.site.each_context(request),
        "title": "Scheduled",
        "upcoming": upcoming,
        "zone": timezone.get_current_timezone_name(),
        "may_publish": request.user.has_perm("initiatives.publish_report"),
    }
    return render(request, "admin/initiatives/scheduled.html", context)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Drop an appointment; its text stays as a draft."""
    if not request.user.has_perm("initiatives.publish_report"):
        raise PermissionDenied
    revision = get_object_or_404(Revision, pk=pk)
    try:
        timeline.call_off(revision)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        what = "withdrawal" if revision.withdrawn else "publication"
        messages.success(request, f"The {what} of “{revision.title}” is no longer scheduled.")
    return redirect("admin:scheduled")
