"""Unpublishing and deleting from the desk: what becomes of addresses and links is said, and no link is
left dead.
"""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Initiative, Revision
from initiatives.publishing import windows
from initiatives.publishing.publish import publish, schedule, unpublish
from tests.builders import (
    change,
    make_agency,
    make_document,
    make_initiative,
    make_pillar,
    make_place,
    make_section,
    make_site,
)
from tests.initiatives.reading import words

pytestmark = pytest.mark.django_db


def url(name, item):
    return item.desk_path(name, item.pk)


def is_live(item):
    return item.revisions.live().exists()


@pytest.fixture
def camp(db):
    """A live initiative that another live one and a draft link to."""
    make_site()
    section = make_section(pillar=make_pillar(slug="prevention"), slug="children", title="Children")
    item = make_initiative(section=section, slug="camp", title="Camp")
    make_initiative(
        section=make_section(), slug="linker", title="Linker", body="[The camp](/initiatives/camp/)"
    )
    make_initiative(section=section, title="Drafted", body="[The camp](/initiatives/camp/)", publish=False)
    return item


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_the_question_names_the_address_and_what_links_there(as_, edith, camp, name):
    text = as_(edith).get(url(name, camp)).content.decode()
    assert "<code>/initiatives/camp/</code>" in text
    for title in ("Linker", "Drafted"):
        found = Initiative.objects.get(title=title)
        assert f'<a href="{url("change", found)}">{title}</a>' in text


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_nothing_leaves_while_a_live_page_would_keep_a_dead_link(as_, edith, camp, name):
    response = as_(edith).post(url(name, camp), {"reason": "It closes."})
    assert response.status_code == 200
    assert "Links on the site would lead nowhere: in “Linker”." in response.content.decode()
    assert is_live(camp)
    assert Initiative.objects.filter(pk=camp.pk).exists()


def test_nothing_leaves_while_a_live_page_links_to_what_hangs_on_it(as_, edith, camp):
    response = as_(edith).post(url("unpublish", camp.section), {"reason": "It closes."})
    assert "would lead nowhere: in “Linker”." in response.content.decode()
    assert is_live(camp.section)


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_with_a_successor_it_leaves_and_the_link_leads_there(as_, client, edith, camp, name):
    other = make_initiative(section=camp.section, slug="club")
    as_(edith).post(url(name, camp), {"reason": "It grew.", "successor": other.pk})
    assert not is_live(camp)
    assert client.get("/initiatives/camp/").url == "/initiatives/club/"


def test_once_the_links_are_changed_it_leaves(as_, edith, camp):
    linker = Initiative.objects.get(slug="linker")
    linker.body = ""
    linker.save()
    publish(linker, None)
    as_(edith).post(url("unpublish", camp), {})
    assert not is_live(camp)


def test_what_disappears_with_it_or_is_not_shown_cannot_take_its_place(as_, edith, camp):
    sub = make_section(parent=camp.section)
    hidden = make_section()
    unpublish(hidden, None)
    for one in (sub, hidden):
        response = as_(edith).post(url("unpublish", camp.section), {"successor": one.pk})
        assert "successor" in response.context["form"].errors
    assert is_live(camp.section)


def slip_in(section, body, **fields):
    """Put a text before the public past all checks, as a text that came before a rule."""
    item = make_initiative(section=section, **fields)
    windows.begin_window(change(item, body=body).revisions.last(), timezone.now(), None, "", False)


