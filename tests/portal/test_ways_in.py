"""Small ways in that led to a fault: rows of any table, signing in without a way on, line breaks in one line."""

import pytest
from django.contrib.contenttypes.models import ContentType

from initiatives.models import Initiative, Release
from tests.builders import make_site

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", ["1", "x", "9999999999999999999999", "0", "-1", "%00", "00000000-0000-0000-0000-000000000000"])
def test_no_row_of_any_table_has_an_address_by_its_number(as_, alice, key):
    client = as_(alice)
    for kind in (*ContentType.objects.values_list("pk", flat=True), "x", "99999999999999999999"):
        assert client.get(f"/admin/r/{kind}/{key}/").status_code in (404, 400), kind


@pytest.mark.parametrize("way", ["", "?next=", "?next=//evil.example/", "?next=https://evil.example/", "?next=/admin/desk/due/"])
def test_signing_in_leads_to_the_desk_whatever_the_way_on(client, edith, way):
    make_site()
    response = client.post(f"/admin/login/{way}", {"username": "edith", "password": "edith"}, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == ("/admin/desk/due/" if "due" in way else "/admin/")


BREAKS = ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"]


@pytest.mark.parametrize("way", BREAKS)
def test_a_line_break_in_a_line_is_a_space(as_, edith, way):
    client = as_(edith)
    typed = {"title": f"A{way}camp", "summary": f"For{way}all.", "_save": "Save"}
    names = ("participations", "amounts", "figures", "dates", "links")
    typed |= {f"{name}-{part}_FORMS": "0" for name in names for part in ("TOTAL", "INITIAL")}
    typed |= {"links-TOTAL_FORMS": "1", "links-0-label": f"More{way}here", "links-0-url": "https://example.org/"}
    response = client.post("/admin/initiatives/initiative/add/", typed)
    assert response.status_code == 302, response.content.decode()[-3000:]
    item = Initiative.objects.get()
    assert (item.title, item.slug, item.summary) == ("A camp", "a-camp", "For all.")
    assert item.links.get().label == "More here"
    assert item.revisions.last().title == "A camp"
    client.post("/admin/desk/releases/", {"name": f"Fall{way}2027"})
    assert Release.objects.get().name == "Fall 2027"
