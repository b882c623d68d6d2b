"""The whole report is whole: all that its pages say stands in it, and every status leads to its meaning."""

import re

import pytest
from django.utils.timezone import localdate

from initiatives.models import Initiative, Upload
from initiatives.publishing.publish import publish
from initiatives.report.wording import MEANINGS
from tests.builders import make_document, make_initiative, make_site, make_upload
from tests.feedback.test_answers import make_answer
from tests.initiatives.reading import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def full():
    make_site(introduction="It is about *all* of it.")
    image = make_upload("Park", Upload.Sort.IMAGE, b"\xff\xd8\xff", "jpg", "image/jpeg")
    item = make_initiative(
        title="Summer Camp",
        slug="camp",
        publish=False,
        body="Days.",
        status="recurring",
        image=image,
        image_alt="Tents",
    )
    item.documents.add(make_document(title="Camp Study", slug="camp-study"))
    item.links.create(label="How to join", url="https://example.org/join")
    item.amounts.create(amount=5, purpose="to train")
    publish(item, None)
    make_answer(item)
    return item


def test_it_has_introduction_documents_answers_statuses_and_all_that_an_initiative_says(client, full):
    text = client.get("/report/").content.decode()
    page = words(text)
    for part in (
        "Why this report",
        "It is about all of it.",
        "Camp Study",
        "There is no copy",
        "How to join",
        "$5 (grant): to train",
    ):
        assert part in page, part
    assert (
        'alt="Tents"' in text
        and 'href="https://example.org/join"' in text
        and 'href="#document.camp-study"' in text
    )
    assert "You asked for longer hours" in page
    for status, meaning in MEANINGS.items():
        assert f'id="status-{status}"' in text and meaning in page
    assert not [name for name in set(re.findall(r'\bid="([^"]+)"', text)) if text.count(f' id="{name}"') > 1]


def test_every_fragment_it_leads_to_is_in_it(client, real_report):
    text = client.get("/report/").content.decode()
    ids = set(re.findall(r'\bid="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) - ids == set()


def test_it_costs_the_same_whatever_it_shows(client, full, django_assert_num_queries):
    with django_assert_num_queries(4):  # the tree, its texts, the reviews, the answers' texts
        client.get("/report/")
    for number in range(5):
        other = make_initiative(title=f"Other {number}", publish=False)
        other.documents.add(make_document(title=f"Study {number}"))
        other.links.create(label="Where", url="https://example.org/")
        publish(other, None)
        make_answer(other, slug=f"answer-{number}")
    with django_assert_num_queries(4):
        client.get("/report/")


def test_every_status_has_a_meaning():
    assert list(MEANINGS) == Initiative.Status.values


@pytest.mark.parametrize("path", ["/", "/report/", "/initiatives/camp/", "section", "/about/"])
@pytest.mark.parametrize("past", [False, True])
def test_a_status_on_any_page_leads_to_its_meaning(client, full, clock, path, past):
    prefix = f"/as-of/{localdate(clock.now)}" if past else ""
    path = f"/{full.section.pillar.slug}/{full.section.slug}/" if path == "section" else path
    text = client.get(f"{prefix}{path}").content.decode()
    address, _, name = re.search(r'class="status-link"\s+href="([^"]+)"', text)[1].partition("#")
    assert address == f"{prefix}/about/"
    assert f'id="{name}"' in client.get(address).content.decode()
