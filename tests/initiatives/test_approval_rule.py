"""Nobody publishes their own words where a second pair of eyes is asked for; no way leads around that."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from initiatives.exchange.load import ContentError, load
from initiatives.publishing import approval
from initiatives.publishing.beside import publish_position
from initiatives.publishing.publish import publish, save_draft, schedule, unpublish
from initiatives.publishing.restore import restore
from tests.builders import make_initiative
from tests.conftest import REPORT
from tests.initiatives.test_approval import shown, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp(db):
    return make_initiative(title="Camp", summary="Old.")


def test_nobody_publishes_their_own_words(strict, edith, camp):
    write(camp, edith, "Mine.")
    for way in (
        lambda: publish(camp, edith),
        lambda: schedule(camp, edith, timezone.now() + timedelta(days=1)),
    ):
        with pytest.raises(ValidationError, match="Submit for approval"):
            way()
    assert shown() == ["Old."]


def test_words_that_were_never_kept_as_a_draft_are_ones_own(strict, arthur, edith, camp):
    write(camp, arthur, "Arthur's.")
    camp.summary = "Mine."
    camp.save()
    with pytest.raises(ValidationError):
        publish(camp, edith)


def test_anothers_words_are_published_and_the_system_is_exempt(strict, arthur, edith, camp):
    write(camp, arthur, "Arthur's.")
    publish(camp, edith)
    assert shown() == ["Arthur's."]
    write(camp, None, "Loaded.")
    publish(camp, None)
    assert shown() == ["Loaded."]


def test_who_wrote_any_draft_since_the_live_text_counts_as_a_writer(strict, arthur, edith, camp):
    write(camp, edith, "Mine.")
    write(camp, arthur, "Arthur's, on top of hers.")
    with pytest.raises(ValidationError):
        publish(camp, edith)


def test_after_a_publish_the_count_begins_anew(strict, arthur, edith, frank, camp):
    write(camp, edith, "Mine.")
    publish(camp, frank)
    write(camp, arthur, "Arthur's.")
    publish(camp, edith)
    assert shown() == ["Arthur's."]


def test_publishing_an_order_in_between_washes_nobodys_hands(strict, edith, frank, camp):
    write(camp, edith, "Mine.")
    camp.position += 1
    camp.save()
    save_draft(camp, frank)
    publish_position(camp, frank)
    with pytest.raises(ValidationError):
        publish(camp, edith)
    publish(camp, frank)
    assert shown() == ["Mine."]


def test_the_approval_of_another_is_good_for_exactly_that_text(strict, edith, frank, camp):
    write(camp, edith, "Mine.")
    approval.approve(approval.submit(camp, edith), frank)
    write(camp, edith, "Mine, changed.")
    with pytest.raises(ValidationError):
        publish(camp, edith)
    write(camp, edith, "Mine.")
    publish(camp, edith)
    assert shown() == ["Mine."]


def test_an_approval_is_spent_once_another_text_was_public(strict, arthur, edith, frank, camp):
    write(camp, edith, "Mine.")
    approval.approve_and_publish(approval.submit(camp, edith), frank)
    write(camp, arthur, "Arthur's.")
    publish(camp, edith)
    write(camp, edith, "Mine.")
    with pytest.raises(ValidationError):
        publish(camp, edith)


def test_nobody_approves_their_own_or_what_they_helped_to_write(strict, arthur, edith, frank, camp):
    write(camp, edith, "Mine.")
    write(camp, arthur, "Ours.")
    handed_in = approval.submit(camp, arthur)
    with pytest.raises(PermissionDenied):
        approval.approve(handed_in, edith)
    assert approval.approve(handed_in, frank).decided_by == frank


def test_taking_off_ones_own_item_and_bringing_back_the_same_text_needs_nobody(strict, edith, frank, camp):
    write(camp, edith, "Mine.")
    publish(camp, frank)
    unpublish(camp, edith, "It is wrong.")
    assert shown() == []
    publish(camp, edith)
    assert shown() == ["Mine."]


def test_a_restored_text_is_the_work_of_who_restores_it(strict, edith, camp):
    old = camp.revisions.get()
    write(camp, None, "Loaded.")
    publish(camp, None)
    item = restore(old, edith)
    with pytest.raises(ValidationError):
        publish(item, edith)


def test_an_import_by_a_person_is_refused_with_all_its_reasons(strict, alice):
    with pytest.raises(ContentError, match="another person approves"):
        load(REPORT, replace=True, by=alice)
