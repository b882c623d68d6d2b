"""The thank-you page: a way back to a page of this site, never to another place."""

import pytest


def test_it_leads_back_to_the_page(client, page):
    text = client.get("/feedback/thanks/", {"page": page}).content.decode()
    assert f'href="{page}"' in text
    assert "Night Basketball" in text


def test_it_leads_to_what_the_city_answered_and_says_whom_to_call(client, page):
    text = client.get("/feedback/thanks/", {"page": page}).content.decode()
    assert 'href="/you-said-we-did/"' in text
    assert "nobody watches it. In an emergency, call 999." in " ".join(text.split())


def test_what_was_sent_leads_to_it(post, page, client):
    response = client.get(post({"page": page, "helpful": "yes"})["Location"])
    assert response.status_code == 200
    assert f'href="{page}"' in response.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example/",
        "javascript:evil.example",
        '"><b>evil.example</b>',
        "%E9",
    ],
)
def test_another_address_is_neither_followed_nor_shown(client, page, wrong):
    response = client.get("/feedback/thanks/", {"page": wrong})
    assert response.status_code == 200
    assert b"evil.example" not in response.content


@pytest.mark.parametrize(
    "query", ["", "page=%FF%FE", "page=%ED%A0%80", "page", "page=/&page=//evil.example/", "a=1&" * 3000]
)
def test_odd_queries_do_no_harm(client, page, query):
    response = client.get(f"/feedback/thanks/?{query}")
    assert response.status_code in {200, 400}
    assert b"evil.example" not in response.content


def test_it_does_not_ask_for_feedback_again(client, page):
    assert b"<textarea" not in client.get("/feedback/thanks/", {"page": page}).content


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_it_can_only_be_read(client, page, method):
    assert getattr(client, method)("/feedback/thanks/").status_code == 405
