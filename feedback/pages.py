"""Which pages of the site feedback can be about, and what they are called."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Case, F, When
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone

from initiatives import addresses
from initiatives.models import Revision

# Pages that are not items of the report, by the name of their address
SITE_PAGES = {
    "home": "Home page",
    "report": "The whole report",
    "documents": "Documents",
    "updates": "What changed",
    "the_record": "How the record is kept",
    "answers": "You said, we did",
    "feedback:send": "Feedback in numbers",
    "about": "About this report",
    "privacy": "Privacy",
    "accessibility": "Accessibility",
}
# Those of them that show words of the site settings, whose version is then that of the page
SETTINGS_PAGES = {"home", "about", "privacy", "accessibility"}
ITEM_PAGES = {"pillar", "section", "initiative"}
# Pages about an item's past, by the end of their address's name. What is said of one is not said of the
# item's own page.
PAST_PAGES = {"history": "History", "compare": "Compare"}


@dataclass(frozen=True)
class Page:
    """A public page at some moment: its address on this site and its title.

    `item` is the key of the item that it shows, if it is one's own; `version` the number of the revision that
    it showed.
    """

    path: str
    title: str
    item: UUID | None = None
    version: int | None = None

    @property
    def about(self) -> str:
        """What stays the same of it wherever it is and whatever it is called."""
        return str(self.item or self.path)


def path_of(request: HttpRequest | None) -> str:
    """Return the path of the public page that is being shown, "" where it is another kind of page.

    Asks no database.
    """
    match = request.resolver_match if request else None
    if not request or not match:
        return ""
    return (
        request.path
        if match.view_name in ITEM_PAGES | SITE_PAGES.keys() or past_page(match.view_name)[1]
        else ""
    )


def past_page(view_name: str) -> tuple[str, str]:
    """Return the kind of item and the word for a page about its past; no word for another page."""
    kind, _, page = view_name.rpartition("_")
    return kind, PAST_PAGES.get(page, "")


def site_pages() -> dict[str, str]:
    """Return the title of each page that is no item of the report, by its path."""
    return {reverse(name): title for name, title in SITE_PAGES.items()}


def shows_settings(path: str) -> bool:
    """Say whether the page at a path shows words of the site settings."""
    return path in {reverse(name) for name in SETTINGS_PAGES}


def morning(day: date) -> datetime:
    """Return the moment at which a day begins in the city's time zone."""
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def find_page(sent: str, at: datetime | None = None) -> Page | None:
    """Return the page that a path leads to, as it was at a moment, now by default; None where it is no public
    page of this site.

    In: a path as a client sent it; a query or fragment does not count. Any address that the page ever had
    will do: what comes back is the address and the title that it had at the moment; for a page that was new
    later that day, its first. One query; one more for what a section hangs on.
    """
    try:
        match = resolve(sent.partition("#")[0].partition("?")[0])
    except Resolver404:
        return None
    at = at or timezone.now()
    name = match.view_name
    if name in SITE_PAGES:
        settings = row_at(at, kind="site") if name in SETTINGS_PAGES else None
        return Page(reverse(name), SITE_PAGES[name], version=settings.number if settings else None)
    kind, word = past_page(name)
    if not word and name not in ITEM_PAGES:
        return None
    row = row_at(at, kind=kind if word else name, slug=[*match.captured_kwargs.values()][-1])  # type: ignore[attr-defined]
    if row is None:
        return None
    return past_page_of(row, at, name.rpartition("_")[2]) if word else page_of(row, at)


def row_at(at: datetime, **wanted: Any) -> Any:
    """Return what an item last showed the public by a moment; else what it showed first, later. None for what
    never was public.

    In: what finds one of the item's public revisions, such as its kind and a slug that it once had. Out: its
    kind, key, number, parent, slug and title.
    """
    owners = Revision.objects.once_live().filter(**wanted).values("key")
    by_then = Case(When(live_from__lte=at, then=F("live_from"))).desc(nulls_last=True)
    found = Revision.objects.once_live().filter(key__in=owners).order_by(by_then, "live_from")
    return found.values_list("kind", "key", "number", "parent", "slug", "title", named=True).first()


def page_of(row: Any, at: datetime) -> Page | None:
    """Return the page of an item at a moment. A section that was part of another's page is on that page."""
    above = row_at(at, key=row.parent) if row.kind == "section" else None
    if above and above.kind == "section":
        return page_of(above, at)
    path = addresses.of(row.kind, row.slug, above.slug if above else "")
    return Page(path, row.title, row.key, row.number) if path else None


def past_page_of(row: Any, at: datetime, page: str) -> Page:
    """Return the page about an item's past, "history" or "compare", at the address that it had at a
    moment.
    """
    above = row
    while above.kind == "section" and (over := row_at(at, key=above.parent)):
        above = over
    return Page(addresses.of_record(row.kind, row.slug, above.slug, page), f"{PAST_PAGES[page]}: {row.title}")