def test_a_scheduled_withdrawal_is_checked_when_it_is_typed_and_again_in_the_list(as_, edith, camp):
    later = timezone.localtime(timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    response = as_(edith).post(url("unpublish", camp), {"at": later})
    assert "would lead nowhere" in response.content.decode()
    linker = Initiative.objects.get(slug="linker")
    linker.body = ""
    linker.save()
    publish(linker, None)
    as_(edith).post(url("unpublish", camp), {"at": later})
    assert Revision.objects.upcoming().count() == 1
    shown = reverse("admin:scheduled")
    assert "dead link" not in as_(edith).get(shown).content.decode()
    with pytest.raises(
        ValidationError, match=r"“Camp”, which leaves the site on .* with nothing in its place"
    ):
        make_initiative(section=camp.section, title="Refused", body="[The camp](/initiatives/camp/)")
    slip_in(camp.section, "[The camp](/initiatives/camp/)", title="Added since")
    text = words(as_(edith).get(shown).content.decode())
    assert "Leaves a dead link in “Added since”" in text
    first = words(as_(edith).get(reverse("admin:index")).content.decode())
    assert "Will leave dead links 1 Camp leaves the site" in first and "linked from “Added since”" in first


@pytest.mark.parametrize("size", [1, 8])
def test_the_list_of_what_is_scheduled_costs_a_fixed_number_of_queries(
    as_, edith, camp, size, django_assert_max_num_queries
):
    for number in range(size):
        item = make_initiative(section=camp.section, slug=f"leaving-{number}")
        unpublish(item, None, at=timezone.now() + timedelta(days=1))
        slip_in(camp.section, f"[It](/initiatives/leaving-{number}/)")
    client = as_(edith)
    with django_assert_max_num_queries(13):
        assert client.get(reverse("admin:scheduled")).content.decode().count("Leaves a dead link") == size


def test_what_a_planned_withdrawal_will_lead_to_cannot_leave_and_says_why(as_, edith, camp):
    club = make_initiative(section=camp.section, slug="club", title="Club")
    unpublish(camp, None, successor=club, at=timezone.now() + timedelta(days=9))
    response = as_(edith).post(url("unpublish", club), {})
    assert is_live(club)
    text = words(response.content.decode())
    assert "Links on the site would lead nowhere: in “Linker”." in text
    page = words(as_(edith).get(url("unpublish", club)).content.decode())
    assert "whose place this takes. They need a new successor or a change too: Linker" in page


def test_a_withdrawal_is_not_moved_to_before_the_links_to_it_are_gone_but_may_be_put_off(as_, edith, camp):
    item = make_initiative(section=camp.section, slug="leaving", title="Leaving")
    planned = unpublish(item, None, at=timezone.now() + timedelta(days=9))
    slip_in(camp.section, "[It](/initiatives/leaving/)", title="Added since")
    for days, said in (
        (2, "“Leaving” keeps its time. Links on the site would lead nowhere: in “Added since”."),
        (20, "leaves"),
    ):
        typed = timezone.localtime(timezone.now() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")
        response = as_(edith).post(
            reverse("admin:scheduled_move", args=[planned.pk]), {"at": typed}, follow=True
        )
        assert said in words(response.content.decode())


def test_a_text_without_a_link_is_not_put_off_to_after_what_it_linked_to_is_gone(as_, edith, camp):
    linker = Initiative.objects.get(slug="linker")
    without = change(linker, body="No link.")
    mended = schedule(without, None, timezone.now() + timedelta(days=5), "Mended.")
    unpublish(camp, None, at=timezone.now() + timedelta(days=9))
    later = timezone.localtime(timezone.now() + timedelta(days=12)).strftime("%Y-%m-%dT%H:%M")
    for page, sent in (("scheduled_move", {"at": later}), ("scheduled_cancel", {})):
        response = as_(edith).post(reverse(f"admin:{page}", args=[mended.pk]), sent, follow=True)
        assert "Links on the site would lead nowhere: in “Linker”." in words(response.content.decode())
    mended.refresh_from_db()
    assert mended.live_from < timezone.now() + timedelta(days=6)


def test_what_leaves_first_or_with_it_may_link_to_what_is_about_to_leave(camp):
    own = make_initiative(section=camp.section, slug="own", body="[My own page](/initiatives/own/)")
    unpublish(own, None, at=timezone.now() + timedelta(days=9))
    first = make_initiative(section=camp.section, slug="first")
    unpublish(first, None, at=timezone.now() + timedelta(days=5))
    publish(change(first, body="[The own page](/initiatives/own/)"), None, "A link.")
    publish(change(own, summary="A typo less."), None, "A typo.")


def test_a_link_to_a_place_that_is_about_to_leave_is_refused_too(camp):
    document = make_document(title="A plan", slug="plan")
    unpublish(document, None, at=timezone.now() + timedelta(days=9))
    with pytest.raises(ValidationError, match="“A plan”, which leaves the site"):
        make_initiative(section=camp.section, body="[The plan](/documents/#plan)")
    make_initiative(section=camp.section, body="[All documents](/documents/)")


def test_a_document_that_texts_name_is_listed_with_them(as_, edith, camp):
    document = make_document(title="A study")
    camp.documents.add(document)
    publish(camp, None)
    text = words(as_(edith).get(url("unpublish", document)).content.decode())
    assert "These initiatives name it. They stay, without it: Camp" in text


# Deleting


def test_a_parent_is_not_deleted_and_what_it_holds_is_listed_with_what_to_do(as_, edith, camp):
    for item, child in ((camp.section.pillar, camp.section), (camp.section, camp)):
        text = as_(edith).get(url("delete", item)).content.decode()
        assert "cannot be deleted while other items need it" in text
        assert f'<a href="{url("change", child)}">' in text
        response = as_(edith).post(url("delete", item), {"post": "yes"})
        assert response.status_code == 200
        assert type(item).objects.filter(pk=item.pk).exists()
        assert is_live(item)


def test_an_agency_that_initiatives_name_is_not_deleted(as_, edith, camp):
    agency = make_agency(title="Police")
    camp.participations.create(agency=agency, role="lead")
    assert (
        f'<a href="{url("change", camp)}">Camp</a>' in as_(edith).get(url("delete", agency)).content.decode()
    )
    assert as_(edith).post(url("delete", agency), {}).status_code == 200
    assert is_live(agency)


def test_a_place_is_taken_out_of_initiatives_as_drafts(as_, edith, camp):
    place = make_place(title="Park")
    camp.places.add(place)
    publish(camp, None)
    assert "taken out of 1 initiative," in as_(edith).get(url("delete", place)).content.decode()
    as_(edith).post(url("delete", place), {})
    assert camp.revisions.last().fields["places"] == []
    assert camp.revisions.last().live_from is None


def test_deleting_says_that_the_text_stays_and_where(as_, edith):
    item = make_initiative(title="Camp")
    assert "Removed items" in as_(edith).get(url("delete", item)).content.decode()
    response = as_(edith).post(url("delete", item), {"reason": "It closed."}, follow=True)
    assert "“Camp” was deleted." in response.content.decode()
    assert "Camp" in as_(edith).get(reverse("admin:removed")).content.decode()
    assert Revision.objects.get(key=item.key, withdrawn=True).note == "It closed."


def test_a_draft_that_was_never_public_is_deleted_by_whoever_may_delete(as_, edith):
    item = make_initiative(publish=False)
    as_(edith).post(url("delete", item), {})
    assert not Initiative.objects.exists()


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_others_are_refused(as_, arthur, rita, camp, name):
    for method in ("get", "post"):
        for person in (arthur, rita):
            assert getattr(as_(person), method)(url(name, camp)).status_code == 403
    assert is_live(camp)


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_other_methods_and_other_items_are_refused(as_, edith, camp, name):
    assert as_(edith).put(url(name, camp)).status_code == 405
    assert as_(edith).get(camp.desk_path(name, 987654)).status_code == 404


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_the_question_costs_a_fixed_number_of_queries(as_, edith, camp, name, django_assert_max_num_queries):
    for number in range(12):
        make_initiative(section=camp.section, title=f"Other {number}", body="[The camp](/initiatives/camp/)")
    client = as_(edith)
    with django_assert_max_num_queries(25):
        assert client.get(url(name, camp)).status_code == 200
