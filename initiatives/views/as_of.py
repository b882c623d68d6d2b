"""The whole site as it stood at the end of a day: the same views, asked for another moment, below
/as-of/<day>/.
"""

from datetime import date
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, get_script_prefix, resolve, reverse, set_script_prefix
from django.utils import timezone

from initiatives.views.moment import NothingYetError, Past, end_of, first_day
from initiatives.views.public import public

# What may be seen in the past, by the names of the addresses: every page, and no file, feed or form.
PAGES = {
    *(
        "home",
        "report",
        "documents",
        "about",
        "privacy",
        "accessibility",
        "pillar",
        "section",
        "initiative",
        "updates",
    ),
    *(
        f"{kind}_{page}"
        for kind in ("pillar", "section", "initiative")
        for page in ("history", "version", "content", "compare")
    ),
}


class DayConverter:
    """A day in an address: 2026-11-24."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """Return the date; a ValueError, for a day that no calendar has, means that the address leads
        nowhere.
        """
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:
        """Return the day as it stands in the address."""
        return value.isoformat()


@public
def as_of(request: HttpRequest, day: date, rest: str = "") -> HttpResponse:
    """Answer as the address behind the day would have at the end of that day, marked as past and not for
    search engines.
    """
    outer = get_script_prefix()
    path = f"{outer}{rest}"
    try:
        match = resolve(path)
    except Resolver404:
        if not rest.endswith("/") and leads_to_page(f"{path}/"):
            return redirect(f"{request.path}/", permanent=True)
        raise
    if match.view_name == "media":
        # A file is named by its content, so it is the same on every day.
        return redirect(path)
    if match.view_name not in PAGES:
        raise Http404
    elsewhere = reverse("as_of_day"), reverse("the_record")
    request.past = Past(day, end_of(day), path, *elsewhere, timezone.localdate())  # type: ignore[attr-defined]
    # Every address that the page makes stays in that day.
    set_script_prefix(f"{outer}as-of/{day.isoformat()}/")
    try:
        if day > timezone.localdate():
            raise NothingYetError
        response = match.func(request, *match.args, **match.kwargs)
    except NothingYetError:
        set_script_prefix(outer)
        response = render(request, "initiatives/record/not_yet.html", {"first": first_day()}, status=404)
    except Http404:
        response = render(request, "initiatives/record/not_there.html", status=404)
    finally:
        set_script_prefix(outer)
    response["X-Robots-Tag"] = "noindex"
    return response


@public
def choose_day(request: HttpRequest) -> HttpResponse:
    """Lead to a page as of the day given, or ask for the day.

    In: ?day=2026-11-24&page=/report/, both optional.
    """
    page = urlsplit(request.GET.get("page", "")).path
    page = page if leads_to_page(page) else reverse("home")
    asked = request.GET.get("day", "")
    if asked:
        try:
            day = reverse("as_of", args=[date.fromisoformat(asked)])
            return redirect(f"{day}{page.removeprefix(get_script_prefix())}")
        except ValueError:
            pass
    words = {
        "heading": "The report on another day",
        "description": "Read this site as it stood at the end of any day.",
    }
    context = {"day": asked, "first": first_day(), "today": timezone.localdate(), "path": page, **words}
    return render(request, "initiatives/record/choose_day.html", context)


def leads_to_page(path: str) -> bool:
    """Say whether a path is that of a page which can be seen in the past."""
    try:
        return resolve(path).view_name in PAGES
    except Resolver404:
        return False
