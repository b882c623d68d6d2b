"""Where addresses lead of what is off the site: to what took its place, however often, or to the word that
it is gone.
"""

from itertools import pairwise

import pytest

from initiatives.publishing.publish import publish, unpublish
from tests.builders import make_initiative, make_pillar, make_section, make_site
from tests.initiatives.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(db):
    make_site()
    return make_section(pillar=make_pillar(slug="prevention"), title="Children", slug="children")


def chain(section, *slugs):
    return [make_initiative(section=section, title=slug.capitalize(), slug=slug) for slug in slugs]


def leads(client, path):
    response = client.get(path)
    return response.url if response.status_code in (301, 302) else response.status_code


def test_an_address_follows_a_successor_that_was_itself_replaced(client, section):
    camp, school, club = chain(section, "camp", "school", "club")
    unpublish(camp, None, successor=school)
    assert leads(client, "/initiatives/camp/") == "/initiatives/school/"
    unpublish(school, None, successor=club)
    assert leads(client, "/initiatives/camp/") == "/initiatives/club/"
    assert leads(client, "/initiatives/school/") == "/initiatives/club/"


def test_an_address_follows_a_successor_that_was_renamed_or_moved(client, section):
    other = make_section(pillar=make_pillar(slug="justice"), slug="courts")
    successor = make_section(pillar=section.pillar, slug="youth")
    unpublish(section, None, successor=successor)
    successor.slug, successor.pillar = "young-people", other.pillar
    successor.save()
    publish(successor, None)
    assert leads(client, "/prevention/children/") == "/justice/young-people/"


def test_a_successor_that_is_withdrawn_without_one_ends_in_the_reason_of_what_was_asked_for(client, section):
    camp, school = chain(section, "camp", "school")
    unpublish(camp, None, "The camp closed.", successor=school)
    unpublish(school, None, "The school closed.")
    response = client.get("/initiatives/camp/")
    assert response.status_code == 410
    assert "The camp closed." in response.content.decode()


def test_a_circle_of_successors_is_gone_and_never_goes_round(client, section):
    camp, school = chain(section, "camp", "school")
    unpublish(camp, None, successor=school)
    unpublish(school, None, successor=camp)
    assert leads(client, "/initiatives/camp/") == 410


def test_what_vanished_with_a_section_leads_to_what_took_the_sections_place(client, section):
    sub = make_section(parent=section, slug="summer")
    chain(section, "camp"), chain(sub, "pool")
    unpublish(section, None, successor=make_section(pillar=section.pillar, slug="youth"))
    for path in ("/initiatives/camp/", "/initiatives/pool/", "/prevention/summer/", "/prevention/children/"):
        assert leads(client, path) == "/prevention/youth/"


def test_what_vanished_with_a_section_without_successor_says_so_and_why(client, section):
    chain(section, "camp")
    unpublish(section, None, "The program ended.")
    response = client.get("/initiatives/camp/")
    assert response.status_code == 410
    text = words(response.content.decode())
    assert "It was part of “Children”, which the city took off the site" in text
    assert "The program ended." in text


def test_the_reason_of_the_page_itself_comes_before_that_of_what_it_hung_on(client, section):
    (camp,) = chain(section, "camp")
    unpublish(camp, None, "The camp closed.")
    unpublish(section, None, "The program ended.", successor=make_section(pillar=section.pillar))
    assert "The camp closed." in client.get("/initiatives/camp/").content.decode()


def test_what_is_published_again_has_its_address_back(client, section):
    camp, school = chain(section, "camp", "school")
    unpublish(camp, None, successor=school)
    publish(camp, None)
    assert leads(client, "/initiatives/camp/") == 200


@pytest.mark.parametrize("length", [2, 12])
def test_a_chain_costs_a_fixed_number_of_queries(client, section, length, django_assert_max_num_queries):
    items = chain(section, *(f"item-{number}" for number in range(length)))
    for former, successor in pairwise(items):
        unpublish(former, None, successor=successor)
    with django_assert_max_num_queries(3):
        assert leads(client, "/initiatives/item-0/") == f"/initiatives/item-{length - 1}/"


def test_a_link_to_what_has_a_successor_is_no_dead_link_to_the_checks(section):
    camp, school = chain(section, "camp", "school")
    unpublish(camp, None, successor=school)
    club = make_initiative(section=section, body="[The camp](/initiatives/camp/)")
    assert club.revisions.live().exists()
