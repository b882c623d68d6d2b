"""The desk's pages about releases, by role."""

import pytest
from django.urls import reverse

from initiatives.models import Release, Revision
from initiatives.publishing import releases
from initiatives.publishing.publish import publish, unpublish
from tests.builders import change, make_initiative, make_site
from tests.initiatives.reading import words
from tests.initiatives.test_admin_items import live, messages, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def fall(clock):
    clock.set("2026-03-01 12:00")
    make_site()
    camp = make_initiative(title="Camp", slug="camp")
    park = make_initiative(section=camp.section, title="Park", slug="park")
    clock.set("2026-03-02 12:00")
    release = Release.objects.create(name="Fall")
    releases.add_all(release, [change(camp, title="Camp, new"), change(park, title="Park, new")], by=None)
    release.camp = camp
    return release


def page(release):
    return reverse("admin:release", args=[release.pk])


def act(client, release, do, **typed):
    return client.post(page(release), {"name": "Fall", "note": "New texts.", "do": do, **typed}, follow=True)


def test_an_editor_makes_a_release_and_is_led_to_it(as_, edith):
    response = as_(edith).post(reverse("admin:releases"), {"name": "Winter", "note": ""}, follow=True)
    assert response.context["title"] == "Winter"
    assert Release.objects.get().created_by == edith
    again = as_(edith).post(reverse("admin:releases"), {"name": "Winter", "note": ""})
    assert "already exists" in str(again.context["form"].errors)


def test_the_page_shows_each_item_with_what_would_change(as_, edith, fall):
    html = as_(edith).get(page(fall)).content.decode()
    assert html.count("<h4>Title</h4>") == 2
    assert "new" in html


def test_the_page_says_what_becomes_of_addresses(as_, edith, fall):
    change(fall.camp, slug="summer-camp")
    html = as_(edith).get(page(fall)).content.decode()
    assert "The address /initiatives/camp/ will lead to /initiatives/summer-camp/ once published." in html


def test_publish_puts_all_of_it_out_with_its_note_or_the_items_own(as_, edith, fall):
    act(as_(edith), fall, "publish", **{f"{fall.camp.key}-note": "The camp grew."})
    assert live() == ["Camp, new", "Park, new"]
    assert set(Revision.objects.live().filter(kind="initiative").values_list("note", flat=True)) == {
        "The camp grew.",
        "New texts.",
    }


def test_publish_asks_what_changes(as_, edith, fall):
    for do in ("publish", "schedule"):
        response = act(as_(edith), fall, do, note="", at="2026-03-08T08:00")
        assert "Say what changes, for the public, or tick “Minor change”." in words(response.content.decode())
    assert live() == ["Camp", "Park"]


def test_a_minor_release_goes_without_a_note_and_the_record_says_what_kind_of_change_it_was(as_, edith, fall):
    act(as_(edith), fall, "publish", note="", minor="on")
    assert live() == ["Camp, new", "Park, new"]
    found = Revision.objects.live().filter(kind="initiative")
    assert {(one.note, one.minor, *one.change_kinds) for one in found} == {("", True, "wording")}


def test_one_item_is_minor_while_the_release_has_a_note(as_, edith, fall):
    key = fall.camp.key
    act(as_(edith), fall, "publish", **{f"{key}-note": "", f"{key}-minor": "on"})
    said = dict(Revision.objects.live().filter(kind="initiative").values_list("title", "note"))
    assert said == {"Camp, new": "", "Park, new": "New texts."}
    assert Revision.objects.live().get(key=key).minor


def test_what_is_told_of_single_items_is_kept_by_every_button(as_, edith, fall):
    client, key = as_(edith), fall.camp.key
    act(client, fall, "save", **{f"{key}-note": "The camp grew."})
    assert 'value="The camp grew."' in client.get(page(fall)).content.decode()
    other = fall.items.exclude(key=key).get().key
    act(client, fall, f"remove:{other}", **{f"{key}-note": "It grew much.", f"{key}-minor": "on"})
    row = fall.items.get()
    assert (row.note, row.minor) == ("It grew much.", True)
    too_long = act(client, fall, "save", **{f"{key}-note": "x" * 301})
    assert "at most 300 characters" in too_long.content.decode()


def test_what_stops_it_is_shown_before_and_said_after_and_nothing_is_published(as_, edith, fall):
    change(fall.camp, summary="")
    client = as_(edith)
    assert "To mend first" in client.get(page(fall)).content.decode()
    response = act(client, fall, "publish", **{f"{fall.camp.key}-note": "Kept <typing>."})
    html = response.content.decode()
    assert "Camp, new: Summary: Fill this in before you publish." in html
    assert "Kept &lt;typing&gt;." in html
    assert live() == ["Camp", "Park"]


