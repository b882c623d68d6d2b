"""Care at the desk: owners, reviews, what is due, by role."""

from datetime import date

import pytest
from django.urls import reverse

from initiatives.models import Review, Revision
from initiatives.publishing import reviews
from tests.builders import make_initiative, make_section
from tests.initiatives.test_admin_items import messages, typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp(clock):
    clock.set("2026-03-01 12:00")
    return make_initiative(title="Camp")


@pytest.fixture
def overdue(camp, edith, clock):
    reviews.set_due(camp, edith, date(2026, 4, 1))
    clock.set("2026-05-01 12:00")
    return camp


def post(client, item, do, **more):
    return client.post(url("care", item), {"do": do, **more}, follow=True)


def test_an_editor_records_a_review_which_is_no_change(as_, edith, camp):
    before = list(Revision.objects.values())
    response = post(as_(edith), camp, "reviewed", due="2026-09-01")
    assert messages(response) == ["Your review is on record. Nothing about it looks like a change."]
    assert "Last reviewed Mar 1, 2026 by edith." in " ".join(response.content.decode().split())
    assert list(Revision.objects.values()) == before


def test_the_next_date_is_half_a_year_away_unless_another_is_typed(as_, edith, camp):
    assert 'value="2026-09-01"' in as_(edith).get(url("change", camp)).content.decode()


def test_an_editor_sets_owner_and_date(as_, edith, arthur, camp):
    assert messages(post(as_(edith), camp, "owner", owner=arthur.pk)) == ["“Camp” is kept by arthur."]
    assert messages(post(as_(edith), camp, "date", due="2026-06-01")) == [
        "The date of the next review is set."
    ]
    camp.refresh_from_db()
    assert camp.owner == arthur
    assert not Review.objects.get().confirmed


@pytest.mark.parametrize(
    ("do", "data"),
    [("reviewed", {"due": "2026-02-01"}), ("date", {"due": "soon"}), ("owner", {"owner": "9"})],
)
def test_what_is_typed_wrong_is_refused_with_words(as_, edith, camp, do, data):
    assert messages(post(as_(edith), camp, do, **data))[0]
    assert not Review.objects.exists()


def test_an_author_is_refused_unless_the_item_is_theirs(as_, arthur, camp):
    for do in ("owner", "date", "reviewed"):
        assert post(as_(arthur), camp, do, due="2026-09-01").status_code == 403
    reviews.assign(camp, None, arthur)
    assert post(as_(arthur), camp, "reviewed", due="2026-09-01").status_code == 200
    assert post(as_(arthur), camp, "owner").status_code == 403
    assert Review.objects.get().by == arthur


def test_who_may_not_care_for_an_item_is_told_who_does(as_, edith, arthur, camp):
    form = as_(arthur).get(url("change", camp)).content.decode()
    assert "Its owner and editors review it" in form
    assert "Save the review date" not in form
    due = as_(arthur).get(reverse("admin:due")).content.decode()
    assert "You review what is yours, editors the rest." in due
    assert "Editors set both." in due
    reviews.assign(camp, None, arthur)
    form = as_(arthur).get(url("change", camp)).content.decode()
    assert "It is yours to review. Editors name the owner." in form
    assert "Set the owner" not in form
    assert "arthur (you)" in as_(arthur).get(reverse("admin:due")).content.decode()
    form = as_(edith).get(url("change", camp)).content.decode()
    assert "Set the owner" in form
    assert "Editors name" not in form


def test_why_a_draft_is_not_reviewed_is_said(as_, edith, camp):
    draft = make_initiative(section=camp.section, publish=False)
    form = as_(edith).get(url("change", draft)).content.decode()
    assert "there is nothing to review yet" in form
    assert "Reviewed, nothing changed</button>" not in form


