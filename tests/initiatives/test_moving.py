"""A draft with another slug or another parent: the desk says what becomes of the address and what leads to
the old one.
"""

import pytest

from initiatives.checks import examine
from initiatives.links.moves import moves, old_links
from initiatives.publishing.publish import publish
from tests.builders import change, make_document, make_initiative, make_pillar, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    return make_section(
        pillar=make_pillar(title="Prevention", slug="prevention"), title="Children", slug="children"
    )


def told(item):
    return [(move.old, move.new) for move in moves(item)]


def test_a_new_slug_moves_the_page(section):
    item = change(make_initiative(section=section, slug="camp"), slug="summer-camp")
    assert told(item) == [("/initiatives/camp/", "/initiatives/summer-camp/")]
    message = "The address /initiatives/camp/ will lead to /initiatives/summer-camp/ once published."
    assert message in [finding.message for finding in examine(item).advice]


def test_a_new_parent_moves_a_section_and_what_is_on_its_page(section):
    make_section(parent=section, slug="summer")
    make_initiative(section=section, slug="camp")
    change(section, pillar=make_pillar(slug="justice"))
    assert told(section) == [
        ("/prevention/children/", "/justice/children/"),
        ("/prevention/children/#summer", "/justice/children/#summer"),
    ]


def test_a_place_on_a_page_is_said_to_be_lost(section):
    document = change(make_document(slug="study"), slug="great-study")
    assert "find the page alone" in moves(document)[0].message


def test_what_leads_to_the_old_address_is_listed_live_or_draft(section, as_, edith):
    item = make_initiative(section=section, slug="camp")
    make_initiative(section=section, title="Linker", body="[The camp](/initiatives/camp/)")
    make_initiative(section=section, title="Drafted", body="[The camp](/initiatives/camp/)", publish=False)
    change(item, slug="summer-camp")
    assert [mention.source.title for mention in old_links(moves(item))] == ["Linker", "Drafted"]
    page = as_(edith).get(item.desk_path("change", item.pk)).content.decode()
    assert "A new address" in page
    assert "Linker</a>" in page
    assert "Drafted</a>" in page


@pytest.mark.parametrize("changes", [{}, {"title": "New"}])
def test_nothing_is_said_where_no_address_changes(section, as_, edith, changes):
    item = change(make_initiative(section=section), **changes)
    assert moves(item) == []
    assert "A new address" not in as_(edith).get(item.desk_path("change", item.pk)).content.decode()


def test_a_draft_that_was_never_public_has_no_address_to_lose(section):
    assert moves(change(make_initiative(section=section, publish=False), slug="other")) == []


def test_after_the_publish_the_old_address_leads_to_the_new_one(section, client):
    item = change(make_initiative(section=section, slug="camp"), slug="summer-camp")
    publish(item, by=None)
    assert client.get("/initiatives/camp/").url == "/initiatives/summer-camp/"
    assert moves(item) == []
