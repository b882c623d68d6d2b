"""Edith's desk as a browser sees it: forms are opened, what stands in them is sent back with a few fields
typed anew.
"""

from datetime import timedelta
from html.parser import HTMLParser

from initiatives.models import Revision
from initiatives.report.report import Report
from tests.initiatives.test_admin_items import answered, messages, url

FRIDAY = "2026-03-06T08:00"


class Fields(HTMLParser):
    """What a browser would send from the item's form as it stands: every field, without the buttons."""

    def __init__(self, html):
        super().__init__()
        self.sent, self.select, self.area = {}, None, None
        self.feed(html)

    def add(self, name, value):
        if name and "__prefix__" not in name:
            self.sent.setdefault(name, []).append(value)

    def handle_starttag(self, tag, attributes):
        one = dict(attributes)
        if tag == "input" and one.get("type") not in ("submit", "button", "file"):
            if one.get("type") not in ("checkbox", "radio") or "checked" in one:
                self.add(one.get("name"), one.get("value", "on" if one.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select = one.get("name")
        elif tag == "option" and "selected" in one:
            self.add(self.select, one.get("value", ""))
        elif tag == "textarea":
            self.area = one.get("name")
            self.add(self.area, "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area and "__prefix__" not in self.area:
            self.sent[self.area][-1] += data.removeprefix("\n")


class Desk:
    """The desk, and the clock that goes on while she works."""

    def __init__(self, as_, edith, clock):
        self.as_, self.edith, self.clock = as_, edith, clock

    @property
    def client(self):
        self.clock.now += timedelta(seconds=1)
        return self.as_(self.edith)  # anew, for the clock goes on and sessions end

    def path(self, item, of_public=False):
        return url("change", item, item.kind) + ("?text=live" if of_public else "")

    def open(self, item, of_public=False):
        page = self.client.get(self.path(item, of_public), follow=True).content.decode()
        return page, Fields(page[page.index('id="' + item.kind + '_form"') :]).sent

    def press(self, item, button, of_public=False, **typed):
        _, sent = self.open(item, of_public)
        data = {**sent, "minor": "on", button: "1", **typed}
        data = {k: v for k, v in data.items() if v is not None}
        response = self.client.post(self.path(item, of_public), data, follow=True)
        self.clock.now += timedelta(seconds=1)
        return response

    def fix(self, item, answers=None, **typed):
        _, sent = self.open(item, of_public=True)
        data = {k: v for k, v in {**sent, "minor": "on", "_publish": "1", **typed}.items() if v is not None}
        response = answered(
            self.client, self.path(item, of_public=True), data, **(answers or {"waiting": "leave"})
        )
        self.clock.now += timedelta(seconds=1)
        return response


def pending(response):
    return response.context["adminform"].form.pending


def words(response):
    return " ".join(response.content.decode().split())


def public(item, at=None):
    return Report.live(at).by_key[item.key]


def scheduled(desk, item, **typed):
    told = messages(desk.press(item, "_schedule", publish_at=FRIDAY, **typed))
    assert "is scheduled for" in told[0]
    return Revision.objects.upcoming().get()
