"""Changes to many items from the lists: first what would happen, then all of it or nothing."""

from datetime import date

import pytest
from django.urls import reverse

from initiatives.models import Initiative, Release, Review, Revision
from initiatives.publishing.publish import schedule
from initiatives.report.report import Report
from tests.builders import change, make_initiative, make_pillar, make_section, make_site
from tests.initiatives.test_admin_items import live, messages, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(db):
    make_site()
    camp = make_initiative(title="Camp", slug="camp")
    park = make_initiative(
        section=camp.section, title="Park", slug="park", body="See [the camp](/initiatives/camp/)."
    )
    return [change(camp, title="Camp, new"), change(park, title="Park, new")]


def address(name, kind="initiative"):
    return reverse("admin:bulk", args=[kind, name])


def do(client, operation, items, kind="initiative", **typed):
    """Look at what will happen and then do it, as a person does."""
    data = {"item": [item.pk for item in items], **typed}
    seen = client.post(address(operation, kind), {**data, "do": "preview"}).context["seen"]
    return client.post(address(operation, kind), {**data, "do": "apply", "seen": seen}, follow=True)


def test_an_action_of_the_list_shows_what_will_happen_to_each_item(as_, edith, two):
    data = {"action": "bulk_publish", "_selected_action": [item.pk for item in two]}
    html = as_(edith).post(url("changelist"), data).content.decode()
    assert html.count("Version 2 goes out") == 2
    assert "Linked from: Park" in html
    assert "Publish: 2 items" in html
    assert live() == ["Camp", "Park"]


def test_what_is_scheduled_to_take_an_items_place_is_foretold_with_its_day_in_the_city(
    as_, edith, two, clock
):
    clock.set("2026-03-01 12:00")
    camp = make_initiative(title="Theater")
    clock.set("2026-03-02 12:00")
    schedule(change(camp, title="Theater, next"), edith, clock.now.replace(day=5, hour=20), "Next.")
    html = (
        as_(edith).get(address("publish"), {"item": change(camp, title="Theater, now").pk}).content.decode()
    )
    assert "On Mar 5, 2026 something else takes its place" in html


def test_publish_puts_all_of_them_out_at_one_instant(as_, edith, two):
    assert messages(do(as_(edith), "publish", two, note="Better names.")) == ["Publish: done for 2 items."]
    assert live() == ["Camp, new", "Park, new"]
    assert Revision.objects.filter(note="Better names.").values("live_from").distinct().count() == 1


def test_publish_asks_for_a_note_or_the_word_that_it_is_minor(as_, edith, two):
    client = as_(edith)
    assert "Say what changes, for the public, or tick" in do(client, "publish", two).content.decode()
    assert live() == ["Camp", "Park"]
    do(client, "publish", two, minor="on")
    assert live() == ["Camp, new", "Park, new"]


def test_nothing_is_published_where_the_last_item_is_not_ready(as_, edith, two):
    change(two[1], summary="")
    response = do(as_(edith), "publish", two, note="Better names.")
    html = response.content.decode()
    assert "Park, new: Summary: Fill this in before you publish." in html
    assert "Publish: 2 items" not in html
    assert live() == ["Camp", "Park"]


def test_what_changed_since_the_preview_is_shown_again_before_anything_happens(as_, edith, two):
    client = as_(edith)
    data = {"item": [item.pk for item in two], "note": "Better names."}
    seen = client.post(address("publish"), {**data, "do": "preview"}).context["seen"]
    change(two[0], title="Camp, by a colleague")
    response = client.post(address("publish"), {**data, "do": "apply", "seen": seen})
    assert "This is not what you saw before." in response.content.decode()
    assert live() == ["Camp", "Park"]


def test_an_owner_is_assigned_and_taken_away_and_no_revision_is_made(as_, edith, arthur, two):
    client, count = as_(edith), Revision.objects.count()
    do(client, "owner", two, owner=arthur.pk)
    assert set(Initiative.objects.values_list("owner", flat=True)) == {arthur.pk}
    do(client, "owner", two, owner="")
    assert set(Initiative.objects.values_list("owner", flat=True)) == {None}
    assert Revision.objects.count() == count


def test_the_day_of_the_next_review_is_set(as_, edith, two):
    do(as_(edith), "due", two, due="2999-01-31")
    assert {one.due for one in Review.objects.status(item.key for item in two).values()} == {
        date(2999, 1, 31)
    }
    response = do(as_(edith), "due", two, due="2001-01-31")
    assert "Camp, new: Choose today or a later day." in response.content.decode()


def test_a_status_is_a_draft_by_the_person(as_, arthur, two):
    do(as_(arthur), "status", two, status="completed")
    assert set(Initiative.objects.values_list("status", flat=True)) == {"completed"}
    assert {node.fields["status"] for node in Report.live().initiatives} == {"ongoing"}
    assert {item.revisions.last().author_name for item in two} == {"arthur"}


def test_initiatives_move_as_drafts_and_say_that_their_address_stays(as_, arthur, two):
    other = make_section(title="Elsewhere")
    make_initiative(section=other, position=7)
    client, data = (
        as_(arthur),
        {"item": [item.pk for item in two], "parent": f"section-{other.pk}", "do": "preview"},
    )
    html = client.post(address("move"), data).content.decode()
    assert f"In: {two[0].section} → Elsewhere" in html
    assert "Its address /initiatives/camp/ stays." in html
    do(client, "move", two, parent=f"section-{other.pk}")
    assert sorted(Initiative.objects.filter(section=other).values_list("position", flat=True)) == [7, 8, 9]
    assert {node.parent.title for node in Report.live().initiatives if node.title in ("Camp", "Park")} == {
        str(two[0].section)
    }


