"""The address of one answer stays below a share link, and in the past."""

import pytest

from feedback.models import Answer
from initiatives.desk import share_links
from initiatives.report import drafts
from tests.builders import change, make, make_site

pytestmark = pytest.mark.django_db


def test_the_address_of_an_answer_stays_below_the_link_and_leads_to_its_draft(client):
    make_site()
    answer = make(Answer, title="Lamps", slug="lamps", body="We lit them.")
    change(answer, body="We lit them all.")
    base = share_links.link_path(
        share_links.make_share_link(drafts.scope_named(str(answer.key)), 7, "x", None)
    )
    response = client.get(f"{base}you-said-we-did/lamps/")
    assert response.url == f"{base}you-said-we-did/#lamps"
    assert "We lit them all." in client.get(response.url).content.decode()
    assert client.get(f"{base}you-said-we-did/lamps").url == f"{base}you-said-we-did/lamps/"
    assert client.get(f"{base}you-said-we-did/nowhere/").status_code == 404
    begun = client.get(f"{base}?begin").url
    assert begun == f"{base}you-said-we-did/#lamps"


def test_the_address_of_an_answer_leads_to_it_on_a_past_day(client, clock):
    clock.set("2026-03-01 12:00")
    make_site()
    make(Answer, title="Lamps", slug="lamps", body="We lit them.")
    clock.set("2026-03-05 12:00")
    assert (
        client.get("/as-of/2026-03-01/you-said-we-did/lamps/").url
        == "/as-of/2026-03-01/you-said-we-did/#lamps"
    )
