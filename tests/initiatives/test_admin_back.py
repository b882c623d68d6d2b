"""The way back from an item's form to the page of the desk that led there."""

import pytest

from tests.builders import make_agency

pytestmark = pytest.mark.django_db


def form_of(item):
    return f"/admin/initiatives/agency/{item.pk}/change/"


def test_the_form_shows_the_way_back(as_, edith):
    page = as_(edith).get(f"{form_of(make_agency())}?back=/admin/feedback/comment/%3Fq=a").content.decode()
    assert '<a href="/admin/feedback/comment/?q=a">Back to where you came from</a>' in page


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/admin/", "/about/", "javascript:1", ""]
)
def test_no_other_place_is_led_to(as_, edith, back):
    page = as_(edith).get(form_of(make_agency()), {"back": back}).content.decode()
    assert "Back to where you came from" not in page


def test_the_way_back_stays_after_the_form_is_saved(as_, edith):
    item, client = make_agency(), as_(edith)
    address = f"{form_of(item)}?back=/admin/feedback/comment/"
    form = client.get(address).context["adminform"].form
    fields = {field.name: field.value() for field in form if field.value() not in (None, False)}
    response = client.post(address, {**fields, "title": "Parks", "_draft": "1"})
    assert response["Location"] == f"{form_of(item)}?back=%2Fadmin%2Ffeedback%2Fcomment%2F"
