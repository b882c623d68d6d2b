"""The record: what the database refuses, and what the report was at any moment."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from initiatives.models import Revision
from initiatives.publishing.publish import publish, save_draft, unpublish
from initiatives.report.report import Report
from tests.builders import make_agency, make_initiative, make_section, make_site

pytestmark = pytest.mark.django_db


def stored(item, number, live_from, live_to, **changes):
    revision = item.revisions.first().copy(**changes)
    revision.number, revision.live_from, revision.live_to = number, live_from, live_to
    revision.save()
    return revision


def refused(*arguments, **changes):
    with pytest.raises(IntegrityError), transaction.atomic():
        stored(*arguments, **changes)
    return True


def test_windows_of_an_item_never_overlap():
    item, day = make_initiative(publish=False), timedelta(days=1)
    noon = timezone.now()
    stored(item, 2, noon, noon + 2 * day)
    assert refused(item, 3, noon + day, noon + 3 * day)
    assert refused(item, 3, noon - day, noon + day)
    assert refused(item, 3, noon + day, None)
    assert refused(item, 3, noon - day, None)
    stored(item, 3, noon + 2 * day, None)
    stored(item, 4, noon - day, noon)


def test_a_window_cannot_be_stretched_over_the_next():
    item, now, day = make_initiative(publish=False), timezone.now(), timedelta(days=1)
    first = stored(item, 2, now, now + day)
    stored(item, 3, now + day, None)
    first.live_to = now + 2 * day
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_a_window_ends_after_it_begins():
    item, now = make_initiative(publish=False), timezone.now()
    assert refused(item, 2, now, now)


def test_two_items_of_a_kind_are_never_live_at_one_address():
    one, other = make_initiative(slug="one"), make_initiative(publish=False)
    assert refused(other, 2, timezone.now(), None, slug="one")
    unpublish(one, by=None)
    assert refused(other, 2, timezone.now(), None, slug="one")


def test_a_revision_number_is_used_once():
    item = make_initiative()
    assert refused(item, 1, None, None)


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL keeps its constraints when a table is altered"
)
def test_sqlite_still_has_its_triggers_after_all_migrations():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'initiatives_revision'"
        )
        assert {name for (name,) in cursor.fetchall()} == {
            "revision_windows_insert",
            "revision_windows_update",
        }


def test_the_report_can_be_read_as_it_was_at_any_moment():
    before = timezone.now()
    item = make_initiative(title="First")
    between = timezone.now()
    item.title = "Second"
    item.save()
    publish(item, by=None)
    after = timezone.now()
    unpublish(item, by=None)
    moments = (before, between, after, timezone.now())
    assert [[node.title for node in Report.live(at).initiatives] for at in moments] == [
        [],
        ["First"],
        ["Second"],
        [],
    ]


def test_a_renamed_agency_is_renamed_everywhere_and_keeps_its_old_name_in_the_past():
    agency = make_agency(title="Old name")
    item = make_initiative(publish=False)
    item.participations.create(agency=agency)
    publish(item, by=None)
    before = timezone.now()
    agency.title = "New name"
    agency.save()
    publish(agency, by=None)

    def name(report):
        rows = report.initiatives[0].fields["agencies"]
        return report.refer(row["agency"] for row in rows)[0].title

    assert (name(Report.live()), name(Report.live(before))) == ("New name", "Old name")


def test_reading_order_is_own_initiatives_then_sub_sections():
    section = make_section(position=0)
    sub = make_section(parent=section, position=0)
    make_initiative(section=sub, title="In the sub-section", position=0)
    make_initiative(section=section, title="In the section", position=5)
    assert [node.title for node in Report.live().initiatives] == ["In the section", "In the sub-section"]


def test_neighbours_cross_sections():
    first, second = make_initiative(), make_initiative()
    report = Report.live()
    assert report.neighbours(report.by_key[first.key]) == (None, report.by_key[second.key])
    assert report.neighbours(report.by_key[second.key]) == (report.by_key[first.key], None)


def test_the_whole_report_costs_two_queries(django_assert_num_queries, real_report):
    with django_assert_num_queries(2):
        report = Report.live()
        report.load_html(report.nodes)
    assert len(report.initiatives) == 103


def test_a_preview_shows_the_draft_in_the_live_report():
    item = make_initiative(title="Live")
    make_initiative(title="Other")
    item.title = "Draft"
    item.save()
    draft = save_draft(item, by=None)
    assert [node.title for node in Report.with_drafts(draft).initiatives] == ["Draft", "Other"]
    assert [node.title for node in Report.live().initiatives] == ["Live", "Other"]


def test_a_digest_is_of_what_is_said_and_not_of_the_place_in_the_order():
    revision = make_initiative().revisions.get()
    assert revision.copy(position=99).digest == revision.digest
    assert revision.copy(title="Other").digest != revision.digest


def test_the_record_outlives_the_working_copy():
    item = make_initiative()
    unpublish(item, by=None)
    key = item.key
    item.delete()
    assert Revision.objects.filter(key=key).count() == 2


def test_the_record_outlives_the_account_of_its_author(edith):
    site = make_site(publish=False)
    revision = publish(site, by=edith)
    edith.delete()
    revision.refresh_from_db()
    assert (revision.author_id, revision.publisher_name) == (None, "edith")
