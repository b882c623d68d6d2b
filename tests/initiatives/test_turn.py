"""Several people change at the same instant what belongs together: each comes in turn, none in vain."""

from functools import partial

import pytest
from django.urls import reverse

from initiatives.audit.verify import verify
from initiatives.models import Initiative, NoticePreference, Release, Section
from initiatives.publishing import bulk, delete, releases
from initiatives.publishing.publish import save_draft
from tests.at_once import at_once, post_at_once
from tests.builders import make_agency, make_initiative, make_pillar, make_section, make_site
from tests.conftest import person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def people():
    """Four who may do everything: the groups are gone where tests commit."""
    return [person(name, is_superuser=True) for name in ("edith", "emil", "enid", "esra")]


def test_each_moves_another_sibling(people):
    section = make_section()
    rows = [make_initiative(section=section) for _ in people]
    address = reverse("admin:outline_change")
    moves = [
        (one, address, {"do": f"up:initiative-{row.pk}"})
        for one, row in zip(people, reversed(rows), strict=True)
    ]
    assert post_at_once(*moves) == [302] * 4
    assert len(set(section.initiatives.values_list("position", flat=True))) == 4


def test_a_release_goes_out_while_its_items_are_saved_with_an_agency_that_is_in_it():
    make_site()
    agency, items = make_agency(), [make_initiative(), make_initiative(), make_initiative()]
    release = Release.objects.create(name="Summer", note="News.")
    releases.add_all(release, [agency, *items], None)

    def save(item):
        item.participations.create(agency=agency, role="lead")
        save_draft(item, None)

    at_once(
        lambda: releases.publish_release(release, None), *[lambda item=item: save(item) for item in items]
    )
    assert all(item.revisions.last().fields["agencies"] for item in items)
    assert not list(verify(lambda text: None))


def test_no_section_comes_below_one_that_goes_below_another():
    pillar = make_pillar()
    one, other = make_section(pillar), make_section(pillar)
    at_once(partial(bulk.move_all, [one], None, other), partial(bulk.move_all, [other], None, one))
    assert Section.objects.filter(parent=None).count() == 1
    for _ in range(3):
        top, middle, low = (make_section(pillar) for _ in range(3))
        at_once(partial(bulk.move_all, [middle], None, top), partial(bulk.move_all, [low], None, middle))
    assert not Section.objects.filter(parent__parent__isnull=False).exists()


def test_a_deleted_item_comes_back_once_however_many_ask_for_it(people):
    item = make_initiative()
    delete.delete_item(Initiative.objects.get(), None)
    address = reverse("admin:item_restore", args=[item.key, 1])
    assert post_at_once(*[(one, address, {}) for one in people]) == [302] * 4
    assert Initiative.objects.count() == 1


def test_a_double_click_keeps_a_choice_once(people):
    address = reverse("admin:emails")
    assert post_at_once(*[(people[0], address, {"on_decision": "on"})] * 4) == [302] * 4
    assert NoticePreference.objects.get().on_decision
    address = reverse("admin:feedback_comment_digest")
    assert post_at_once(*[(people[0], address, {"every": "day"})] * 4) == [302] * 4


def test_releases_of_one_name_are_made_once_and_a_deleted_one_is_not_found(people):
    address = reverse("admin:releases")
    assert sorted(post_at_once(*[(one, address, {"name": "Summer"}) for one in people])) == [
        200,
        200,
        200,
        302,
    ]
    address = reverse("admin:release", args=[Release.objects.get().pk])
    names = [(one, address, {"do": "save", "name": "Autumn"}) for one in people[1:]]
    assert set(post_at_once((people[0], address, {"do": "delete", "name": "Summer"}), *names)) <= {302, 404}
    assert not Release.objects.exists()
