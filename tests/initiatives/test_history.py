"""The public history: versions with dates, notes and computed kinds of change; two of them compared."""

import hashlib
import re
from datetime import timedelta
from functools import partial

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from initiatives.models import KINDS, Revision
from initiatives.publishing.publish import publish, save_draft, schedule, unpublish
from initiatives.report import changes, comparison
from tests.builders import change, make, make_agency, make_initiative, make_pillar, make_section, make_site
from tests.initiatives.reading import page, words

pytestmark = pytest.mark.django_db


def republish(item, note="", minor=False, **fields):
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return publish(item, by=None, note=note, minor=minor)


@pytest.fixture
def camp(clock):
    """A camp with three public versions and a draft after them."""
    clock.set("2026-03-01 12:00")
    make_site()
    section = make_section(pillar=make_pillar(slug="part"), slug="youth")
    item = make_initiative(
        section=section, slug="camp", title="Camp", summary="It serves 40 children.", body="One.\n\nTwo."
    )
    clock.set("2026-03-05 12:00")
    republish(item, "We counted again.", summary="It serves 50 children.")
    clock.set("2026-03-09 12:00")
    republish(item, minor=True, status="completed")
    clock.set("2026-03-20 12:00")
    item.title = "A secret draft"
    item.save()
    save_draft(item, by=None)
    return item


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("summary", "Other words.", "wording"),
        ("title", "Another name", "wording"),
        ("slug", "another-address", "address"),
        ("status", "completed", "status"),
        ("status_note", "by the Board", "status"),
        ("image_alt", "A park", "image"),
    ],
)
def test_the_kind_of_a_change_is_computed_from_what_changed(field, value, kind):
    item = make_initiative()
    assert republish(item, **{field: value}).change_kinds == [kind]


@pytest.mark.parametrize(
    ("relation", "row", "kind"),
    [
        ("amounts", {"amount": 5}, "figures"),
        ("figures", {"value": 5, "unit": "people"}, "figures"),
        ("dates", {"date": "2016"}, "dates"),
        ("links", {"label": "The camp", "url": "https://camp.example.org/"}, "links"),
    ],
)
def test_a_change_of_a_row_is_named_whatever_the_editor_ticked(relation, row, kind):
    item = make_initiative()
    getattr(item, relation).create(**row)
    assert republish(item, minor=True).change_kinds == [kind]


def test_several_kinds_are_all_named():
    item = make_initiative()
    item.participations.create(agency=make_agency())
    assert republish(item, title="New", section=make_section()).change_kinds == ["wording", "people", "moved"]


def test_what_goes_out_between_changes_what_the_scheduled_version_changes(clock):
    clock.set("2026-03-01 12:00")
    item = make_initiative(title="One")
    item.title = "Three"
    item.save()
    scheduled = schedule(item, by=None, at=clock.now.replace(day=9))
    clock.set("2026-03-02 12:00")
    republish(item, title="Three", status="completed")
    scheduled.refresh_from_db()
    assert scheduled.change_kinds == ["status"]


def test_the_history_names_every_public_version_and_no_draft(client, camp):
    text = page(client, "/initiatives/camp/history/")
    told = words(text)
    assert [told.index(day) for day in ("March 9, 2026", "March 5, 2026", "March 1, 2026")] == sorted(
        told.index(day) for day in ("March 9, 2026", "March 5, 2026", "March 1, 2026")
    )
    assert "We counted again." in told
    assert "Status Said to be minor" in told
    assert "secret" not in text


def test_a_text_that_went_out_after_a_newer_one_is_explained(client, camp, clock):
    change(camp, title="Written first")
    first = schedule(camp, None, clock.now + timedelta(days=9), "First.")
    change(camp, title="Written later")
    publish(camp, None, "Later.")
    explained = "Here they stand in the order in which they went out, newest first."
    assert explained not in client.get("/initiatives/camp/history/").content.decode()
    clock.now += timedelta(days=10)
    page = client.get("/initiatives/camp/history/").content.decode()
    assert explained in page
    assert date_format(localtime(first.live_from), "F j, Y, g:i a e") in page


def test_sections_and_pillars_have_a_history_too(client, camp):
    for path in ("/part/history/", "/part/youth/history/"):
        assert "First published" in page(client, path)


def test_a_page_leads_to_its_history(client, camp):
    for path in ("/part/", "/part/youth/", "/initiatives/camp/"):
        assert f'href="{path}history/"' in page(client, path)


def test_a_version_keeps_its_address_its_words_and_its_digest(client, camp):
    text = page(client, "/initiatives/camp/history/1/")
    assert "It serves 40 children." in text
    assert camp.revisions.get(number=1).digest in text
    assert "March 5, 2026" in words(text)
    assert 'rel="canonical"' not in text


def test_a_draft_has_no_public_address(client, camp):
    draft = camp.revisions.last().number
    assert client.get(f"/initiatives/camp/history/{draft}/").status_code == 404
    assert client.get(f"/initiatives/camp/compare/?from=1&to={draft}").status_code == 404
    assert client.get("/initiatives/camp/history/99/").status_code == 404


def test_an_old_address_leads_to_the_history_at_the_new_one(client, camp):
    republish(camp, slug="summer-camp")
    assert client.get("/initiatives/camp/history/")["Location"] == "/initiatives/summer-camp/history/"
    assert (
        client.get("/initiatives/camp/compare/?from=1&to=2")["Location"]
        == "/initiatives/summer-camp/compare/?from=1&to=2"
    )


