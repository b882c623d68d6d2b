"""The admin's own lists name the pages of the desk, each to those who may open it."""

import re

import pytest

pytestmark = pytest.mark.django_db
PAGES = [
    *[
        "Outline of the report",
        "Scheduled",
        "Releases",
        "Due for review",
        "Preview all drafts",
        "Share links",
    ],
    *["Export and import", "Removed items", "Remove for good", "E-mails to me"],
]


def named(response):
    """Return words and address of each page of the desk in a page's list."""
    table = re.search(r'<div class="app-desk.*?</table>', response.content.decode(), re.DOTALL)
    return [
        (words, path)
        for path, words in re.findall(
            r'<th scope="row".*?<a href="([^"]+)"[^>]*>([^<]+)', table[0], re.DOTALL
        )
    ]


@pytest.mark.parametrize("path", ["/admin/", "/admin/initiatives/pillar/", "/admin/desk/outline/"])
def test_every_page_of_the_admin_names_the_desks_pages_in_one_order(as_, alice, path):
    assert [words for words, _ in named(as_(alice).get(path))] == PAGES


def test_where_one_is_is_said_once(as_, alice):
    for path, current in (
        ("/admin/desk/outline/", "Outline of the report"),
        ("/admin/initiatives/pillar/", "Pillars"),
    ):
        page = as_(alice).get(path).content.decode()
        assert re.findall(r'aria-current="page">([^<]+)', page) == [current]
        assert page.count("current-app") == 1


def test_who_is_shown_a_page_may_open_it(as_, edith, arthur, alice):
    for user in (edith, arthur, alice):
        client = as_(user)
        for words, path in named(client.get("/admin/")):
            assert client.get(path).status_code == 200, (user, words)


def test_what_only_administrators_may_do_is_named_to_them_alone(as_, edith):
    assert [words for words, _ in named(as_(edith).get("/admin/"))] == [
        words for words in PAGES if words != "Remove for good"
    ]


def test_a_reviewer_sees_none_of_it_and_no_page_of_one_app_does(as_, rita, alice):
    assert b"app-desk" not in as_(rita).get("/admin/").content
    assert [app["app_label"] for app in as_(alice).get("/admin/feedback/").context["app_list"]] == [
        "feedback"
    ]
