"""What a page says of itself so that nobody is misled: a day that is not over, words that went, numbers
that are missing.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.publishing.publish import publish, unpublish
from initiatives.report import comparison
from tests.builders import change, make_initiative, make_pillar, make_section, make_site
from tests.initiatives.reading import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def camp(db):
    make_site()
    section = make_section(pillar=make_pillar(slug="part"), slug="youth")
    return make_initiative(section=section, slug="camp", title="Camp", body="It is open.")


def banner(client, days):
    day = timezone.localdate() + timedelta(days=days)
    told = client.get(f"/as-of/{day}/initiatives/camp/").content.decode()
    return words(told[told.index('class="past"') : told.index("</aside>")])


def test_a_day_that_is_not_over_is_not_called_the_past(client, camp):
    told = banner(client, 0)
    assert "This day is not over" in told and "Digest of the whole report so far" in told
    assert "at the end of" not in told


def test_a_day_to_come_is_not_called_the_past_and_has_no_digest(client, camp):
    told = banner(client, 1)
    assert "That day has not come yet" in told
    assert "the past." not in told and "Digest" not in told


@pytest.mark.parametrize("path", ["/initiatives/camp/", "/report/"])
def test_a_page_from_which_words_were_removed_leads_to_the_reason(client, camp, path):
    assert "the law asked for words to go" not in words(page(client, path))
    change(camp, body="\\[removed\\] opens it.")
    publish(camp, None, "A name went.")
    told = page(client, path)
    assert "the law asked for words to go" in words(told) and 'href="/record/"' in told
    past = page(client, f"/as-of/{timezone.localdate()}{path}")
    assert 'href="/record/"' in past and "the law asked for words to go" in words(past)


def test_words_that_were_removed_from_a_row_are_told_of_too(client, camp):
    camp.links.create(label="About [removed]", url="https://example.org/")
    publish(camp, None, "A name went.")
    assert "the law asked for words to go" in words(page(client, "/initiatives/camp/"))


def test_a_backslash_of_the_markdown_is_not_shown_as_a_change(camp):
    old = camp.revisions.get()
    change(camp, body="\\[removed\\] opens it.")
    new = publish(camp, None, "A name went.")
    assert "\\" not in comparison.between(old, new)[0].html


def test_numbers_of_versions_that_were_drafts_are_explained(client, camp):
    assert "were drafts" not in words(page(client, "/initiatives/camp/history/"))
    change(camp, body="A draft.")
    change(camp, body="It is closed.")
    publish(camp, None, "It closed.")
    assert "Numbers that are missing here were drafts" in words(page(client, "/initiatives/camp/history/"))


def test_a_version_compared_with_itself_is_called_that(client, camp):
    assert "There is only one version so far" in words(page(client, "/initiatives/camp/compare/?from=1&to=1"))
    change(camp, body="It is closed.")
    publish(camp, None, "It closed.")
    assert "These are one and the same" in words(page(client, "/initiatives/camp/compare/?from=1&to=1"))


def test_a_page_that_is_gone_leads_to_what_it_said(client, camp):
    unpublish(camp, None, "It ended.")
    response = client.get("/initiatives/camp/")
    assert response.status_code == 410
    assert 'href="/initiatives/camp/history/"' in response.content.decode()