def test_what_was_withdrawn_keeps_its_history(client, camp):
    unpublish(camp, by=None, reason="It closed.")
    told = words(page(client, "/initiatives/camp/history/"))
    assert "Taken off the site It closed." in told
    number = camp.revisions.last().number
    assert "It closed." in page(client, f"/initiatives/camp/history/{number}/")


def test_what_never_was_has_no_history(client, camp):
    draft = make_initiative(slug="draft", publish=False)
    for slug in ("nothing", draft.slug):
        assert client.get(f"/initiatives/{slug}/history/").status_code == 404


def test_words_that_went_are_struck_and_words_that_came_are_marked(client, camp):
    text = page(client, "/initiatives/camp/compare/?from=1&to=2")
    assert "<del>" in text
    assert re.search(r"<del>.*40.*</del>.*<ins>.*50.*</ins>", text)
    assert "It serves [removed: 40 ] [added: 50 ] children." in words(text)


def test_compare_shows_the_newest_change_unless_asked_for_another(client, camp):
    told = words(page(client, "/initiatives/camp/compare/"))
    assert "[removed: Ongoing ] [added: Completed ]" in told
    assert "Summary" not in told


def test_compare_reads_from_the_older_to_the_newer_whichever_way_it_is_asked(client, camp):
    told = words(page(client, "/initiatives/camp/compare/?from=2&to=1"))
    assert "[added: 50 ]" in told


def test_rows_are_compared_as_rows_in_words():
    item = make_initiative()
    agency = make_agency(title="The Police")
    item.amounts.create(amount=5_000_000, purpose="to train")
    old = republish(item)
    item.amounts.all().delete()
    item.amounts.create(amount=6_000_000, purpose="to train")
    item.participations.create(agency=agency)
    found = {one.label: words(one.html) for one in comparison.between(old, republish(item))}
    assert found == {
        "Money": "[removed: $5 million (grant): to train ] [added: $6 million (grant): to train ]",
        "Agencies and partners": "[added: The Police (lead) ]",
    }


def test_what_differs_comes_in_the_order_of_the_form_on_every_database():
    item = make_initiative(image_alt="", summary="Old.", body="Old.", status="ongoing")
    old = Revision.objects.get(key=item.key)
    item.figures.create(value=5, unit="people")
    republish(item, title="New", body="New.", summary="New.", status="completed", image_alt="A park")
    found = [
        one.name for one in comparison.between(old, Revision.objects.filter(key=item.key).latest("number"))
    ]
    assert found == ["title", "summary", "body", "status", "image_alt", "figures"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_has_its_place_in_that_order(kind):
    makers = {"section": make_section, "initiative": make_initiative, "site": make_site}
    item = makers.get(kind, partial(make, KINDS[kind]))()
    assert set(comparison.told_fields(item.snapshot())) <= set(changes.ORDER)


def test_a_draft_name_of_another_item_is_not_told():
    agency = make_agency(title="Public name")
    agency.title = "Draft name"
    agency.save()
    save_draft(agency, by=None)
    item = make_initiative()
    old = item.revisions.last()
    item.participations.create(agency=agency)
    assert "Public name" in comparison.between(old, republish(item))[0].html


def test_text_that_looks_like_html_is_shown_as_text():
    item = make_initiative(summary="<b>old</b>")
    old = item.revisions.last()
    assert "<b>" not in comparison.between(old, republish(item, summary="<b>new</b>"))[0].html


def test_paragraphs_that_stay_are_not_marked():
    item = make_initiative(body="One.\n\nTwo.")
    old = item.revisions.last()
    html = comparison.between(old, republish(item, body="One.\n\nTwo.\n\nThree."))[0].html
    assert words(html) == "One. Two. [added: Three. ]"


def test_every_recorded_field_of_every_kind_has_a_label():
    for item in (make_site(), make_initiative()):
        for name in comparison.told_fields(item.revisions.last()):
            assert comparison.field_name(item.kind, name)[0].isupper()


def test_every_kind_of_change_has_words():
    assert set(changes.FIELDS.values()) <= set(changes.KINDS)


@pytest.mark.parametrize("versions", [2, 40])
def test_a_history_costs_a_fixed_number_of_queries(client, camp, versions, django_assert_max_num_queries):
    for n in range(versions):
        republish(camp, summary=f"Version {n}.")
    for path in ("/initiatives/camp/history/", "/initiatives/camp/compare/", "/initiatives/camp/history/1/"):
        with django_assert_max_num_queries(6):
            assert client.get(path).status_code == 200


def test_anyone_can_make_the_digest_of_a_version_again_from_what_the_site_gives_away(client, camp):
    text = page(client, "/initiatives/camp/history/2/")
    assert 'href="/initiatives/camp/history/2.json"' in text
    response = client.get("/initiatives/camp/history/2.json")
    assert response["Content-Type"] == "application/json"
    assert hashlib.sha256(response.content).hexdigest() == camp.revisions.get(number=2).digest
    assert camp.revisions.get(number=2).digest in text


def test_a_draft_and_a_version_that_is_not_there_give_nothing_away(client, camp):
    assert client.get("/initiatives/camp/history/4.json").status_code == 404
    assert client.get("/initiatives/camp/history/9.json").status_code == 404
    assert client.get("/initiatives/nowhere/history/1.json").status_code == 404
    assert client.post("/initiatives/camp/history/1.json").status_code == 405


def test_the_past_has_the_text_of_a_version_too(client, camp):
    assert client.get("/as-of/2026-03-05/initiatives/camp/history/2.json").status_code == 200
    assert client.get("/as-of/2026-03-05/initiatives/camp/history/3.json").status_code == 404
