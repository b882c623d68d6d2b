"""Error pages: in the site's look, saying what happened and what to do, even when the database is down."""

from unittest.mock import patch

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from portal import errors
from tests.builders import make_pillar, make_site

PAGE = "initiatives.views.pages.report_page"
LIVE = "initiatives.report.report.Report.live"


def text(response):
    return response.content.decode()


@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_the_ways_on(client):
    make_site(title="The Portal")
    make_pillar(title="Prevention", slug="prevention")
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert text(response).count("<h1>") == 1
    for words in (
        "There is no page at this address",
        'href="/"',
        'href="/report/"',
        'href="/prevention/"',
        "The Portal",
    ):
        assert words in text(response)


@pytest.mark.django_db
def test_a_form_from_before_the_sign_in_leads_back_to_itself():
    response = Client(enforce_csrf_checks=True).post("/admin/initiatives/pillar/add/", {"title": "Typed"})
    assert response.status_code == 403
    assert 'href="/admin/initiatives/pillar/add/"' in text(response)
    assert "kept in this browser" in text(response)


@pytest.mark.django_db
def test_an_empty_database_has_error_pages_too(client):
    assert client.get("/no/such/page/").status_code == 404


@pytest.mark.django_db
def test_error_pages_set_no_cookie_and_are_not_indexed(client):
    response = client.get("/no/such/page/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert '<meta name="robots" content="noindex">' in text(response)


def test_a_fault_of_ours_is_a_page_without_the_database(client):
    client.raise_request_exception = False
    with patch(LIVE, side_effect=RuntimeError("secret detail")):
        response = client.get("/report/")
    assert response.status_code == 500
    assert "Something went wrong on our side" in text(response)
    assert "secret detail" not in text(response)
    assert "no-store" in response.get("Cache-Control", "no-store")


def test_a_database_that_is_down_says_when_to_try_again(client):
    with patch(LIVE, side_effect=OperationalError("secret detail")):
        response = client.get("/report/")
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (
        503,
        "30",
        "no-store",
    )
    assert "The site cannot answer right now" in text(response)
    assert "secret detail" not in text(response)


def test_a_page_that_is_not_there_needs_no_database_either(client):
    with patch(LIVE, side_effect=OperationalError):
        response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "There is no page at this address" in text(response)


def test_a_request_that_cannot_be_understood(client):
    response = client.get("/report/?q=%00")
    assert response.status_code == 400
    assert "could not understand" in text(response)


@pytest.mark.django_db
def test_what_somebody_may_not_do():
    response = errors.forbidden(RequestFactory().get("/admin/x/"), PermissionDenied())
    assert response.status_code == 403
    assert "You may not see this page" in text(response)


@pytest.mark.parametrize("name", ["400", "403", "404", "410", "500", "503"])
def test_every_error_page_has_one_heading_a_title_and_no_form(name):
    page = render_to_string(f"errors/{name}.html", {"report": None})
    assert page.count("<h1>") == 1
    heading = page[page.index("<h1>") + 4 : page.index("</h1>")]
    assert f"<title>{heading}" in page
    assert "<form" not in page
    assert "call 911" in page
