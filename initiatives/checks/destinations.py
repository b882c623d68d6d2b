"""Where the links of an item lead within the site."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import ResolverMatch
from django.utils.formats import date_format
from django.utils.timezone import localtime

from initiatives import addresses
from initiatives.checks.subject import Subject
from initiatives.links.anchors import anchors
from initiatives.links.paths import KINDS, item_of, own_path, place_on
from initiatives.links.redirects import Gone, cause, follow, gone_items, withdrawals
from initiatives.models.revision import Revision
from initiatives.models.upload import Upload
from initiatives.report.report import Node
from initiatives.text.markdown import OWN_IMAGE


@dataclass(frozen=True)
class Target:
    """An address that an item leads to: the field, the words around it for a message, and where it stands."""

    field: str
    href: str
    words: str
    place: str
    is_image: bool = False

    @property
    def named(self) -> str:
        """How a message begins that is about this link or image."""
        return f"The image{self.place}" if self.is_image else f"The link “{self.words}”{self.place}"


class Guide:
    """Knows where the paths inside the site lead. It asks the database for all of an item's links at once."""

    def __init__(self, subject: Subject, inside: list[Target]) -> None:
        self.subject = subject
        self.matches = {target.href: self.match(target.href) for target in inside}
        slugs = {
            (kind, slug)
            for match in self.matches.values()
            if match
            for kind, slug in [item_of(match)]
            if kind
        }
        self.unfound = {pair for pair in slugs if not self.is_self(*pair) and not subject.report.find(*pair)}
        self.owners = self.find_owners()
        self.files = self.find_files()

    def path(self, href: str) -> str:
        """Return the path that a link leads to: of the item's own page where the link has none."""
        parts = own_path(href)
        return unquote(parts.path) if parts and parts.path else self.own_page

    @property
    def own_page(self) -> str:
        """The path of the page that shows the item, "" where there is none."""
        item, parent = self.subject.item, self.subject.item.parent_item
        above: list[str] = []
        while parent and item.kind == "section":
            above.insert(0, parent.slug)
            parent = parent.parent_item
        return addresses.of(item.kind, item.slug, *above).partition("#")[0]

    def match(self, href: str) -> ResolverMatch | None:
        """Return what answers at a link's path, with the slash at its end that the site adds; None for
        nothing.
        """
        return addresses.answering(self.path(href))

    def is_self(self, kind: str, slug: str) -> bool:
        """Say whether the link leads to the very item, which is published by then."""
        return (kind, slug) == (self.subject.item.kind, self.subject.item.slug)

    def find_owners(self) -> dict[tuple[str, str], Revision]:
        """Return, for addresses where nothing is live, the newest revision that has the address or had it
        once.
        """
        if not self.unfound:
            return {}
        rows = Revision.objects.filter(slug__in={slug for _, slug in self.unfound}, kind__in=KINDS).defer(
            "fields", "html"
        )
        # What was before the public keeps its address for good, so it comes last and wins.
        ranked = sorted(rows, key=lambda row: (row.live_from is not None, row.created))
        return {(row.kind, row.slug): row for row in ranked}

    def find_files(self) -> set[str]:
        """Return the names of the uploads that the links and images name."""
        names = {
            str(match.kwargs["name"])
            for match in self.matches.values()
            if match and match.view_name == "media"
        }
        return set(Upload.objects.filter(file__in=names).values_list("file", flat=True)) if names else set()

    def problem(self, target: Target) -> str:
        """Return why a link inside the site leads nowhere and what to do, "" where it leads somewhere."""
        path, match = self.path(target.href), self.matches[target.href]
        if path.startswith(settings.STATIC_URL):
            return (
                ""
                if finders.find(path.removeprefix(settings.STATIC_URL))
                else f"leads nowhere: there is no file {path}"
            )
        if match is None:
            return f"leads nowhere: the site has no page {path}. Copy the address from the page you mean."
        if match.namespace == "admin" or path.startswith("/admin/"):
            return (
                "leads to the editors' desk, which visitors cannot open. Use the address of the public "
                "page or file."
            )
        if match.view_name == "media":
            name = str(match.kwargs["name"])
            if name not in self.files or (target.is_image and not OWN_IMAGE.fullmatch(path)):
                return (
                    "leads to a file that is not here. Upload it under “Files and images” and copy its "
                    "address."
                )
            return ""
        kind, slug = item_of(match)
        if not kind:
            return self.anchor_problem(target, match, None) or self.place_leaving(target, match)
        node = self.subject.report.find(kind, slug) or self.moved(kind, slug)
        if node:
            return (
                self.anchor_problem(target, match, node)
                or self.leaving(node)
                or self.place_leaving(target, match)
            )
        return "" if self.is_self(kind, slug) else self.missing(kind, slug, path)

    def moved(self, kind: str, slug: str) -> Node | None:
        """Return the live item that once had an address, or that took the place of the one that had; None
        where there is none.
        """
        owner = self.owners.get((kind, slug))
        if not owner or not owner.live_from:
            return None
        node = self.subject.report.by_key.get(owner.key)
        return (
            node if node in self.subject.report.nodes else follow(self.subject.report, owner.key, self.gone)
        )

    @cached_property
    def gone(self) -> Gone:
        """What is withdrawn and what took its place."""
        return gone_items(withdrawals())

    @cached_property
    def plans(self) -> list[tuple[Revision, Gone]]:
        """What is scheduled to leave the site, soonest first, each with all that is gone from then on."""
        planned = Revision.objects.upcoming().filter(withdrawn=True).defer("html")
        return [(one, gone_items(withdrawals(one.live_from))) for one in planned]

    def leaving(self, node: Node) -> str:
        """Return the message for a page that is scheduled to leave with nothing in its place, "" for one that
        stays.

        What has the link may leave with it, or before it: then nobody meets the link.
        """
        report, item = self.subject.report, self.subject.item
        for withdrawal, off in self.plans:
            if item.key in off or cause(report, item.parent_key, off):
                return ""
            gone_by_then = follow(report, node.key, off) is None if node in report.nodes else node.key in off
            if gone_by_then:
                day = date_format(localtime(withdrawal.live_from), "F j, Y")
                mend = "Take the link out, or cancel that under “Scheduled”."
                return (
                    f"leads to “{node.title}”, which leaves the site on {day} with nothing in its place. "
                    f"{mend}"
                )
        return ""

    def place_leaving(self, target: Target, match: ResolverMatch) -> str:
        """Return the same for what has its place on the page, where the link leads to that."""
        if not self.plans:
            return ""
        place = place_on(match.view_name, unquote(urlsplit(target.href).fragment))
        node = next(
            (one for one in self.subject.report.by_key.values() if (one.kind, one.slug) == place), None
        )
        return self.leaving(node) if node else ""

    def missing(self, kind: str, slug: str, path: str) -> str:
        """Return the message for an address of an item that is not live."""
        owner = self.owners.get((kind, slug))
        if owner is None:
            return f"leads nowhere: the site has no page {path}. Copy the address from the page you mean."
        return f"leads to “{owner.title}”, which is not published. Publish that first or take the link out."

    def anchor_problem(self, target: Target, match: ResolverMatch, node: Node | None) -> str:
        """Return what is wrong with the part after "#", "" where the page has such a place or the link has
        no such part.
        """
        anchor = unquote(urlsplit(target.href).fragment)
        known = anchors(match.view_name, self.subject.report, node)
        if not anchor or known is None or anchor in known:
            return ""
        return (
            f"leads to a page that has no place “#{anchor}”. Take out what follows the “#”, or copy the "
            "address again."
        )
