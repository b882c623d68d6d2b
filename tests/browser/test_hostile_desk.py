"""The desk with the widest content, while something waits: on a phone nothing is pushed sideways or cut;
axe finds nothing.
"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from feedback.inbox.handling import Wish, handle
from feedback.models import Comment, Export, LegalHold, Tag
from initiatives.models import Initiative, Release
from initiatives.publishing.publish import schedule
from tests.browser.checks import CUT, accessible
from tests.hostile import LONG, change, make_hostile_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

INBOX, DESK = "/admin/feedback/comment/", "/admin/desk"
SIDEWAYS = """() => document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
    [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".results"))
    .slice(0, 5).map((one) => one.outerHTML.slice(0, 160))"""
LOW = """() => [...document.querySelectorAll("#content button")].filter(
    (one) => one.checkVisibility() && one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)"""


@pytest.fixture
def paths(alice, edith):
    """Pages of the desk where comments are urgent, steps were taken, and a colleague's draft, a schedule
    and a release wait.
    """
    one = make_hostile_report()
    waiting, scheduled, *_ = Initiative.objects.exclude(pk=one.pk)
    change(waiting, by=edith, summary=LONG * 6)
    change(scheduled, by=edith, summary=LONG * 6)
    schedule(scheduled, edith, timezone.now() + timedelta(days=2), (LONG * 9)[:300])
    release = Release.objects.create(name=(LONG * 9)[: Release._meta.get_field("name").max_length])
    tag = Tag.objects.create(name=LONG)
    handle(Comment.objects.all(), alice, Wish("tag", tag=tag))
    about = {"page": f"/initiatives/{one.slug}/", "title": LONG * 4, "item": one.key}
    Comment.objects.bulk_create(
        Comment(text=f"{LONG * 12} {urgent}", urgent=urgent, **about) for urgent in (True, True, False)
    )
    Export.objects.create(
        kind="records", filter=LONG * 3, reason=LONG * 8, comments=1, by=alice, by_name="alice"
    )
    LegalHold.objects.create(tag=tag, reason=LONG * 8)
    form = "/admin/initiatives/initiative"
    return [
        "/admin/",
        INBOX,
        f"{INBOX}?state=held",
        f"{INBOX}steps/",
        f"{INBOX}records/",
        f"{INBOX}numbers/",
        f"{INBOX}{Comment.objects.filter(urgent=True)[0].pk}/change/",
        "/admin/feedback/legalhold/",
        f"{form}/{waiting.pk}/change/",
        f"{form}/{waiting.pk}/change/?text=live",
        f"{form}/{scheduled.pk}/change/",
        f"{form}/{scheduled.pk}/unpublish/",
        f"{form}/",
        f"{DESK}/scheduled/",
        f"{DESK}/releases/{release.pk}/",
        f"{DESK}/due/",
    ]


def test_the_desk_bears_the_widest_content_on_a_phone(chromium, live_server, client, alice, paths):
    client.force_login(alice)
    context = chromium.new_context(base_url=live_server.url, viewport={"width": 320, "height": 900})
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": f"{live_server.url}/admin/"}]
    )
    page, found = context.new_page(), []
    for path in paths:
        assert page.goto(path).status == 200, path
        accessible(page)
        found += [f"{path}: {one}" for look in (SIDEWAYS, LOW, CUT) for one in page.evaluate(look)]
    context.close()
    assert not found, "\n".join(found)
