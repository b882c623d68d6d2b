"""The desk's history: every revision, two compared, one brought back."""

import pytest
from django.urls import reverse

from initiatives.models import Initiative, Revision, Section
from initiatives.publishing.publish import publish
from initiatives.publishing.restore import restore
from tests.builders import change, make_agency, make_audience, make_initiative, make_section
from tests.initiatives.reading import words

pytestmark = pytest.mark.django_db


def history(item):
    return reverse("admin:item_history", args=[item.key])


def bring_back(item, number):
    return reverse("admin:item_restore", args=[item.key, number])


def test_it_shows_every_revision_drafts_included(as_, arthur):
    item = change(make_initiative(title="First"), title="Second draft")
    text = words(as_(arthur).get(history(item)).content.decode())
    assert "1: First" in text
    assert "2: Second draft" in text
    assert "Draft" in text


def test_the_forms_own_history_button_leads_there(as_, arthur):
    item = make_initiative()
    response = as_(arthur).get(reverse("admin:initiatives_initiative_history", args=[item.pk]))
    assert response["Location"] == history(item)


def test_any_two_are_compared(as_, arthur):
    item = change(make_initiative(summary="It serves 40."), summary="It serves 50.")
    text = words(as_(arthur).get(f"{history(item)}?from=1&to=2").content.decode())
    assert "[removed: 40. ] [added: 50. ]" in text
    assert as_(arthur).get(f"{history(item)}?from=1&to=9").status_code == 404


def test_what_changed_is_said_of_drafts_too(as_, arthur):
    item = change(make_initiative(publish=False, summary="Old."), summary="New.", status="completed")
    page = words(as_(arthur).get(history(item)).content.decode())
    assert "First draft" in page
    assert "Wording, Status" in page


def test_another_place_in_the_list_is_a_difference(as_, arthur):
    item = change(make_initiative(position=1), position=2)
    page = words(as_(arthur).get(f"{history(item)}?from=1&to=2").content.decode())
    assert "Both say the same, at another place in the list." in page
    change(item, title="New")
    page = words(as_(arthur).get(f"{history(item)}?from=1&to=3").content.decode())
    assert "Version 3 stands at another place." in page


def test_an_old_one_comes_back_as_a_draft_with_all_its_rows(as_, arthur):
    item = make_initiative(publish=False, title="Old")
    item.participations.create(agency=make_agency(), role="lead")
    item.audiences.add(make_audience())
    item.amounts.create(amount="10.10", per="hour")
    item.figures.create(value=12, value_to=18, unit="years old")
    item.dates.create(date="2015-12", label="It runs")
    item.links.create(label="The camp", url="https://camp.example.org/")
    publish(item, by=None)
    old = item.revisions.last()
    item.amounts.all().delete()
    item.participations.all().delete()
    publish(change(item, title="New"), by=None)
    response = as_(arthur).post(bring_back(item, old.number), follow=True)
    assert response.status_code == 200
    newest = item.revisions.last()
    assert (newest.digest, newest.live_from, newest.author_name) == (old.digest, None, "arthur")
    assert item.revisions.live().get().title == "New"


def test_the_text_in_the_form_is_not_offered_to_be_restored(as_, arthur):
    item = change(make_initiative(title="First"), title="Second draft")
    page = as_(arthur).get(history(item)).content.decode()
    assert bring_back(item, 1) in page
    assert bring_back(item, 2) not in page
    item.delete()
    assert bring_back(item, 2) in as_(arthur).get(history(item)).content.decode()


def test_a_deleted_item_is_found_and_comes_back_under_its_old_key(as_, edith):
    item = make_initiative(title="Gone", slug="gone")
    key, client = item.key, as_(edith)
    client.post(reverse("admin:initiatives_initiative_delete", args=[item.pk]), {"post": "yes"})
    assert "Gone" in client.get(reverse("admin:removed")).content.decode()
    client.post(reverse("admin:item_restore", args=[key, 1]))
    back = Initiative.objects.get()
    assert (back.key, back.slug) == (key, "gone")
    assert not Revision.objects.live().filter(key=key).exists()
    publish(back, by=None)
    assert client.get("/initiatives/gone/").status_code == 200


def test_what_hung_on_something_removed_says_what_to_restore_first(as_, edith):
    item = make_initiative()
    section = item.section
    item.delete()
    section.delete()
    response = as_(edith).post(bring_back(item, 1), follow=True)
    assert "Restore that first." in str(next(iter(response.context["messages"])))
    assert not Initiative.objects.exists()
    restore(Revision.objects.get(key=section.key), by=None)
    as_(edith).post(bring_back(item, 1))
    assert Initiative.objects.get().section == Section.objects.get(key=section.key)


def test_an_address_that_another_has_by_now_is_not_taken_from_it(as_, edith):
    item = make_initiative(slug="camp", publish=False)
    change(item, slug="old-camp")
    make_initiative(slug="camp", section=item.section, publish=False)
    response = as_(edith).post(bring_back(item, 1), follow=True)
    assert "belongs to another" in str(next(iter(response.context["messages"])))
    item.refresh_from_db()
    assert item.slug == "old-camp"


def test_sections_come_back_where_they_hung(as_, edith):
    section = make_section()
    sub = make_section(parent=section, title="Old")
    other = make_section()
    change(sub, title="New", parent=other)
    as_(edith).post(bring_back(sub, 1))
    sub.refresh_from_db()
    assert (sub.title, sub.parent, sub.pillar) == ("Old", section, None)


def test_who_may_not_change_an_item_does_not_restore_it(as_, rita, client):
    item = make_initiative()
    assert as_(rita).post(bring_back(item, 1)).status_code == 403
    assert item.revisions.count() == 1


def test_restoring_is_a_post(as_, edith):
    item = make_initiative()
    assert as_(edith).get(bring_back(item, 1)).status_code == 405
