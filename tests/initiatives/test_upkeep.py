"""Who keeps an item true: reviews, dates of the next one, owners.

A review is recorded as that and never as a change.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from initiatives.models import Review, Revision
from initiatives.models.working_copies import copies
from initiatives.publishing import reviews
from initiatives.report.report import Report
from tests.builders import make_agency, make_initiative, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp(clock):
    clock.set("2026-03-01 12:00")
    return make_initiative(title="Camp", slug="camp")


def held(item, at=None):
    return Review.objects.status([item.key], at)[item.key]


def test_a_review_is_on_record_with_who_and_when_and_when_next(edith, camp, clock):
    clock.set("2026-03-10 09:00")
    reviews.confirm(camp, edith, date(2026, 9, 10))
    now = held(camp)
    assert (now.reviewed, now.reviewed_by, now.due) == (clock.now, "edith", date(2026, 9, 10))


def test_setting_only_the_date_leaves_the_last_review(edith, camp, clock):
    reviewed = reviews.confirm(camp, edith, date(2026, 9, 1)).at
    clock.set("2026-04-01 09:00")
    reviews.set_due(camp, edith, date(2026, 5, 1))
    assert (held(camp).reviewed, held(camp).due) == (reviewed, date(2026, 5, 1))
    reviews.set_due(camp, edith, None)
    assert (held(camp).reviewed, held(camp).due) == (reviewed, None)


def test_the_same_date_again_adds_no_row(edith, camp):
    first = reviews.set_due(camp, edith, date(2026, 5, 1))
    assert reviews.set_due(camp, edith, date(2026, 5, 1)) == first
    assert Review.objects.count() == 1


def test_a_review_changes_nothing_that_the_record_tells(edith, camp, clock):
    before = list(Revision.objects.order_by("pk").values()), Report.live().digest, Report.live().last_changed
    clock.set("2026-03-10 09:00")
    reviews.confirm(camp, edith, date(2026, 9, 10))
    reviews.set_due(camp, edith, date(2026, 8, 10))
    reviews.assign(camp, edith, edith)
    assert (
        list(Revision.objects.order_by("pk").values()),
        Report.live().digest,
        Report.live().last_changed,
    ) == before


def test_what_held_at_a_moment_follows_from_the_rows_up_to_it(edith, camp, clock):
    moments = []
    for day in (2, 3, 4):
        clock.set(f"2026-03-0{day} 09:00")
        reviews.confirm(camp, edith, date(2026, 9, day))
        moments.append(clock.now)
    assert held(camp, moments[0] - timedelta(microseconds=1)).reviewed is None
    for day, moment in zip((2, 3, 4), moments, strict=True):
        assert (held(camp, moment).reviewed, held(camp, moment).due) == (moment, date(2026, 9, day))


@pytest.mark.parametrize(
    ("day", "held_then"), [("04-30", (False, False)), ("05-01", (False, True)), ("05-02", (True, True))]
)
def test_it_is_due_on_the_day_and_overdue_after_it(edith, camp, clock, day, held_then):
    reviews.set_due(camp, edith, date(2026, 5, 1))
    clock.set(f"2026-{day} 23:30")
    assert (held(camp).is_overdue, held(camp).is_due) == held_then
    assert Review.objects.due(held(camp).on).exists() == held_then[1]


def test_six_months_later_is_the_default_and_never_a_day_that_is_none():
    assert reviews.default_due(date(2026, 3, 1)) == date(2026, 9, 1)
    assert reviews.default_due(date(2026, 8, 31)) == date(2027, 2, 28)


def test_the_next_review_comes_after_today(edith, camp):
    for wrong in (date(2026, 3, 1), date(2026, 2, 1)):
        with pytest.raises(ValidationError):
            reviews.confirm(camp, edith, wrong)
    with pytest.raises(ValidationError):
        reviews.set_due(camp, edith, date(2026, 2, 28))
    assert not Review.objects.exists()


def test_what_is_not_public_cannot_be_reviewed(edith):
    with pytest.raises(ValidationError, match="not on the site"):
        reviews.confirm(make_initiative(publish=False), edith, None)


def test_an_author_cares_only_for_what_is_theirs(edith, arthur, camp):
    for act in (reviews.confirm, reviews.set_due):
        with pytest.raises(PermissionDenied):
            act(camp, arthur, date(2026, 9, 1))
    reviews.assign(camp, edith, arthur)
    assert reviews.confirm(camp, arthur, date(2026, 9, 1)).by_name == "arthur"


def test_an_editor_does_not_care_for_the_site_settings_of_the_administrator(edith, alice):
    site = make_site()
    with pytest.raises(PermissionDenied):
        reviews.confirm(site, edith, None)
    assert reviews.confirm(site, alice, None).confirmed


def test_only_an_editor_says_who_owns_an_item_and_only_of_those_who_work_on_the_report(
    edith, arthur, rita, camp
):
    with pytest.raises(PermissionDenied):
        reviews.assign(camp, arthur, arthur)
    with pytest.raises(ValidationError):
        reviews.assign(camp, edith, rita)
    reviews.assign(camp, edith, arthur)
    camp.refresh_from_db()
    assert camp.owner == arthur
    reviews.assign(camp, edith, None)
    camp.refresh_from_db()
    assert camp.owner is None


@pytest.mark.parametrize("count", [1, 40])
def test_the_status_of_all_costs_one_query_however_long_the_record(
    edith, camp, clock, count, django_assert_num_queries
):
    items = [camp, *(make_agency() for _ in range(count))]
    for item in items:
        for _ in range(3):
            reviews.confirm(item, None, None)
    with django_assert_num_queries(1):
        found = Review.objects.status([item.key for item in items])
    assert all(found[item.key].reviewed for item in items)
    with django_assert_num_queries(1):
        assert copies()[items[-1].key].title == items[-1].title