def test_schedule_move_and_call_off(as_, edith, fall, clock):
    client = as_(edith)
    told = messages(act(client, fall, "schedule", at="2026-03-08T08:00"))
    assert told == ["“Fall” goes out March 8, 2026, 8:00 a.m. CDT, all of it at that moment."]
    act(client, fall, "schedule", at="2026-03-06T08:00")
    assert {
        timestamp.day for timestamp in Revision.objects.upcoming().values_list("live_from", flat=True)
    } == {6}
    assert messages(act(client, fall, "call_off")) == [
        "The release is no longer scheduled. Its texts are drafts, as before."
    ]
    clock.set("2026-04-01 12:00")
    assert live() == ["Camp", "Park"]


@pytest.mark.parametrize("time", ["", "2026-03-01T08:00", "2026-03-08T02:30", "never", "9999-12-31T23:59"])
def test_a_time_that_is_none_is_refused(as_, edith, fall, time):
    response = act(as_(edith), fall, "schedule", at=time)
    assert "Nothing was published" in response.content.decode()
    assert not Revision.objects.upcoming().exists()


def test_a_newer_draft_is_pointed_out_and_can_be_taken_in(as_, edith, fall, clock):
    client = as_(edith)
    act(client, fall, "schedule", at="2026-03-08T08:00")
    change(fall.camp, title="Camp, newer")
    assert (
        "There is a newer draft (version 3). Version 2 goes out unless you take it in."
        in client.get(page(fall)).content.decode()
    )
    act(client, fall, "take_in")
    clock.set("2026-03-09 08:00")
    assert live() == ["Camp, newer", "Park, new"]


def test_an_older_text_than_the_live_one_is_pointed_out(as_, edith, fall):
    client = as_(edith)
    act(client, fall, "schedule", at="2026-03-08T08:00")
    publish(change(fall.camp, title="Camp, urgent"), edith, "Urgent.")
    assert "The release would bring the older version 2." in client.get(page(fall)).content.decode()


def test_what_went_out_alone_is_said(as_, edith, fall, clock):
    act(as_(edith), fall, "schedule", at="2026-03-08T08:00")
    publish(fall.camp, edith, "Alone.")
    clock.set("2026-03-03 12:00")
    assert "This text went out alone already." in as_(edith).get(page(fall)).content.decode()


def test_unpublishing_says_first_that_the_item_is_in_a_scheduled_release_and_takes_it_out_of_that_alone(
    as_, edith, fall, clock
):
    client = as_(edith)
    act(client, fall, "schedule", at="2026-03-08T08:00")
    releases.add_to_release(Release.objects.create(name="Winter"), fall.camp, edith)
    asked = words(client.get(url("unpublish", fall.camp)).content.decode())
    assert "Version 2 goes out Mar 8, 2026, 8:00 a.m. CDT with the release Fall" in asked
    assert "In a scheduled release everything else goes out as scheduled, without it." in asked
    assert "which has no date yet. Publishing that brings it back, unless you take it out there." in asked
    told = messages(client.post(url("unpublish", fall.camp), {"reason": "Wrong."}, follow=True))
    assert told[1] == "It is out of the release “Fall” too. What else is in that goes out as scheduled."
    clock.set("2026-03-09 12:00")
    assert live() == ["Park, new"]


def test_deleting_says_it_too(as_, edith, fall):
    client = as_(edith)
    act(client, fall, "schedule", at="2026-03-08T08:00")
    asked = words(client.get(url("delete", fall.camp)).content.decode())
    assert "Version 2 goes out Mar 8, 2026, 8:00 a.m. CDT with the release Fall" in asked
    assert (
        "It is out of the release “Fall” too."
        in messages(client.post(url("delete", fall.camp), {}, follow=True))[1]
    )


def test_a_draft_is_added_to_a_scheduled_release_and_taken_out_of_it(as_, edith, fall, clock):
    client, club = as_(edith), make_initiative(section=fall.camp.section, title="Club", publish=False)
    act(client, fall, "schedule", at="2026-03-08T08:00")
    path = reverse("admin:bulk", args=["initiative", "release"])
    asked = client.get(path, {"item": club.pk})
    assert "Fall, scheduled: goes out March 8, 2026, 8:00 a.m. CDT" in asked.content.decode()
    sent = {"item": club.pk, "release": fall.pk, "name": "", "do": "apply", "seen": asked.context["seen"]}
    assert client.post(path, sent).status_code == 302
    act(client, fall, f"remove:{fall.camp.key}")
    clock.set("2026-03-09 12:00")
    assert sorted(live()) == ["Camp", "Club", "Park, new"]


