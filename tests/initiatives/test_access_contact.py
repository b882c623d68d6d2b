"""Whom to ask about accessibility: what the city typed and nothing else; what is missing stands on the
desk.
"""

import pytest

from initiatives.models import Site
from initiatives.publishing.publish import publish
from tests.builders import make_site
from tests.conftest import REPORT
from tests.initiatives.reading import words

pytestmark = pytest.mark.django_db
CONTACT = {
    "access_phone": "555-0100, relay 711",
    "access_email": "access@city.example",
    "access_address": "1 Main Street, Testville",
    "access_formats": "large print",
}


def page(client):
    return client.get("/accessibility/").content.decode()


def test_the_page_names_what_the_city_typed_and_where_a_letter_goes(client):
    make_site(**CONTACT)
    text = words(page(client))
    assert all(value in text for value in CONTACT.values())
    assert "has not yet named" not in text
    assert 'href="mailto:access@city.example"' in page(client)


@pytest.mark.parametrize("name", CONTACT)
def test_each_part_stands_alone(client, name):
    make_site(**{name: CONTACT[name]})
    text = words(page(client))
    assert [one for one in CONTACT.values() if one in text] == [CONTACT[name]]


def test_nothing_is_invented_where_nothing_was_typed(client):
    make_site()
    assert "has not yet named" in words(page(client))
    assert "mailto:" not in page(client)


def test_what_is_missing_on_the_site_stands_on_the_desk_until_it_is_published(as_, alice):
    site = make_site()
    desk = words(as_(alice).get("/admin/").content.decode())
    assert "Missing on the page about accessibility 4" in desk
    for name, value in CONTACT.items():
        setattr(site, name, value)
    site.save()
    assert "Missing on the page about accessibility 4" in words(as_(alice).get("/admin/").content.decode())
    publish(site, by=None)
    assert "Missing on the page about accessibility" not in words(as_(alice).get("/admin/").content.decode())


def test_who_may_not_change_the_settings_is_not_told(as_, arthur, rita):
    make_site()
    for person in (arthur, rita):
        assert "about accessibility" not in as_(person).get("/admin/").content.decode()


def test_the_fixture_leaves_it_to_the_city():
    typed = (REPORT / "site.md").read_text()
    assert not any(name in typed for name in Site.access_contact)
