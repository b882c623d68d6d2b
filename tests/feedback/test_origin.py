"""Who may send: the site's own pages, told by what the browser says; another site's form is refused with
the text kept.
"""

import pytest

from tests.feedback.conftest import typed


def send(post, page, headers, **more):
    return post({"page": page, "comment": "Keep me."}, headers=headers, **more)


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://an.address.behind.which.a.proxy.stands.example"},
        {"Origin": "http://testserver"},
        {"Origin": "HTTP://TestServer"},
        {"Origin": "https://testserver"},
        {},
        {"Referer": "https://elsewhere.example/"},
    ],
    ids=str,
)
def test_the_sites_own_form_is_taken(post, page, stored, headers):
    assert send(post, page, headers).status_code == 303
    assert len(stored()) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "same-origin, cross-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "http://evil.example/http://testserver"},
        {"Origin": "http://evil.example", "Referer": "http://testserver/"},
    ],
    ids=str,
)
def test_a_strangers_form_is_refused_with_the_text_to_copy(post, page, stored, headers):
    response = send(post, page, headers)
    assert (response.status_code, typed(response)) == (403, "Keep me.")
    assert stored() == []


def test_a_strangers_text_cannot_be_sent_on_from_the_refusal(post, page):
    text = send(post, page, {"Origin": "null"}).content.decode()
    assert 'action="/feedback/"' not in text
    assert "readonly" in text


def test_behind_a_proxy_the_sites_public_address_counts(post, page, settings):
    settings.SITE_URL = "https://safety.example.gov"
    settings.ALLOWED_HOSTS = ["app.internal"]
    own, other = {"Origin": "https://safety.example.gov"}, {"Origin": "https://example.gov"}
    assert send(post, page, own, HTTP_HOST="app.internal").status_code == 303
    assert send(post, page, other, HTTP_HOST="app.internal").status_code == 403


def test_where_a_proxy_ends_the_encryption_the_same_host_counts(post, page, settings):
    settings.ALLOWED_HOSTS = ["safety.example.gov"]
    assert (
        send(post, page, {"Origin": "https://safety.example.gov"}, HTTP_HOST="safety.example.gov").status_code
        == 303
    )


def test_a_host_that_is_not_ours_is_refused(post, page, stored):
    assert send(post, page, {"Origin": "http://evil.example"}, HTTP_HOST="evil.example").status_code == 400
    assert stored() == []
