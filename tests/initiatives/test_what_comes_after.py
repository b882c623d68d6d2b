"""Whoever puts a text before the public is told what is scheduled to take its place, whichever way it went
out.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Release
from initiatives.publishing import approval, authorship, releases
from initiatives.publishing.publish import publish, save_draft, schedule
from tests.builders import change, make_initiative, make_site
from tests.initiatives.test_admin_items import messages, url

pytestmark = pytest.mark.django_db
TAKES = "the text “Planned” of version 2 replaces this."


def in_days(days):
    return timezone.now() + timedelta(days=days)


def typed_moment(days):
    return timezone.localtime(in_days(days)).strftime("%Y-%m-%dT%H:%M")


@pytest.fixture
def item(db, edith):
    """A live initiative with a text that goes out in nine days, and a newer draft."""
    item = make_initiative(title="Live")
    change(item, title="Planned")
    schedule(item, edith, in_days(9), "Planned.")
    change(item, title="Newer")
    return item


def told(response):
    return " ".join(messages(response))


def test_by_an_approval(as_, arthur, edith, item):
    handed_in = approval.submit(item, arthur)
    sent = {"do": "publish", "note": "Newer."}
    assert TAKES in told(as_(edith).post(reverse("admin:approval", args=[handed_in.pk]), sent, follow=True))


def test_by_a_release_now_or_later(as_, edith, item):
    for act, at in (("schedule", typed_moment(3)), ("publish", "")):
        release = Release.objects.create(name=act, note="New.")
        releases.add_to_release(release, item, edith)
        page = reverse("admin:release", args=[release.pk])
        client = as_(edith)
        # The second release takes the text from the first, which is asked before
        others = client.get(page).context["others"]
        sent = {"do": act, "name": act, "note": "New.", "at": at, "others": others}
        assert TAKES in told(client.post(page, sent, follow=True))


def test_by_another_time_for_an_appointment(as_, edith, item):
    newer = schedule(item, edith, in_days(12), "Newer.")
    page = reverse("admin:scheduled_move", args=[newer.pk])
    assert TAKES not in told(as_(edith).post(page, {"at": typed_moment(11)}, follow=True))
    assert TAKES in told(as_(edith).post(page, {"at": typed_moment(5)}, follow=True))


def test_form_and_lists_name_every_appointment_and_only_drafts_that_nothing_puts_out(as_, edith, item):
    client = as_(edith)
    words = "The draft below is newer and does not go out with it."
    assert words in client.get(url("change", item)).content.decode()
    schedule(item, edith, in_days(12), "Newer.")
    page = client.get(url("change", item)).content.decode()
    assert words not in page
    assert "Version 2, “Planned”, goes out" in page and "Version 3, “Newer”, goes out" in page
    listed = client.get(url("changelist")).content.decode()
    assert "Text of version 2 goes out" in listed and "Text of version 3 goes out" in listed
    assert "Live, with a scheduled change" in listed


def test_a_newer_text_that_is_live_is_no_draft(as_, edith, item):
    publish(item, edith, "Newer.")
    assert "The draft below is newer" not in as_(edith).get(url("change", item)).content.decode()


def test_where_another_approves_what_will_happen_says_so_before_anybody_presses(as_, edith, item):
    make_site(needs_approval=True)
    item.title = "Edith's own"
    item.save()
    save_draft(item, edith)
    sent = {"item": [item.pk], "do": "preview", "note": "Mine."}
    bulk = as_(edith).post(reverse("admin:bulk", args=["initiative", "publish"]), sent)
    assert authorship.OWN_WORDS in bulk.content.decode()
    release = Release.objects.create(name="Fall")
    releases.add_to_release(release, item, edith)
    assert (
        authorship.OWN_WORDS in as_(edith).get(reverse("admin:release", args=[release.pk])).content.decode()
    )
