"""What every request passes through, public or staff."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import is_valid_path, reverse

from portal import health
from portal.errors import bad_request, unavailable
from portal.faults import has_no_room
from portal.sqlite_file import refuse_lost_file
from portal.waiting import limit

Handler = Callable[[HttpRequest], HttpResponse]

# So long, in seconds, may a request take where it needs the database. A reader has left by then; staff may
# have a large import.
READER, STAFF = 10, 60


def refuse_nul(get_response: Handler) -> Handler:
    """Answer 400 where the address holds a NUL character: no page has one and PostgreSQL cannot store one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("The address holds a NUL character.")
        return get_response(request)

    return middleware


def read_only(get_response: Handler) -> Handler:
    """Answer 405 to what would change a page, before anything asks for a token; the admin and the feedback
    take forms.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        takes_forms = request.path.startswith("/admin/") or request.path == reverse("feedback:send")
        if request.method not in {"GET", "HEAD"} and not takes_forms and is_valid_path(request.path):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        return get_response(request)

    return middleware


def any_host(get_response: Handler) -> Handler:
    """Let the addresses for load balancers be asked by any host: they ask by number, which is no name of
    the site's.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path in health.PATHS:
            vars(request)["get_host"] = lambda: "localhost"
        return get_response(request)

    return middleware


class DatabaseDown:
    """Answer 503 in the site's look where the database cannot be reached, stays locked or hangs, or was lost
    while something was
    written, and where the disk has no room; 400 where it cannot keep NUL.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with limit(STAFF if request.path.startswith("/admin/") else READER):
            response = self.get_response(request)
        if request.method == "POST" and response.status_code < 400:
            try:
                refuse_lost_file()
            except OperationalError as error:
                return unavailable(request, error)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, OperationalError | InterfaceError) or has_no_room(exception):
            return unavailable(request, exception)
        # No keyboard types it. Fields of forms say so themselves; this is for what is read without one.
        if isinstance(exception, ValueError) and "NUL" in str(exception):
            return bad_request(request, exception)
        return None


class OneLineEnd:
    """Makes LF the only line end of what staff send, of CR LF, as browsers send it: counted and stored as
    one character.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> None:
        """Rewrite what was posted, once the protection of forms has read it."""
        if request.method != "POST" or not request.path.startswith("/admin/"):
            return
        sent = request.POST.copy()
        for name, values in request.POST.lists():
            sent.setlist(name, [value.replace("\r\n", "\n").replace("\r", "\n") for value in values])
        request.POST = sent  # type: ignore[assignment]
