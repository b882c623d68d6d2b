"""Import, restore, order, many at once, releases, loading: what waits stays waiting, or the person is told
and asked before.
"""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from initiatives.exchange.folder import ContentError
from initiatives.exchange.load import load
from initiatives.models import Initiative, Release, Revision
from initiatives.publishing import approval, releases
from initiatives.publishing.publish import publish, schedule
from tests.builders import change, make_initiative, make_section, make_site
from tests.initiatives.edith import Fields, public
from tests.initiatives.reading import words
from tests.initiatives.test_admin_items import url
from tests.initiatives.test_unfinished_of_others import act, bulk, hidden, release_of

pytestmark = pytest.mark.django_db
UNFINISHED = "Its form holds an unfinished draft of arthur."
SUBMITTED = "The draft that arthur submitted for approval is overtaken by yours."
SCHEDULED = "Scheduled for March 9, 2026, 8:00 a.m. CDT: it does not wait for that any more."


@pytest.fixture
def camp(clock):
    """A live text with a sibling after it and an older version."""
    clock.set("2026-03-01 12:00")
    make_site()
    camp = make_initiative(title="First camp", slug="camp", position=1)
    make_initiative(section=camp.section, title="Park", slug="park", position=2)
    clock.set("2026-03-02 12:00")
    publish(change(camp, title="Camp"), None, minor=True)
    clock.set("2026-03-03 12:00")
    return camp


def scheduled(camp, edith):
    change(camp, by=edith, title="Spring camp")
    return schedule(camp, edith, timezone.now().replace(day=9, hour=8), "Spring.")


def draft(camp, arthur):
    change(camp, by=arthur, title="Half a camp")


def hand_in(camp, arthur):
    draft(camp, arthur)
    approval.submit(camp, arthur, "Please.", "")


# Each way: what the person reads before, then does


def import_document(client, camp):
    text = client.get(reverse("admin:round_trip_export")).content.decode().replace("ongoing", "completed")
    return bring(client, text.encode(), "report.md")


def import_sheet(client, camp):
    packed = client.get(reverse("admin:round_trip_export"), {"as": "csv"}).content
    sheets, changed = zipfile.ZipFile(io.BytesIO(packed)), io.BytesIO()
    with zipfile.ZipFile(changed, "w") as out:
        for name in sheets.namelist():
            out.writestr(name, sheets.read(name).replace(b"ongoing", b"completed"))
    return bring(client, changed.getvalue(), "report.zip")


def bring(client, data, name):
    seen = client.post(reverse("admin:round_trip_import"), {"upload": SimpleUploadedFile(name, data)})
    client.post(reverse("admin:round_trip_keep"), {"held": seen.context["held"]})
    return seen


def restore(client, camp):
    seen = client.get(reverse("admin:item_history", args=[camp.key]))
    data = {"over": seen.context["current"].number}
    client.post(reverse("admin:item_restore", args=[camp.key, 1]), data)
    return seen


def set_status(client, camp):
    return changed(client, camp, "status", status="completed")


def move(client, camp):
    return changed(client, camp, "move", parent=f"section-{make_section(title='Other').pk}")


def changed(client, camp, name, **typed):
    data = {"item": [camp.pk], **typed}
    seen = client.post(reverse("admin:bulk", args=["initiative", name]), {**data, "do": "preview"})
    client.post(
        reverse("admin:bulk", args=["initiative", name]),
        {**data, "do": "apply", "seen": seen.context["seen"]},
    )
    return seen


DRAFTS = [import_document, import_sheet, restore, set_status, move]


def move_down(client, camp):
    client.post(reverse("admin:outline_change"), {"do": f"down:initiative-{camp.pk}"})


def publish_order(client, camp):
    move_down(client, camp)
    client.post(reverse("admin:outline_change"), {"do": f"publish:section-{camp.section.pk}"})


ORDERS = [move_down, publish_order]


@pytest.mark.parametrize("way", [*DRAFTS, *ORDERS])
def test_what_is_scheduled_goes_out_as_it_was_scheduled(as_, edith, camp, clock, way):
    planned = scheduled(camp, edith)
    way(as_(edith), camp)
    assert public(camp).title == "Camp"
    assert list(Revision.objects.upcoming()) == [planned]
    clock.set("2026-03-09 09:00")
    assert public(camp).revision == planned.number


@pytest.mark.parametrize(
    "case", [(way, *waits) for way in DRAFTS for waits in ((draft, UNFINISHED), (hand_in, SUBMITTED))]
)
def test_whose_draft_a_change_follows_is_said_before_and_none_goes_out(as_, edith, arthur, camp, case):
    way, waits, told = case
    waits(camp, arthur)
    before = camp.revisions.count()
    assert told in words(way(as_(edith), camp).content.decode())
    assert camp.revisions.count() == before + 1
    assert public(camp).title == "Camp"
    assert camp.revisions.filter(title="Half a camp", author=arthur).exists()


@pytest.mark.parametrize("way", DRAFTS)
def test_nothing_is_said_of_ones_own_draft(as_, edith, camp, way):
    draft(camp, edith)
    page = words(way(as_(edith), camp).content.decode())
    assert "Its form holds" not in page and "overtaken" not in page