def test_the_items_form_says_that_what_is_saved_does_not_go_out_with_a_scheduled_release(as_, edith, fall):
    client = as_(edith)
    act(client, fall, "schedule", at="2026-03-08T08:00")
    said = words(client.get(url("change", fall.camp)).content.decode())
    assert "which goes out Mar 8, 2026, 8:00 a.m. CDT. Its text there stays as it was scheduled." in said


def test_a_deleted_item_and_another_release_are_said(as_, edith, fall):
    releases.add_to_release(Release.objects.create(name="Winter"), fall.camp, edith)
    other = next(item for item in type(fall.camp).objects.all() if item.key != fall.camp.key)
    other.delete()
    html = as_(edith).get(page(fall)).content.decode()
    assert "Also in “Winter”." in html
    assert "This item was deleted." in html


def test_items_are_taken_out_and_the_release_deleted_and_no_draft_is_lost(as_, edith, fall):
    client = as_(edith)
    act(client, fall, f"remove:{fall.camp.key}")
    assert fall.items.count() == 1
    act(client, fall, "schedule", at="2026-03-08T08:00")
    act(client, fall, "delete")
    assert not Release.objects.exists()
    assert not Revision.objects.upcoming().exists()
    assert Revision.objects.newest().filter(title__endswith="new").count() == 2


def test_an_author_reads_it_and_may_do_nothing_else(as_, arthur, edith, fall):
    client = as_(arthur)
    html = client.get(page(fall)).content.decode()
    assert 'name="do"' not in html
    assert client.get(reverse("admin:releases")).status_code == 200
    assert client.post(reverse("admin:releases"), {"name": "Mine"}).status_code == 403
    for do in ("save", "publish", "schedule", "call_off", "take_in", "delete", f"remove:{fall.camp.key}"):
        assert act(client, fall, do, at="2026-03-08T08:00").status_code == 403
    assert live() == ["Camp", "Park"]


def test_a_reviewer_and_a_stranger_see_none_of_it(as_, rita, client, fall):
    for path in (reverse("admin:releases"), page(fall)):
        assert client.get(path).status_code == 302
    for path in (reverse("admin:releases"), page(fall)):
        assert as_(rita).get(path).status_code == 403


def test_a_release_that_is_not_there_a_wrong_button_and_a_wrong_method(as_, edith, fall):
    client = as_(edith)
    assert client.get(reverse("admin:release", args=[999])).status_code == 404
    for do in ("", "explode", "remove:", "remove:17"):
        assert act(client, fall, do).status_code == 400
    assert client.put(page(fall)).status_code == 405
    assert client.delete(reverse("admin:releases")).status_code == 405


def test_a_release_that_is_out_takes_no_more_buttons(as_, edith, fall, clock):
    act(as_(edith), fall, "publish")
    clock.set("2026-03-02 13:00")
    client = as_(edith)
    assert 'name="do"' not in client.get(page(fall)).content.decode()
    assert "is out already" in act(client, fall, "delete").content.decode()


def test_lists_and_the_items_form_say_in_which_release_an_item_is(as_, edith, fall):
    client = as_(edith)
    assert f'in release <a href="{page(fall)}">Fall</a>' in client.get(url("changelist")).content.decode()
    assert (
        f'In release <a href="{page(fall)}">Fall</a>' in client.get(url("change", fall.camp)).content.decode()
    )
    assert reverse("admin:releases") in client.get(reverse("admin:index")).content.decode()


def test_the_page_costs_few_queries_for_each_item(as_, edith, fall, django_assert_max_num_queries):
    for number in range(18):
        releases.add_to_release(
            fall, change(make_initiative(section=fall.camp.section), title=f"Item {number}, new"), edith
        )
    client = as_(edith)
    with django_assert_max_num_queries(25 + 2 * 20):
        client.get(page(fall))


def test_what_is_scheduled_apart_from_an_open_release_is_said(as_, edith, fall, clock):
    unpublish(fall.camp, edith, at=clock.now.replace(day=6))
    html = as_(edith).get(page(fall)).content.decode()
    assert "Scheduled apart from this release: on Mar 6, 2026, 12:00 p.m. CST it leaves the site." in html


def test_the_preview_of_a_release_leads_back_to_it(as_, edith, fall):
    client = as_(edith)
    preview = reverse("admin:preview", args=[f"release-{fall.pk}"])
    assert preview in client.get(page(fall)).content.decode()
    assert client.get(preview).context["back"] == page(fall)
