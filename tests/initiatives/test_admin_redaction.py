"""The administrators' page that removes for good: what goes is shown, then confirmed with a reason."""

import re

import pytest

from initiatives.models import Redaction
from tests.builders import make_agency, make_initiative, make_many, make_upload

pytestmark = pytest.mark.django_db
URL = "/admin/desk/redact/"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def shown(response):
    return re.search(r'name="shown" value="(\w+)"', response.content.decode())[1]


def test_an_administrator_sees_what_will_change_and_then_removes_it(as_, alice):
    item = make_initiative(title="Roe's camp", slug="roe-camp", summary="It is led by Roe and others.")
    client = as_(alice)
    preview = client.post(URL, {"words": "roe"})
    text = text_of(preview)
    assert "This changes 1 public version, 0 drafts or scheduled versions and 1 other text." in text
    assert "It is led by Roe and others." in text
    assert "<mark>Roe</mark>" in preview.content.decode()
    assert "The address “roe-camp” becomes “removed-camp”" in text
    item.refresh_from_db()
    assert item.title == "Roe's camp"
    response = client.post(
        URL,
        {"words": "roe", "reason": "A court said so.", "shown": shown(preview), "_confirm": "1"},
        follow=True,
    )
    assert "It is removed for good, and the record says so. 1 version changed." in text_of(response)
    assert f"by {alice}: A court said so." in text_of(response)
    item.refresh_from_db()
    assert item.title == "[removed]'s camp"
    assert Redaction.objects.get().by == alice


def test_every_place_can_be_read_before_it_is_confirmed(as_, alice):
    make_initiative(
        body="\n\n".join(
            f"In {year} Roe came, for the {number}th time." for number, year in enumerate(range(2001, 2012))
        )
    )
    page = as_(alice).post(URL, {"words": "roe"}).content.decode()
    assert "<summary>7 more</summary>" in page
    assert page.count("<mark>Roe</mark>") == 11


def test_a_file_is_chosen_shown_and_removed(as_, alice):
    upload = make_upload("A letter")
    client = as_(alice)
    preview = client.post(URL, {"file": upload.pk})
    assert "The file “A letter” is deleted." in text_of(preview)
    client.post(URL, {"file": upload.pk, "reason": "Private.", "shown": shown(preview), "_confirm": "1"})
    assert not upload.file.storage.exists(upload.file.name)
    assert "A letter" not in client.get(URL).content.decode()


def test_what_changed_since_it_was_shown_is_shown_again(as_, alice):
    make_agency(title="Roe")
    client = as_(alice)
    preview = client.post(URL, {"words": "roe"})
    make_agency(title="Another Roe")
    response = client.post(URL, {"words": "roe", "reason": "Why", "shown": shown(preview), "_confirm": "1"})
    assert "Somebody changed these texts in the meantime." in text_of(response)
    assert "Another Roe" in text_of(response)
    assert not Redaction.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Type the words that have to go"),
        ({"words": "x"}, "A single letter stands in every text"),
        ({"words": "nowhere"}, "These words stand nowhere in the report or its desk."),
        ({"file": "999"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_done_is_said(as_, alice, sent, said):
    make_agency(title="Roe")
    assert said in text_of(as_(alice).post(URL, {"csrf": "1", **sent}))


@pytest.mark.parametrize(
    ("reason", "said"), [("", "This field is required"), ("For Roe", "repeats what is removed")]
)
def test_a_reason_is_needed_and_must_not_repeat_the_words(as_, alice, reason, said):
    make_agency(title="Roe")
    client = as_(alice)
    seen = shown(client.post(URL, {"words": "roe"}))
    assert said in text_of(
        client.post(URL, {"words": "roe", "reason": reason, "shown": seen, "_confirm": "1"})
    )
    assert not Redaction.objects.exists()


def test_nobody_else_may(as_, client, edith, arthur, rita):
    make_agency(title="Roe")
    for person in (edith, arthur, rita):
        as_(person)
        assert client.get(URL).status_code == 403
        assert client.post(URL, {"words": "roe", "reason": "Why", "_confirm": "1"}).status_code == 403
        assert "Remove for good" not in client.get("/admin/").content.decode()
    client.logout()
    assert client.post(URL, {"words": "roe"}).status_code == 302
    assert not Redaction.objects.exists()


def test_the_desk_leads_an_administrator_there(as_, alice):
    assert f'href="{URL}"' in as_(alice).get("/admin/").content.decode()
    assert as_(alice).put(URL).status_code == 405


@pytest.mark.parametrize("count", [10, 1000])
def test_a_preview_costs_the_same_number_of_queries(as_, alice, count, django_assert_max_num_queries):
    make_many(count)
    client = as_(alice)
    with django_assert_max_num_queries(40):
        # and the section and the pillar that they stand under
        assert f"{count + 2} public versions" in text_of(client.post(URL, {"words": "summary"}))
