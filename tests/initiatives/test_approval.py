"""A second pair of eyes: handing in, approving, returning, and that nobody goes around it where the site
asks for it.
"""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.utils import timezone

from initiatives.models import Submission
from initiatives.publishing import approval
from initiatives.publishing.beside import publish_position
from initiatives.publishing.publish import publish, save_draft
from initiatives.report.report import Report
from initiatives.report.states import states
from tests.builders import make_initiative, make_site
from tests.conftest import person

pytestmark = pytest.mark.django_db
State = Submission.State


@pytest.fixture
def camp(db):
    return make_initiative(title="Camp", summary="Old.")


def write(item, by, summary):
    item.summary = summary
    item.save()
    return save_draft(item, by)


def shown():
    return [node.fields["summary"] for node in Report.live().initiatives]


def test_an_author_hands_in_and_an_editor_approves_and_publishes(arthur, edith, camp):
    draft = write(camp, arthur, "New.")
    handed_in = approval.submit(camp, arthur, "For Monday.")
    assert (handed_in.revision, handed_in.message, handed_in.submitted_by_name) == (
        draft,
        "For Monday.",
        "arthur",
    )
    revision = approval.approve_and_publish(handed_in, edith, note="A better summary.")
    handed_in.refresh_from_db()
    assert (revision, handed_in.state, handed_in.decided_by) == (draft, State.APPROVED, edith)
    assert shown() == ["New."]


def test_approving_alone_publishes_nothing_and_scheduling_waits_for_its_moment(arthur, edith, camp):
    write(camp, arthur, "New.")
    approval.approve(approval.submit(camp, arthur), edith)
    assert shown() == ["Old."]
    write(camp, arthur, "Newer.")
    approval.approve_and_publish(approval.submit(camp, arthur), edith, at=timezone.now() + timedelta(days=1))
    assert shown() == ["Old."]
    assert camp.revisions.upcoming().get().fields["summary"] == "Newer."


def test_returning_needs_a_remark(arthur, edith, camp):
    write(camp, arthur, "New.")
    handed_in = approval.submit(camp, arthur)
    with pytest.raises(ValidationError):
        approval.return_(handed_in, edith, "  ")
    assert approval.return_(handed_in, edith, "Name the park.").remark == "Name the park."
    with pytest.raises(ValidationError, match="it was returned by edith"):
        approval.approve(handed_in, edith)


def test_only_its_author_takes_a_text_back(arthur, edith, camp):
    write(camp, arthur, "New.")
    handed_in = approval.submit(camp, arthur)
    with pytest.raises(PermissionDenied):
        approval.take_back(handed_in, edith)
    assert approval.take_back(handed_in, arthur).state == State.TAKEN_BACK
    assert approval.submit(camp, arthur).state == State.WAITING


def test_a_text_is_handed_in_once_and_not_when_the_public_sees_it_already(arthur, camp):
    with pytest.raises(ValidationError, match="nothing to approve"):
        approval.submit(camp, arthur)
    write(camp, arthur, "New.")
    approval.submit(camp, arthur)
    with pytest.raises(ValidationError, match="handed in already"):
        approval.submit(camp, arthur)


def test_a_newer_draft_of_anybody_overtakes_what_waits_but_a_move_does_not(arthur, edith, camp):
    write(camp, arthur, "New.")
    handed_in = approval.submit(camp, arthur)
    camp.position += 1
    camp.save()
    save_draft(camp, edith)
    publish_position(camp, edith)
    handed_in.refresh_from_db()
    assert handed_in.state == State.WAITING
    write(camp, edith, "Newest.")
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.decided_by_name) == (State.OVERTAKEN, "edith")
    with pytest.raises(ValidationError, match="overtaken by a newer draft by edith"):
        approval.approve(handed_in, edith)


def test_what_an_editor_publishes_while_it_waits_is_approved_by_that(arthur, edith, camp):
    write(camp, arthur, "New.")
    handed_in = approval.submit(camp, arthur)
    publish(camp, edith, "New.")
    handed_in.refresh_from_db()
    assert (handed_in.state, handed_in.decided_by) == (State.APPROVED, edith)


def test_authors_and_reviewers_decide_nothing(arthur, rita, camp):
    write(camp, arthur, "New.")
    handed_in = approval.submit(camp, arthur)
    for user in (arthur, rita):
        for act in (approval.approve, approval.return_, approval.approve_and_publish):
            with pytest.raises(PermissionDenied):
                act(handed_in, user, "No.")
    with pytest.raises(PermissionDenied):
        approval.submit(camp, rita)


# Where the site asks for a second pair of eyes


def test_without_the_setting_an_editor_publishes_alone(edith, camp):
    make_site()
    write(camp, edith, "Mine.")
    publish(camp, edith)
    assert shown() == ["Mine."]


@pytest.mark.parametrize("count", [1, 20])
def test_states_of_many_cost_five_queries(arthur, count, django_assert_num_queries):
    items = [make_initiative() for _ in range(count)]
    for item in items:
        write(item, arthur, "New.")
        approval.submit(item, arthur)
    with django_assert_num_queries(5):
        found = states(item.key for item in items)
    assert all(state.approval.startswith("Waiting for approval (from arthur") for state in found.values())


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(alice, camp):
    # Administrators: a test with transactions of its own finds no groups once another one has emptied the
    # tables.
    other = person("other", is_superuser=True)
    write(camp, None, "New.")
    handed_in = approval.submit(camp, None)
    start, told = Barrier(2), []

    def decide(act):
        start.wait()
        try:
            act()
        except ValidationError as error:
            told.append(error.messages[0])
        finally:
            connection.close()

    ways = (
        lambda: approval.approve_and_publish(handed_in, alice, note="New."),
        lambda: approval.return_(handed_in, other, "Name the park."),
    )
    threads = [Thread(target=decide, args=[way]) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    handed_in.refresh_from_db()
    assert len(told) == 1
    assert told[0].startswith("This no longer waits")
    assert shown() == (["New."] if handed_in.state == State.APPROVED else ["Old."])
