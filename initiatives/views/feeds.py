"""What changed, as Atom feeds: of the whole report, of a pillar, of an initiative."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from initiatives.report import history
from initiatives.report.history import Change, Wish
from initiatives.report.report import Report
from initiatives.views.public import owner, public
from portal.atom import PlainAtom
from portal.views import absolute

IN_FEED = 50


def tag(request: HttpRequest, name: str) -> str:
    """Return a tag URI (RFC 4151) of this site's host."""
    return f"tag:{urlsplit(absolute(request, '/')).hostname},2026:{name}"


class UpdatesFeed(Feed):
    """The newest changes as Atom, but those that were said to be minor. Ids name the version and never
    change; `updated` is when
    it became public.
    """

    feed_type = PlainAtom
    kind = ""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.request, self.report = request, Report.live()
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest, slug: str = "") -> Any:
        """Return the item that the feed is about, None for all. Raises Http404 where there never was one."""
        if not self.kind:
            return None
        node = self.report.find(self.kind, slug)
        return node.key if node else owner(request, self.kind, slug)

    def title(self, key: Any) -> str:
        site = self.report.site.title if self.report.site else "Public Safety Portal"
        return (
            f"{site}: {self.node(key).title if self.node(key) else 'changes'}"
            if key
            else f"{site}: what changed"
        )

    def node(self, key: Any) -> Any:
        return self.report.by_key.get(key) if key else None

    def link(self, key: Any) -> str:
        return self.node(key).url if self.node(key) else reverse("updates")

    def feed_guid(self, key: Any) -> str:
        return self.tag(f"feed/{key or 'all'}")

    def items(self, key: Any) -> Iterable[Change]:
        node = self.node(key)
        is_branch = self.kind == "pillar" and node
        found = history.news(Wish(pillar=node)) if is_branch else history.news(key=key)
        return history.as_news(list(found.filter(minor=False)[:IN_FEED]), self.report)

    def item_title(self, item: Change) -> str:
        return f"{item.revision.title}: {', '.join(item.kinds).lower()}"

    def item_description(self, item: Change) -> str:
        return item.revision.note.strip() or f"{', '.join(item.kinds).capitalize()}."

    def item_link(self, item: Change) -> str:
        return item.version_url or item.url or reverse("updates")

    def item_guid(self, item: Change) -> str:
        return self.tag(f"{item.revision.key}/{item.revision.number}")

    def item_updateddate(self, item: Change) -> datetime | None:
        return item.revision.live_from

    item_pubdate = item_updateddate

    def item_categories(self, item: Change) -> list[str]:
        return item.kinds

    def tag(self, name: str) -> str:
        return tag(self.request, name)


class PillarFeed(UpdatesFeed):
    """The changes in one pillar."""

    kind = "pillar"


class InitiativeFeed(UpdatesFeed):
    """The changes of one initiative."""

    kind = "initiative"


def feed(request: HttpRequest, about: type[UpdatesFeed], slug: str = "") -> HttpResponse:
    """Return a feed. A new object for each request: it keeps the report that it tells of."""
    return public(about())(request, slug=slug) if slug else public(about())(request)
