"""Which pages of the site feedback can be about, and what they are called."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from initiatives.models import Revision
from initiatives.record import Node, Report

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
# Pages about an item's past, by the end of their address's name. What is said of one is not said of the item's own page.
PAST_PAGES = {"history": "History", "compare": "Compare"}


@dataclass(frozen=True)
class Page:
    """A public page: its address on this site, its title, and the key of the item that it shows, if it is one's own."""

    path: str
    title: str
    item: UUID | None = None

    @property
    def about(self) -> str:
        """What a stamp calls it: an item's key stays the same wherever its page is."""
        return str(self.item or self.path)


def path_of(request: HttpRequest | None) -> str:
    """Return the path of the public page that is being shown, "" where it is another kind of page. Asks no database."""
    match = request.resolver_match if request else None
    if not request or not match:
        return ""
    return request.path if match.view_name in ITEM_PAGES | SITE_PAGES.keys() or past_page(match.view_name)[1] else ""


def past_page(view_name: str) -> tuple[str, str]:
    """Return the kind of item and the word for a page about its past; no word for another page."""
    kind, _, page = view_name.rpartition("_")
    return kind, PAST_PAGES.get(page, "")


def find_page(sent: str, report: Report) -> Page | None:
    """Return the page that a path leads to, None where it is no public page of this site.

    In: a path as a client sent it; a query or fragment does not count. A page kept for a day may have an address that
    its item no longer has: that is the item's page, at the address it has now. One more query, for such paths and those
    about an item's past alone.
    """
    path = sent.partition("#")[0].partition("?")[0]
    known = pages(report)
    return known.get(path) or elsewhere(path, known, report)


def site_pages() -> dict[str, str]:
    """Return the title of each page that is no item of the report, by its path."""
    return {reverse(name): title for name, title in SITE_PAGES.items()}


def shows_settings(path: str) -> bool:
    """Say whether the page at a path shows words of the site settings."""
    return path in {reverse(name) for name in SETTINGS_PAGES}


def pages(report: Report) -> dict[str, Page]:
    """Return every public page by its path."""
    named = [Page(path, title) for path, title in site_pages().items()]
    items = [page for node in report.nodes if (page := of(node))]
    return {page.path: page for page in (*named, *items)}


def of(node: Node) -> Page | None:
    """Return the page that an item has to itself, None for one that is only a part of another's."""
    return Page(node.url, node.title, node.key) if node.url and "#" not in node.url else None


def elsewhere(path: str, known: dict[str, Page], report: Report) -> Page | None:
    """Return the page of the item whose address this once was, or the page about an item's past; None where it is neither.

    A section that became part of another's page is on that page. An item that left the site while its page lay in a cache
    has the page that was read.
    """
    try:
        match = resolve(path)
    except Resolver404:
        return None
    kind, word = past_page(match.view_name)
    if not word and match.view_name not in ITEM_PAGES:
        return None
    slug = list(match.captured_kwargs.values())[-1]  # type: ignore[attr-defined]
    owners = Revision.objects.once_live().filter(kind=kind if word else match.view_name, slug=slug)
    owner = owners.order_by("-live_from").first()
    if owner and word:
        return Page(path, f"{word}: {owner.title}")
    if owner is None:
        return None
    node = next((node for node in report.nodes if node.key == owner.key), None)
    return known.get(node.url.partition("#")[0]) if node else Page(path, owner.title, owner.key)
