"""“You said, we did”: what residents said, summed up, and what the city answers; as a page and as an Atom
feed.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import escape, format_html

from feedback.answers import Told, all_answers, answers_of
from initiatives.report import history
from initiatives.report.report import Node, Report
from initiatives.views import pages
from initiatives.views.feeds import tag
from initiatives.views.moment import report_for
from initiatives.views.public import public
from portal.atom import Atom

IN_FEED = 50
HEADING = "You said, we did"


@public
def answers(request: HttpRequest) -> HttpResponse:
    """Every answer, newest first."""
    return answers_page(request, report_for(request))


@public
def one_answer(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead to one answer on the page of all."""
    found = [node for node in all_answers(report_for(request)) if node.slug == slug]
    if not found:
        raise Http404
    return redirect(found[0].url)


def answers_page(request: HttpRequest, report: Report, node: Node | None = None) -> HttpResponse:
    """The page of all answers, of a report with or without drafts."""
    nodes = all_answers(report)
    words = {
        "heading": HEADING,
        "description": "What residents said about this report, and what the city did or says.",
    }
    context = {"answers": answers_of(report, nodes), "feed": reverse("answers_feed"), **words}
    return pages.render_page(request, "answers", report, nodes, folder="feedback", **context)


class AnswersFeed(Feed):
    """The newest answers as Atom. Ids name the item and never change.

    `updated` is when what is shown last changed by more than what was said to be minor.
    """

    feed_type = Atom

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.request, self.report = request, Report.live()
        self.report.load_html(all_answers(self.report))
        return super().__call__(request, *args, **kwargs)

    def title(self) -> str:
        site = self.report.site.title if self.report.site else "Public Safety Portal"
        return f"{site}: {HEADING.lower()}"

    def link(self) -> str:
        return reverse("answers")

    def feed_guid(self) -> str:
        return tag(self.request, "feed/answers")

    def items(self) -> Iterable[Told]:
        told = answers_of(self.report, all_answers(self.report))
        self.news = history.last_news([one.node.key for one in told])
        return sorted(told, key=self.item_updateddate, reverse=True)[:IN_FEED]

    def item_title(self, item: Told) -> str:
        return item.node.title

    def item_description(self, item: Told) -> str:
        led_to = format_html(
            '<p><a href="{}">See what we changed</a></p>', self.request.build_absolute_uri(item.change_url)
        )
        return (item.node.html.get("body") or escape(item.node.title)) + (led_to if item.change_url else "")

    def item_link(self, item: Told) -> str:
        return item.node.url

    def item_guid(self, item: Told) -> str:
        return tag(self.request, str(item.node.key))

    def item_updateddate(self, item: Told) -> datetime:
        return self.news[item.node.key]


@public
def answers_feed(request: HttpRequest) -> HttpResponse:
    """The feed. A new object for each request: it keeps the report that it tells of."""
    return AnswersFeed()(request)
