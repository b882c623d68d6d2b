"""What changed, by day, as a page and as Atom feeds."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from initiatives import history
from initiatives.changes import KINDS
from initiatives.history import Change
from initiatives.past import moment, report_for
from initiatives.record import Node, Report
from initiatives.views import pages
from initiatives.views.public import owner, public
from portal.atom import Atom
from portal.views import absolute

PER_PAGE = 50
IN_FEED = 50
# From this many first publications on a day, they are folded: a report that was loaded whole is one piece of news.
MANY = 10


@public
def updates(request: HttpRequest) -> HttpResponse:
    """The changes of the report, newest first. In: ?pillar=<slug>, ?kind=<a kind of change>, ?page=<number>; all optional."""
    report = report_for(request)
    pillar = chosen(request, report)
    kind = request.GET.get("kind", "")
    if kind and kind not in KINDS:
        raise Http404
    page = Paginator(history.news(pillar, kind, at=moment(request)), PER_PAGE).get_page(request.GET.get("page"))
    told = history.tell(list(page.object_list), report)
    context = {
        "days": [day_of(day, list(group)) for day, group in groupby(told, key=lambda one: localdate(one.revision.live_from))],
        "page_of": page,
        "pillar": pillar,
        "kind": kind,
        "kinds": KINDS,
        "feed": absolute(request, pillar_feed(pillar)),
        "heading": "What changed",
        "description": "Every change of this report, by day: what is new, what was put right, what was taken off.",
    }
    return pages.show(request, "updates", report, [], **context)


def chosen(request: HttpRequest, report: Report) -> Node | None:
    """Return the pillar that ?pillar= names by the slug that it has or had, None for none. Raises Http404 where none had it."""
    slug = request.GET.get("pillar", "")
    if not slug:
        return None
    pillar = report.find("pillar", slug) or report.by_key.get(owner(request, "pillar", slug))
    if pillar is None:
        raise Http404
    return pillar


def pillar_feed(pillar: Node | None) -> str:
    """Return the path of the feed of a pillar, or of all."""
    return reverse("pillar_feed", args=[pillar.slug]) if pillar else reverse("feed")


def day_of(day: Any, told: list[Change]) -> dict[str, Any]:
    """Return what the page says of a day; many first publications apart from the rest."""
    first = [one for one in told if one.is_first]
    folded = first if len(first) > MANY else []
    return {"day": day, "changes": [one for one in told if one not in folded], "folded": folded}


def tag(request: HttpRequest, name: str) -> str:
    """Return a tag URI (RFC 4151) of this site's host."""
    return f"tag:{urlsplit(absolute(request, '/')).hostname},2026:{name}"


class UpdatesFeed(Feed):
    """The newest changes as Atom. Ids name the version and never change; `updated` is when it became public."""

    feed_type = Atom
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
        return f"{site}: {self.node(key).title if self.node(key) else 'changes'}" if key else f"{site}: what changed"

    def node(self, key: Any) -> Any:
        return self.report.by_key.get(key) if key else None

    def link(self, key: Any) -> str:
        return self.node(key).url if self.node(key) else reverse("updates")

    def feed_guid(self, key: Any) -> str:
        return self.tag(f"feed/{key or 'all'}")

    def items(self, key: Any) -> Iterable[Change]:
        node = self.node(key)
        about = {"pillar": node} if self.kind == "pillar" and node else {"key": key} if key else {}
        return history.tell(list(history.news(**about)[:IN_FEED]), self.report)

    def item_title(self, item: Change) -> str:
        return f"{item.revision.title}: {', '.join(item.kinds).lower()}"

    def item_description(self, item: Change) -> str:
        return item.revision.note

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
