"""Many texts at once, and an approval: whose unfinished draft goes out, and what will take its place, is
said before.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Release
from initiatives.publishing import approval, releases
from initiatives.publishing.publish import schedule
from tests.builders import change, make_initiative, make_site
from tests.initiatives.edith import public

pytestmark = pytest.mark.django_db
WHOSE = "An unfinished draft of arthur: all of it goes out."


@pytest.fixture
def camp(arthur, clock):
    clock.set("2026-03-01 12:00")
    make_site()
    camp = make_initiative(title="Camp", slug="camp")
    clock.set("2026-03-02 12:00")
    change(camp, by=arthur, title="Half a camp")
    return camp


def hidden(html, name):
    return re.findall(rf'name="{name}" value="([^"]*)"', html)[-1:]


def bulk(client, camp, name="publish", **typed):
    data = {"item": [camp.pk], "minor": "on", "do": "apply", **typed}
    return client.post(reverse("admin:bulk", args=["initiative", name]), data).content.decode()


def test_bulk_publish_names_a_colleagues_unfinished_draft_and_asks(as_, edith, camp):
    client = as_(edith)
    html = client.get(
        reverse("admin:bulk", args=["initiative", "publish"]), {"item": camp.pk}
    ).content.decode()
    assert WHOSE in html
    seen, others = hidden(html, "seen"), hidden(html, "others")
    assert "have not finished, or that have a date, would go out" in bulk(client, camp, seen=seen)
    assert public(camp).title == "Camp"
    bulk(client, camp, seen=seen, others=others)
    assert public(camp).title == "Half a camp"


def test_bulk_publish_asks_again_where_the_draft_was_changed_since(as_, edith, arthur, camp):
    client = as_(edith)
    html = client.get(
        reverse("admin:bulk", args=["initiative", "publish"]), {"item": camp.pk}
    ).content.decode()
    change(camp, by=arthur, title="Another half")
    bulk(client, camp, seen=hidden(html, "seen"), others=hidden(html, "others"))
    assert public(camp).title == "Camp"


@pytest.mark.parametrize("whose", ["own", "handed in"])
def test_bulk_publish_asks_nothing_of_ones_own_or_a_finished_draft(as_, edith, arthur, camp, whose):
    if whose == "own":
        change(
            other := make_initiative(section=camp.section, title="Park", slug="park"),
            by=edith,
            title="New park",
        )
    else:
        approval.submit(other := camp, arthur, "Please.", "")
    html = (
        as_(edith)
        .get(reverse("admin:bulk", args=["initiative", "publish"]), {"item": other.pk})
        .content.decode()
    )
    assert not hidden(html, "others")
    assert "An unfinished draft" not in html


def release_of(camp):
    release = Release.objects.create(name="Fall", note="New texts.")
    releases.add_all(release, [camp], by=None)
    return release


def act(client, release, do, **typed):
    data = {
        "name": "Fall",
        "note": "New texts.",
        "do": do,
        "at_0": "2026-03-09",
        "at_1": "09:00",
        "at": "2026-03-09T09:00",
    }
    return client.post(
        reverse("admin:release", args=[release.pk]), {**data, **typed}, follow=True
    ).content.decode()


@pytest.mark.parametrize("do", ["publish", "schedule"])
def test_a_release_names_a_colleagues_unfinished_draft_and_asks(as_, edith, arthur, camp, do):
    client, release = as_(edith), release_of(camp)
    html = client.get(reverse("admin:release", args=[release.pk])).content.decode()
    assert WHOSE in html
    assert "have not finished, or that have a date, would go out" in act(client, release, do)
    old = hidden(html, "others")
    change(camp, by=arthur, title="Another half")
    html = act(client, release, do, others=old)
    release.refresh_from_db()
    assert release.live_from is None
    act(client, release, do, others=hidden(html, "others"))
    release.refresh_from_db()
    assert release.live_from


def test_a_scheduled_release_asks_before_it_takes_in_a_colleagues_draft(as_, edith, arthur, camp):
    approval.submit(camp, arthur, "Please.", "")
    client, release = as_(edith), release_of(camp)
    act(client, release, "schedule")
    change(camp, by=arthur, title="Another half")
    html = act(client, release, "take_in")
    assert "have not finished, or that have a date, would go out" in html
    assert WHOSE in html
    assert release.items.get().revision.title == "Half a camp"
    act(client, release, "take_in", others=hidden(html, "others"))
    assert release.items.get().revision.title == "Another half"


def test_adding_a_colleagues_draft_to_a_scheduled_release_asks(as_, edith, arthur, camp):
    park = make_initiative(section=camp.section, title="Park", slug="park")
    change(park, by=edith, title="New park")
    release, client = release_of(park), as_(edith)
    act(client, release, "schedule")
    html = bulk(client, camp, "release", release=release.pk)
    assert WHOSE in html
    typed = {"release": release.pk, "seen": hidden(html, "seen")}
    bulk(client, camp, "release", **typed)
    assert release.items.count() == 1
    bulk(client, camp, "release", others=hidden(html, "others"), **typed)
    assert release.items.count() == 2


def test_the_approval_panel_says_before_what_will_take_the_place_of_the_text(as_, edith, arthur, camp):
    change(camp, by=edith, title="Spring camp")
    schedule(camp, edith, timezone.now() + timedelta(days=4), minor=True)
    change(camp, by=arthur, title="Camp, mended")
    waiting = approval.submit(camp, arthur, "Please.", "")
    html = as_(edith).get(reverse("admin:approval", args=[waiting.pk])).content.decode()
    assert "the text “Spring camp” of version" in html
    assert "takes its place, and undoes the change of: Title." in html
