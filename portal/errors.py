"""The error pages. None of them needs the database; those that may read it show the site's name and menu."""

import logging
import re
import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import is_valid_path

from portal.faults import reason
from portal.staff_log import refused

# What mail and people add to an address, and slashes that were doubled
JUNK, SLASHES = re.compile(r"[/\s.,;:!?)\]}>'\"’”]+$"), re.compile("/{2,}")

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for a request that cannot be understood, 400."""
    return render(request, "errors/400.html", {"report": None}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """The page for what this person may not do, 403."""
    refused(request)
    return render(request, "errors/403.html", status=403)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form without a valid token, 403: its page was opened before the person signed in anew.

    Leads back to it.
    """
    refused(request)
    return render(request, "errors/form_refused.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address that leads nowhere, 404; a redirect where it was mistyped or mangled on its
    way.
    """
    mended = f"{JUNK.sub('', SLASHES.sub('/', request.path).lower())}/"
    is_public = request.method in {"GET", "HEAD"} and not request.path.lower().startswith(
        ("/admin/", "/share/", "/media/")
    )
    # A slash alone that is missing is added by CommonMiddleware.
    if is_public and mended.rstrip("/") != request.path.rstrip("/") and is_valid_path(mended):
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{mended}?{query}" if query else mended)
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours, 500, with the code by which the log names it (portal/logs.py)."""
    request.fault = f"fault {secrets.token_hex(4)}"  # type: ignore[attr-defined]
    return render(request, "errors/500.html", {"report": None}, status=500)


def unavailable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for a database that does not answer or a disk without room, 503, with word of when to try
    again.
    """
    logger.error("503 at %s: %s: %s", request.path, reason(exception), exception)
    response = render(request, "errors/503.html", {"report": None}, status=503)
    response["Retry-After"] = "30"
    response["Cache-Control"] = "no-store"
    return response