def test_strangers_reviewers_and_wrong_requests(as_, client, rita, edith, camp):
    assert client.post(url("care", camp)).url.startswith("/admin/login/")
    assert post(as_(rita), camp, "reviewed").status_code == 403
    assert as_(edith).get(url("care", camp)).status_code == 405
    assert post(as_(edith), camp, "burn").status_code == 400
    assert (
        as_(edith).post(reverse("admin:initiatives_initiative_care", args=[9999]), {"do": "date"}).status_code
        == 404
    )
    assert as_(rita).get(reverse("admin:due")).status_code == 403


# With a publish


def test_a_publish_is_no_review_unless_it_is_ticked(as_, edith, camp, clock):
    as_(edith).post(
        url("change", camp), typed(camp, "_publish", summary="New.", minor="on", next_review="2026-09-01")
    )
    assert not Review.objects.exists()
    clock.set("2026-03-01 12:01")
    ticked = typed(camp, "_publish", summary="Newer.", minor="on", checked="on", next_review="2026-09-01")
    as_(edith).post(url("change", camp), ticked)
    row = Review.objects.get()
    assert (row.confirmed, row.due, row.by) == (True, date(2026, 9, 1), edith)


def test_a_tick_with_a_wrong_day_publishes_nothing(as_, edith, camp):
    ticked = typed(camp, "_publish", summary="New.", minor="on", checked="on", next_review="2026-01-01")
    response = as_(edith).post(url("change", camp), ticked, follow=True)
    assert messages(response)[0] == "Choose a day after today for the next review."
    assert camp.revisions.live().get().fields["summary"] != "New."


# What is due


def test_the_first_page_shows_what_is_due_to_its_owner_and_to_editors(as_, edith, arthur, overdue):
    assert "Due for review" in as_(edith).get("/admin/").content.decode()
    assert "due Apr 1, 2026" not in as_(arthur).get("/admin/").content.decode()
    reviews.assign(overdue, None, arthur)
    assert "yours, due Apr 1, 2026" in as_(arthur).get("/admin/").content.decode()
    assert "owner: arthur, due Apr 1, 2026" in as_(edith).get("/admin/").content.decode()


def test_ones_own_stand_first(as_, edith, overdue, clock):
    other = make_initiative(title="Zoo", section=overdue.section)
    reviews.assign(other, None, edith)
    reviews.set_due(other, edith, date(2026, 5, 1))
    page = as_(edith).get("/admin/").content.decode()
    assert page.index("yours, due May 1") < page.index("no owner, due Apr 1")


def test_the_list_of_what_is_due_also_names_what_nobody_keeps(as_, edith, overdue):
    page = as_(edith).get(reverse("admin:due")).content.decode()
    due, unkept = page.split("Without an owner or a date", 1)
    assert "Camp" in due
    assert "Camp" in unkept
    reviews.assign(overdue, None, edith)
    page = as_(edith).get(reverse("admin:due")).content.decode()
    assert "Camp" not in page.split("Without an owner or a date", 1)[1]


def test_lists_filter_by_review_and_owner(as_, edith, arthur, overdue):
    make_initiative(title="Other", section=overdue.section, owner=arthur)
    client = as_(edith)
    for query, found in [
        ("review=due", "Camp"),
        ("review=none", "Other"),
        ("owner=none", "Camp"),
        (f"owner={arthur.pk}", "Other"),
    ]:
        page = client.get(f"{url('changelist')}?{query}").content.decode()
        assert [title for title in ("Camp", "Other") if f"{title}</a>" in page] == [found], query
    assert "Camp</a>" not in client.get(url("changelist") + "?owner=me").content.decode()


@pytest.mark.parametrize("size", [2, 25])
def test_what_is_due_costs_the_same_however_much_it_is(
    as_, edith, clock, size, django_assert_max_num_queries
):
    clock.set("2026-03-01 12:00")
    section = make_section()
    for _ in range(size):
        reviews.set_due(make_initiative(section=section, owner=edith), edith, date(2026, 4, 1))
    clock.set("2026-05-01 12:00")
    client = as_(edith)
    with django_assert_max_num_queries(14):
        client.get(reverse("admin:due"))
    with django_assert_max_num_queries(30):
        client.get("/admin/")
