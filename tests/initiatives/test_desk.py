"""The desk's first page: what needs the person who opens it."""

from datetime import timedelta

import pytest

from initiatives.publishing import approval
from initiatives.publishing.publish import publish, save_draft, schedule, unpublish
from initiatives.publishing.restore import restore
from initiatives.report import drafts
from tests.builders import change, make_initiative

pytestmark = pytest.mark.django_db


def first_page(as_, user):
    return as_(user).get("/admin/").content.decode()


def test_an_editor_sees_the_drafts_of_all_that_are_not_published(as_, edith, arthur):
    save_draft(make_initiative(title="Night Patrol", publish=False), by=arthur)
    page = first_page(as_, edith)
    assert "Drafts not yet published" in page and "Night Patrol" in page


def test_an_author_sees_only_their_own(as_, edith, arthur):
    item = make_initiative(title="Night Patrol", publish=False)
    item.summary = "Changed."
    item.save()
    save_draft(item, by=edith)
    assert "Night Patrol" not in first_page(as_, arthur)


def test_what_is_published_or_scheduled_waits_for_nobody(as_, edith, clock):
    make_initiative(title="Night Patrol")
    schedule(make_initiative(title="Day Patrol", publish=False), edith, clock.now + timedelta(days=1))
    page = first_page(as_, edith)
    assert "Night Patrol" not in page and "Day Patrol" not in page


def test_an_old_public_text_that_was_brought_back_waits_like_any_draft(as_, edith, arthur):
    item = make_initiative(title="Night Patrol")
    item.title = "Day Patrol"
    item.save()
    publish(item, by=None)
    old = item.revisions.first()
    restore(old, arthur)
    for user in (edith, arthur):
        page = first_page(as_, user)
        assert "Drafts not yet published" in page
        assert "Night Patrol" in page
    restore(item.revisions.live().get(), arthur)
    assert "Night Patrol" not in first_page(as_, edith)


def test_what_was_taken_off_the_site_waits_only_once_it_says_something_else(as_, edith):
    item = make_initiative(title="Night Patrol")
    item.title = "Day Patrol"
    item.save()
    publish(item, by=None)
    unpublish(item, by=None)
    assert "Patrol" not in first_page(as_, edith)
    assert not drafts.of_all()
    restore(item.revisions.first(), edith)
    assert "Night Patrol" in first_page(as_, edith)
    assert [draft.title for draft in drafts.of_all()] == ["Night Patrol"]


def test_a_reviewer_of_feedback_is_not_troubled(as_, rita):
    make_initiative(title="Night Patrol", publish=False)
    assert "Night Patrol" not in first_page(as_, rita)


@pytest.mark.parametrize("count", [1, 30])
def test_it_costs_the_same_however_much_waits(as_, edith, django_assert_max_num_queries, count):
    for _ in range(count):
        make_initiative(publish=False)
    client = as_(edith)
    with django_assert_max_num_queries(22):
        client.get("/admin/")


def test_who_has_nothing_to_do_is_told_so(as_, arthur):
    assert "Nothing waits for you." in first_page(as_, arthur)


def test_what_does_not_stand_on_the_page_at_once_unfolds_on_it(as_, edith):
    for number in range(12):
        make_initiative(title=f"Patrol {number}", publish=False)
    page = first_page(as_, edith)
    assert "<summary>2 more</summary>" in page
    assert all(f">Patrol {number}</a>" in page for number in range(12))


def drafts_of(as_, user):
    """Return the words of the list of drafts on a person's first page, "" where there is none."""
    html = first_page(as_, user)
    start = html.find("Drafts not yet published")
    return "" if start < 0 else html[start : html.index("</section>", start)]


def test_what_was_handed_in_stands_once_and_says_what_it_waits_for(as_, edith, arthur):
    item = make_initiative(title="Night Patrol", publish=False)
    change(item, by=arthur, summary="It walks at night.")
    one = approval.submit(item, arthur)
    assert "Night Patrol" not in drafts_of(as_, edith)
    assert "waits for approval" in drafts_of(as_, arthur)
    approval.return_(one, edith, "Say where.")
    assert "returned to its author" in drafts_of(as_, edith)
    assert "Night Patrol" not in drafts_of(as_, arthur)
    approval.approve(approval.submit(item, arthur), edith)
    assert "Night Patrol" not in drafts_of(as_, edith) + drafts_of(as_, arthur)
