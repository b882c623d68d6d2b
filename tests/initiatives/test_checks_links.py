"""Where links lead: inside the site to what readers can open, outside to an address that is one."""

import re

import pytest

from initiatives.checks import examine
from initiatives.models import Initiative
from initiatives.publishing.publish import publish, unpublish
from tests.builders import (
    make_agency,
    make_document,
    make_initiative,
    make_pillar,
    make_section,
    make_site,
    make_upload,
)
from tests.initiatives.test_checks import PLAIN, errors, stops

pytestmark = pytest.mark.django_db


# Links inside the site


@pytest.fixture
def tree():
    """A little report with everything that has an address."""
    make_site()
    pillar = make_pillar(title="Prevention", slug="prevention")
    section = make_section(pillar=pillar, title="Jobs", slug="jobs")
    sub = make_section(parent=section, title="Training", slug="training")
    make_initiative(section=sub, title="Camp", slug="camp")
    make_document(title="Study", slug="study")
    return section


@pytest.mark.parametrize(
    "href",
    [
        "/",
        "/report/",
        "/report/#initiative.camp",
        "/documents/#study",
        "/prevention/",
        "/prevention#sections-heading",
        "/prevention/jobs/",
        "/prevention/jobs/#training",
        "/prevention/training/",
        "/initiatives/camp/",
        "/initiatives/camp/?from=here",
        "/initiatives/camp/#facts-heading",
        "/about/#main-content",
        "https://safety.example.gov/initiatives/camp/",
        "https://safety.example.gov",
        "/static/css/site.css",
        "/healthz",
        "mailto:a@example.org",
        "tel:+1-314-555-0123",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(tree, settings, href):
    settings.SITE_URL = "https://safety.example.gov"
    assert errors(f"See [the place]({href}).") == []


@pytest.mark.parametrize(
    ("href", "words"),
    [
        ("/nowhere/", "leads nowhere: the site has no page /nowhere/"),
        ("/initiatives/nothing/", "leads nowhere: the site has no page /initiatives/nothing/"),
        ("/a/b/c/", "leads nowhere: the site has no page /a/b/c/"),
        ("https://safety.example.gov/nowhere/", "leads nowhere: the site has no page /nowhere/"),
        ("/prevention/jobs/#none", "leads to a page that has no place “#none”"),
        ("/documents/#none", "leads to a page that has no place “#none”"),
        ("#none", "leads to a page that has no place “#none”"),
        ("/report/#initiative.none", "leads to a page that has no place “#initiative.none”"),
        ("/admin/", "leads to the editors' desk"),
        ("/admin/initiatives/initiative/1/change/", "leads to the editors' desk"),
        (f"/media/documents/{'0' * 64}.pdf", "leads to a file that is not here"),
        ("/static/none.css", "there is no file /static/none.css"),
        ("camp/", "begins without “/”"),
        ("www.example.org/a", "Write https://www.example.org/a"),
        ("example.org/a", "Write https://example.org/a"),
        ("//example.org/a", "Write https://example.org/a"),
        ("ftp://example.org/a", "begins with “ftp:”, which the site leaves out"),
        ("https://example/", "has an address that is none"),
        ("https://exa mple.org/".replace(" ", "%20"), "has an address that is none"),
        ("http://[/", "has an address that is none"),
        ("mailto:", "needs an email address"),
        ("tel:none!", "needs a phone number"),
        ("<>", "has no address"),
    ],
)
def test_a_link_that_leads_nowhere_stops_the_publish(tree, settings, href, words):
    settings.SITE_URL = "https://safety.example.gov"
    item = make_initiative(section=tree, **PLAIN)
    item.body = f"See [the place]({href})."
    found = [finding.message for finding in examine(item).errors]
    assert len(found) == 1, found
    assert found[0].startswith("The link “the place” on line 1 ")
    assert words in found[0]


def test_a_link_to_an_unpublished_page_stops_the_publish_and_names_it(tree):
    make_initiative(title="Bridge Program", slug="bridge", publish=False)
    assert stops("[The program](/initiatives/bridge/)", "leads to “Bridge Program”, which is not published")


def test_a_link_to_a_page_that_was_unpublished_stops_the_publish_and_names_it(tree):
    unpublish(make_initiative(title="Bridge Program", slug="bridge"), by=None)
    assert stops("[The program](/initiatives/bridge/)", "leads to “Bridge Program”, which is not published")


def test_a_link_to_a_page_whose_section_is_not_published_stops_the_publish(tree):
    make_initiative(title="Below", slug="below", section=tree)
    unpublish(tree, by=None)
    assert stops("[The program](/initiatives/below/)", "leads to “Below”, which is not published")


def test_a_link_to_an_old_address_that_redirects_is_fine(tree):
    item = Initiative.objects.get(slug="camp")
    item.slug = "summer-camp"
    item.save()
    publish(item, by=None)
    assert errors("[The camp](/initiatives/camp/)") == []


def test_a_link_to_the_page_itself_is_fine_before_it_is_first_published():
    assert errors("[This program](/initiatives/mine/)", slug="mine") == []


def test_a_link_to_an_uploaded_file_is_fine():
    assert errors(f"[The study](/media/{make_upload().file.name}#page=3)") == []


def test_links_of_any_kind_of_item_are_looked_at():
    agency = make_agency(publish=False, summary="See [the place](/nowhere/).")
    assert [finding.field for finding in examine(agency).errors] == ["summary"]


@pytest.mark.parametrize("links", [1, 40])
def test_an_examination_costs_a_fixed_number_of_queries(tree, links, django_assert_max_num_queries):
    body = "\n\n".join(
        f"[A page](/initiatives/camp/) [nothing](/initiatives/no-{n}/) [a file](/media/documents/{n:064}.pdf)"
        for n in range(links)
    )
    item = make_initiative(publish=False, body=body, **PLAIN)
    with django_assert_max_num_queries(20):
        assert len(examine(item).errors) == 2 * links


def test_every_place_on_every_page_can_be_linked_to(client, camp):
    paths = ["/", "/report/", "/documents/", "/prevention/", "/prevention/children/", "/initiatives/camp/"]
    for path in paths:
        # Forms that other parts of the site put on a page are not places to link to.
        ids = set(re.findall(r' id="([^"]+)"', client.get(path).content.decode()))
        for name in sorted(one for one in ids if not one.startswith("feedback")):
            assert errors(f"[The place]({path}#{name})") == [], f"{path}#{name}"


# Links to other sites


def test_an_outside_link_without_encryption_is_advice():
    item = make_initiative(publish=False, body="[The plan](http://example.org/)", **PLAIN)
    item.links.create(label="The study", url="http://example.org/2")
    found = examine(item)
    assert not found.errors
    assert [finding.field for finding in found.advice] == ["body", "links"]
    assert "Use https://" in found.advice[0].message


def test_an_outside_link_with_encryption_is_not():
    assert not examine(make_initiative(publish=False, body="[The plan](https://example.org/)", **PLAIN))
