"""How an item goes before the public and from it again: drafts, publish, unpublish, order."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from initiatives.models import Amount, Initiative, Revision
from initiatives.publishing.beside import publish_position
from initiatives.publishing.publish import publish, save_draft, unpublish
from initiatives.report.report import Report
from tests.builders import make_agency, make_initiative, make_pillar, make_section

pytestmark = pytest.mark.django_db


def titles():
    return [node.title for node in Report.live().initiatives]


def change(item, **fields):
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return item


def test_a_draft_is_recorded_and_not_shown():
    item = make_initiative(title="Draft", publish=False)
    assert item.revisions.count() == 1
    assert titles() == []


def test_publishing_shows_the_item_at_once():
    make_initiative(title="News")
    assert titles() == ["News"]


def test_a_draft_beside_the_live_text_is_not_shown():
    item = make_initiative(title="Old")
    save_draft(change(item, title="New"), by=None)
    assert titles() == ["Old"]
    publish(item, by=None)
    assert titles() == ["New"]


def test_saving_without_a_change_makes_no_revision():
    item = make_initiative()
    save_draft(item, by=None)
    assert item.revisions.count() == 1


def test_publishing_without_a_change_makes_no_revision_and_keeps_the_window():
    item = make_initiative()
    begun = item.revisions.get().live_from
    publish(item, by=None)
    assert item.revisions.get().live_from == begun


def test_publishing_a_draft_opens_the_window_of_that_very_revision(arthur, edith):
    item = make_initiative(publish=False)
    save_draft(change(item, title="By Arthur"), by=arthur)
    live = publish(item, by=edith, note="First words.")
    assert (live.number, live.author_name, live.publisher_name, live.note) == (
        2,
        "arthur",
        "edith",
        "First words.",
    )


def test_a_change_of_a_row_is_a_change():
    item = make_initiative()
    Amount.objects.create(initiative=item, amount=5_000_000, sort="grant")
    assert publish(item, by=None).number == 2
    assert Report.live().initiatives[0].fields["amounts"][0]["amount"] == "5000000"


def test_unpublishing_takes_the_item_from_the_public_and_keeps_its_text():
    item = make_initiative()
    unpublish(item, by=None)
    assert titles() == []
    text, withdrawal = item.revisions
    assert text.live_to == withdrawal.live_from
    assert withdrawal.live_to is None


def test_unpublishing_what_is_not_live_changes_nothing():
    item = make_initiative(publish=False)
    assert unpublish(item, by=None) is None


def test_what_was_unpublished_can_be_published_again():
    item = make_initiative(title="Back")
    unpublish(item, by=None)
    publish(item, by=None)
    assert titles() == ["Back"]
    assert [revision.change_kinds for revision in item.revisions] == [["first"], ["withdrawn"], ["returned"]]


def test_publishing_now_ends_where_a_scheduled_revision_begins():
    item = make_initiative()
    later = item.revisions.get().copy(title="Later")
    later.number, later.live_from = 2, timezone.now() + timedelta(days=1)
    Revision.objects.filter(key=item.key).update(live_to=later.live_from)
    later.save()
    publish(change(item, title="Now"), by=None)
    assert item.revisions.last().live_to == later.live_from
    assert [node.title for node in Report.live(later.live_from).initiatives] == ["Later"]


def test_two_publishes_in_one_instant_leave_two_windows_that_touch(monkeypatch):
    item = make_initiative(publish=False)
    instant = timezone.now()
    monkeypatch.setattr("initiatives.publishing.publish.timezone.now", lambda: instant)
    publish(item, by=None)
    publish(change(item, title="Second"), by=None)
    first, second = item.revisions
    assert first.live_to == second.live_from > first.live_from


@pytest.mark.parametrize("field", ["summary", "status"])
def test_what_is_required_is_required_at_publish_not_at_save(field):
    item = make_initiative(publish=False, **{field: ""})
    with pytest.raises(ValidationError) as refused:
        publish(item, by=None)
    assert refused.value.message_dict == {field: ["Fill this in before you publish."]}
    assert titles() == []


def test_an_item_is_not_published_before_what_it_hangs_on():
    item = make_initiative(section=make_section(title="Jobs", publish=False), publish=False)
    with pytest.raises(ValidationError, match="“Jobs”, which it hangs on, is not published yet"):
        publish(item, by=None)


def test_an_item_is_not_published_before_what_it_names():
    item = make_initiative(publish=False)
    item.participations.create(agency=make_agency(title="SLATE", publish=False))
    with pytest.raises(ValidationError, match="“SLATE” is not published yet"):
        publish(item, by=None)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("![](/media/images/a.png)", "has no alt text"),
        ("One\n\n![x](https://example.org/a.png)", "image on line 3 is on another site"),
        ("See [click here](/x/).", "does not say where it leads"),
        ("# One\n\n### Three", "jumps from level 1 to level 3"),
    ],
)
def test_texts_that_shut_people_out_are_not_published(text, words):
    with pytest.raises(ValidationError, match=words):
        make_initiative(body=text)


def test_what_hangs_on_an_unpublished_section_disappears_and_comes_back_with_it():
    section = make_section()
    make_initiative(title="Below", section=section)
    unpublish(section, by=None)
    assert titles() == []
    publish(section, by=None)
    assert titles() == ["Below"]


def test_a_slug_that_was_live_is_not_given_to_another():
    item = make_initiative(slug="bridge")
    publish(change(item, slug="bridge-program"), by=None)
    other = Initiative(title="Other", slug="bridge", section=item.section, status="ongoing")
    with pytest.raises(ValidationError, match="belongs to another initiative"):
        other.full_clean()
    item.slug = "bridge"
    item.full_clean()


def test_a_slug_is_made_from_the_title():
    item = Initiative(title="Books & Badges: reading", section=make_section())
    item.full_clean()
    assert item.slug == "books-badges-reading"


@pytest.mark.parametrize("slug", ["admin", "report", "initiatives", "feedback", "static", "search", "as-of"])
def test_a_pillar_cannot_take_an_address_of_the_site(slug):
    pillar = make_pillar(publish=False)
    pillar.slug = slug
    with pytest.raises(ValidationError, match="The site itself uses"):
        pillar.full_clean()


def test_a_sub_section_holds_no_sub_sections():
    sub = make_section(parent=make_section())
    deeper = make_section(publish=False)
    deeper.pillar, deeper.parent = None, sub
    with pytest.raises(ValidationError, match="cannot hold sub-sections"):
        deeper.full_clean()


# Order


def three():
    section = make_section()
    return [
        make_initiative(section=section, title=title, position=place) for place, title in enumerate("ABC")
    ]


def swap(one, other):
    one.position, other.position = other.position, one.position
    one.save()
    other.save()
    save_draft(one, by=None)
    save_draft(other, by=None)


def test_a_new_order_is_not_shown_before_it_is_published():
    a, b, _ = three()
    swap(a, b)
    assert titles() == ["A", "B", "C"]
    publish_position(a, by=None)
    publish_position(b, by=None)
    assert titles() == ["B", "A", "C"]


def test_publishing_an_order_publishes_no_draft_text():
    a, b, _ = three()
    save_draft(change(a, title="A, draft"), by=None)
    swap(a, b)
    publish_position(a, by=None)
    publish_position(b, by=None)
    assert titles() == ["B", "A", "C"]
    assert a.revisions.last().title == "A, draft"
    publish(a, by=None)
    assert titles() == ["B", "A, draft", "C"]


def test_publishing_an_order_leaves_an_item_whose_draft_moved_away_where_it_is():
    a, _, _ = three()
    a.section = make_section()
    a.position = 2
    a.save()
    save_draft(a, by=None)
    publish_position(a, by=None)
    assert titles() == ["A", "B", "C"]
    assert a.revisions.live().get().position == 0


def test_publishing_a_text_publishes_no_new_order():
    a, b, _ = three()
    swap(a, b)
    publish(change(a, title="A, better"), by=None)
    assert titles() == ["A, better", "B", "C"]


def test_an_item_that_moved_to_another_section_takes_its_new_place():
    a, _, _ = three()
    other = make_section()
    make_initiative(section=other, title="First there", position=0)
    a.section = other
    a.place_last()
    a.save()
    publish(a, by=None)
    assert [node.title for node in Report.live().find("section", other.slug).initiatives] == [
        "First there",
        "A",
    ]
