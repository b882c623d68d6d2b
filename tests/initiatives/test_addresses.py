"""Addresses last: an old one leads to where the item is now, one of something taken off says so, others
lead nowhere.
"""

import pytest
from django.utils import timezone

from initiatives.publishing.publish import publish, save_draft, unpublish
from tests.builders import make_initiative, make_many, make_pillar, make_section, make_site
from tests.initiatives.reading import words

pytestmark = pytest.mark.django_db


def republish(item, **changes):
    for name, value in changes.items():
        setattr(item, name, value)
    item.save()
    publish(item, by=None)
    return item


def moved(client, path):
    response = client.get(path)
    assert response.status_code == 301, path
    assert response["Cache-Control"] == "public, no-cache"
    return response["Location"]


def test_an_old_slug_of_an_initiative_leads_to_the_new_one(client):
    item = make_initiative(slug="first")
    republish(item, slug="second")
    republish(item, slug="third")
    assert (
        moved(client, "/initiatives/first/") == moved(client, "/initiatives/second/") == "/initiatives/third/"
    )


def test_old_slugs_of_pillars_and_sections_lead_on(client):
    pillar = make_pillar(slug="old-part")
    section = make_section(pillar=pillar, slug="old-section")
    republish(pillar, slug="part")
    republish(section, slug="jobs")
    assert moved(client, "/old-part/") == "/part/"
    assert moved(client, "/old-part/old-section/") == moved(client, "/part/old-section/") == "/part/jobs/"
    assert moved(client, "/old-part/jobs/") == "/part/jobs/"


def test_a_section_that_moved_to_another_pillar_is_found_from_the_old_one(client):
    here, there = make_pillar(slug="here"), make_pillar(slug="there")
    section = make_section(pillar=here, slug="jobs")
    republish(section, pillar=there)
    assert moved(client, "/here/jobs/") == "/there/jobs/"
    assert moved(client, "/nowhere/jobs/") == "/there/jobs/"
    assert client.get("/there/jobs/").status_code == 200


def test_a_sub_section_leads_to_its_place_on_the_page_of_its_section(client):
    section = make_section(pillar=make_pillar(slug="part"), slug="jobs")
    sub = make_section(parent=section, slug="hiring")
    assert moved(client, "/part/hiring/") == "/part/jobs/#hiring"
    republish(sub, slug="training")
    assert moved(client, "/part/hiring/") == "/part/jobs/#training"
    assert 'id="training"' in client.get("/part/jobs/").content.decode()


def test_an_unpublished_item_is_gone_in_the_sites_look(client):
    make_site(title="The Portal")
    item = make_initiative(slug="camp", summary="Children swim.")
    republish(item, slug="summer-camp")
    unpublish(item, by=None)
    for path in ("/initiatives/camp/", "/initiatives/summer-camp/"):
        response = client.get(path)
        assert response.status_code == 410
        assert "no longer on the site" in response.content.decode()
        assert "The Portal" in response.content.decode()
        assert "Children swim." not in response.content.decode()


def test_a_withdrawn_page_says_when_and_why_it_went(client):
    unpublish(make_initiative(slug="camp", title="Summer Camp"), by=None, reason="The camp was closed.")
    text = words(client.get("/initiatives/camp/").content.decode())
    assert "“Summer Camp” was here. The city took it off the site on" in text
    assert "The reason given: The camp was closed." in text


def test_a_withdrawn_page_leads_to_what_took_its_place(client):
    section = make_section()
    old, new = (make_initiative(section=section, slug=slug) for slug in ("camp", "academy"))
    unpublish(old, by=None, successor=new)
    assert client.get("/initiatives/camp/")["Location"] == "/initiatives/academy/"
    unpublish(new, by=None)
    assert client.get("/initiatives/camp/").status_code == 410


def test_what_hangs_on_something_unpublished_is_gone_with_it_and_comes_back_with_it(client):
    item = make_initiative(slug="camp")
    unpublish(item.section, by=None)
    assert client.get("/initiatives/camp/").status_code == 410
    publish(item.section, by=None)
    assert client.get("/initiatives/camp/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/initiatives/camp/", "/camp/", "/part/camp/", "/initiatives/", "/part/jobs/camp/"]
)
def test_an_address_that_never_was_one_leads_nowhere(client, path):
    make_section(pillar=make_pillar(slug="part"), slug="jobs")
    assert client.get(path).status_code == 404


def test_the_slug_of_a_draft_leads_nowhere(client):
    item = make_initiative(slug="camp", publish=False)
    assert client.get("/initiatives/camp/").status_code == 404
    publish(item, by=None)
    item.slug = "future-camp"
    item.save()
    save_draft(item, by=None)
    assert client.get("/initiatives/future-camp/").status_code == 404
    assert client.get("/initiatives/camp/").status_code == 200


def test_what_is_scheduled_leads_nowhere_until_then(client):
    item = make_initiative(slug="camp", publish=False)
    item.revisions.update(live_from=timezone.now() + timezone.timedelta(hours=1))
    assert client.get("/initiatives/camp/").status_code == 404


def test_slugs_of_one_kind_are_no_addresses_of_another(client):
    make_initiative(slug="camp")
    assert client.get("/camp/").status_code == 404


def test_a_redirect_drops_the_query_and_never_leaves_the_site(client):
    republish(make_initiative(slug="first"), slug="second")
    assert moved(client, "/initiatives/first/?next=//evil.example/") == "/initiatives/second/"


def test_an_address_without_its_last_slash_leads_to_the_page(client):
    make_initiative(slug="camp")
    assert client.get("/initiatives/camp")["Location"] == "/initiatives/camp/"


@pytest.mark.parametrize("count", [10, 1000])
def test_a_redirect_and_a_page_that_is_gone_cost_few_queries(client, django_assert_max_num_queries, count):
    make_many(count)
    republish(make_initiative(slug="first"), slug="second")
    unpublish(make_initiative(slug="gone"), by=None)
    for path in ("/initiatives/first/", "/initiatives/gone/", "/initiatives/never/"):
        with django_assert_max_num_queries(6):
            client.get(path)