def test_a_section_that_moves_keeps_its_old_address_working(as_, edith, client, clock):
    make_site()
    section, pillar = make_section(slug="children"), make_pillar(title="Elsewhere", slug="elsewhere")
    old = Report.live().by_key[section.key].url
    do(as_(edith), "move", [section], kind="section", parent=f"pillar-{pillar.pk}")
    clock.now = clock.now.replace(year=clock.now.year + 1)
    do(as_(edith), "publish", [section], kind="section", note="It moved.")
    assert client.get(old)["Location"].endswith("/elsewhere/children/")


def test_a_section_that_holds_sub_sections_cannot_become_one_and_nothing_moves(as_, edith, two):
    sub = make_section(parent=two[0].section)
    plain, target = make_section(), make_section()
    html = do(
        as_(edith), "move", [plain, sub.parent], kind="section", parent=f"section-{target.pk}"
    ).content.decode()
    assert "Move those first" in html
    plain.refresh_from_db()
    assert plain.parent is None


def test_items_go_into_a_new_release_or_into_one_that_is_there(as_, edith, two):
    client = as_(edith)
    do(client, "release", two[:1], name="Fall")
    release = Release.objects.get()
    do(client, "release", two, release=release.pk)
    assert release.items.count() == 2
    assert (
        "Already in the release “Fall”."
        in client.get(address("release"), {"item": two[0].pk}).content.decode()
    )
    assert (
        "There is a release of that name already" in do(client, "release", two, name="Fall").content.decode()
    )


@pytest.mark.parametrize("name", ["publish", "owner", "release"])
def test_an_author_neither_publishes_nor_assigns_nor_makes_releases(as_, arthur, two, name):
    client = as_(arthur)
    data = {
        "item": [item.pk for item in two],
        "note": "Mine.",
        "name": "Mine",
        "owner": arthur.pk,
        "do": "apply",
    }
    assert client.get(address(name), {"item": two[0].pk}).status_code == 403
    assert client.post(address(name), data).status_code == 403
    assert f"bulk_{name}" not in client.get(url("changelist")).content.decode()
    assert live() == ["Camp", "Park"]


def test_an_author_dates_only_what_is_his(as_, arthur, two):
    Initiative.objects.filter(pk=two[0].pk).update(owner=arthur)
    data = {"item": [two[0].pk, two[1].pk], "due": "2999-01-31"}
    client = as_(arthur)
    preview = client.post(address("due"), {**data, "do": "preview"})
    assert preview.content.decode().count("Its owner and editors set this day.") == 1
    assert "Set the date of the next review: 2 items" not in preview.content.decode()
    seen = preview.context["seen"]
    assert client.post(address("due"), {**data, "do": "apply", "seen": seen}).status_code == 403
    assert {one.due for one in Review.objects.status(item.key for item in two).values()} == {None}
    do(client, "due", two[:1], due="2999-01-31")
    assert Review.objects.status([two[0].key])[two[0].key].due == date(2999, 1, 31)


@pytest.mark.parametrize("name", ["publish", "release", "owner", "due", "status", "move"])
def test_a_reviewer_may_do_none_of_it_and_a_stranger_signs_in_first(as_, rita, client, two, name):
    assert client.get(address(name), {"item": two[0].pk}).status_code == 302
    assert as_(rita).get(address(name), {"item": two[0].pk}).status_code == 403


@pytest.mark.parametrize("item", ["", "x", "0", "999999", "-1", "1" * 40, "²"])
def test_numbers_that_are_none_and_operations_that_are_none_are_not_found(as_, edith, two, item):
    client = as_(edith)
    assert client.get(address("publish"), {"item": item}).status_code == 404
    assert client.get(address("explode"), {"item": two[0].pk}).status_code == 404
    assert client.get(address("status", "pillar"), {"item": two[0].pk}).status_code == 404
    assert client.get(address("publish", "site"), {"item": 1}).status_code == 404
    assert client.get(address("publish")).status_code == 404
    assert client.put(address("publish")).status_code == 405


def test_the_stock_deletion_is_not_offered(as_, alice, two):
    html = as_(alice).get(url("changelist")).content.decode()
    assert "bulk_publish" in html
    assert "delete_selected" not in html


def test_what_is_asked_of_many_costs_the_same_number_of_queries(
    as_, edith, two, django_assert_max_num_queries
):
    items = [*two, *(make_initiative(section=two[0].section) for _ in range(30))]
    client, data = as_(edith), {"item": [item.pk for item in items], "do": "preview"}
    parent = make_section()
    for name, typed in {
        "owner": {"owner": edith.pk},
        "due": {"due": "2999-01-31"},
        "status": {"status": "completed"},
        "release": {"name": "Fall"},
    }.items():
        with django_assert_max_num_queries(20):
            client.post(address(name), {**data, **typed})
    with django_assert_max_num_queries(22 + 3 * len(items)):
        client.post(address("move"), {**data, "parent": f"section-{parent.pk}"})
    with django_assert_max_num_queries(33):  # one of them asks who wrote each draft since the public text
        client.post(address("publish"), {**data, "note": "Many."})