def test_a_version_does_not_take_the_place_of_a_draft_that_was_not_there_when_it_was_chosen(
    as_, edith, arthur, camp
):
    client = as_(edith)
    seen = client.get(reverse("admin:item_history", args=[camp.key])).context["current"].number
    draft(camp, arthur)
    for sent in ({}, {"over": seen}):
        response = client.post(reverse("admin:item_restore", args=[camp.key, 1]), sent, follow=True)
        assert f"{UNFINISHED} Look at the newest version, then restore the old one again." in words(
            response.content.decode()
        )
        assert camp.revisions.last().title == "Half a camp"


@pytest.mark.parametrize("way", ORDERS)
def test_a_draft_stays_its_writers_where_others_change_the_order(as_, edith, arthur, camp, way):
    draft(camp, arthur)
    way(as_(edith), camp)
    assert public(camp).title == "Camp"
    page = words(as_(edith).get(url("change", camp)).content.decode())
    assert "This form holds the draft of arthur, saved " in page


def test_a_draft_that_was_moved_is_its_writers_also_in_what_is_asked(as_, edith, arthur, camp):
    draft(camp, arthur)
    client = as_(edith)
    move_down(client, camp)
    sent = Fields(client.get(f"{url('change', camp)}?text=live").content.decode()).sent
    sent |= {"title": "Day camp", "minor": "on", "_publish": "1"}
    page = words(client.post(f"{url('change', camp)}?text=live", sent).content.decode())
    assert "The draft of arthur, saved " in page


def test_an_order_that_was_published_is_not_undone_by_what_was_scheduled_before(as_, edith, camp, clock):
    scheduled(camp, edith)
    publish_order(as_(edith), camp)
    order = [one.title for one in public(camp).parent.initiatives]
    assert order == ["Park", "Camp"]
    clock.set("2026-03-09 09:00")
    assert [one.title for one in public(camp).parent.initiatives] == ["Park", "Spring camp"]
    assert "order" not in Revision.objects.get(title="Spring camp", live_from__isnull=False).change_kinds


# Many at once


def test_bulk_publish_asks_before_a_scheduled_text_goes_out_early(as_, edith, camp):
    planned, client = scheduled(camp, edith), as_(edith)
    html = client.get(
        reverse("admin:bulk", args=["initiative", "publish"]), {"item": camp.pk}
    ).content.decode()
    assert SCHEDULED in html
    bulk(client, camp, seen=hidden(html, "seen"))
    assert (public(camp).title, list(Revision.objects.upcoming())) == ("Camp", [planned])
    bulk(client, camp, seen=hidden(html, "seen"), others=hidden(html, "others"))
    assert (public(camp).title, list(Revision.objects.upcoming())) == ("Spring camp", [])


@pytest.mark.parametrize("do", ["publish", "schedule"])
def test_a_release_asks_before_it_takes_a_scheduled_text_along(as_, edith, camp, do):
    planned, release, client = scheduled(camp, edith), release_of(camp), as_(edith)
    html = act(client, release, do, at="2026-03-20T09:00")
    assert SCHEDULED in html
    assert list(Revision.objects.upcoming()) == [planned]
    act(client, release, do, at="2026-03-20T09:00", others=hidden(html, "others"))
    release.refresh_from_db()
    assert release.live_from
    assert planned not in Revision.objects.filter(live_from=planned.live_from)


def test_adding_a_scheduled_text_to_a_scheduled_release_asks(as_, edith, camp):
    park = Initiative.objects.get(slug="park")
    change(park, by=edith, title="New park")
    release, client, planned = release_of(park), as_(edith), scheduled(camp, edith)
    act(client, release, "schedule", at="2026-03-20T09:00")
    html = bulk(client, camp, "release", release=release.pk)
    assert SCHEDULED in html
    typed = {"release": release.pk, "seen": hidden(html, "seen")}
    bulk(client, camp, "release", **typed)
    assert planned in Revision.objects.upcoming()
    bulk(client, camp, "release", others=hidden(html, "others"), **typed)
    assert release.items.count() == 2


def test_a_scheduled_release_does_not_ask_about_its_own_date(as_, edith, camp):
    change(camp, by=edith, title="Fall camp")
    release, client = release_of(camp), as_(edith)
    act(client, release, "schedule")
    assert "does not wait for that" not in act(client, release, "take_in")
    assert releases.scheduled_revisions(Release.objects.get())


# Loading a folder


@pytest.mark.parametrize("waits", [draft, scheduled])
def test_a_folder_does_not_take_the_place_of_what_waits_unasked(edith, arthur, tmp_path, waits):
    report = {
        "site.md": "---\ntitle: Portal\ncity_name: Testville\n---\nHello.\n",
        "1-young/_index.md": "---\ntitle: Young\nsummary: Early.\nicon: people\n---\n",
        "1-young/1-summer/_index.md": "---\ntitle: Summer\nsummary: Warm.\n---\n",
        "1-young/1-summer/1-camp.md": (
            "---\ntitle: Camp\nsummary: In the park.\nstatus: ongoing\n---\nIt is free.\n"
        ),
    }
    for name, text in report.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    load(tmp_path)
    camp = Initiative.objects.get()
    waits(camp, who := edith if waits is scheduled else arthur)
    with pytest.raises(
        ContentError, match=f"a text that {who} saved waits and says something else; load with --replace"
    ):
        load(tmp_path)
    load(tmp_path, replace=True)
    assert public(camp).title == "Camp"
    assert camp.revisions.upcoming().count() == (waits is scheduled)
