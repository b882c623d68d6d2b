"""The live counter, in a browser: it counts as the server counts, and speaks only at sensible moments."""

from urllib.parse import unquote_plus

import pytest
from django.db import connections

from feedback.models import Comment
from tests.browser.checks import unfold_form

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tab(chromium, live_server, page):
    """A tab with the page open."""
    tab = chromium.new_page()
    tab.goto(live_server.url + page)
    unfold_form(tab)
    yield tab
    tab.close()
    # While the browser runs the test has a connection of its own, beside the usual one.
    connections.close_all()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "500 characters left"),
        ("x" * 499, "1 character left"),
        ("👩" * 500, "0 characters left"),
        ("x" * 501, "1 character too many"),
        ("line\n" * 10, "450 characters left"),
        ("👨‍👩‍👧", "495 characters left"),
    ],
    ids=["empty", "one left", "emoji", "one too many", "line breaks", "joined emoji"],
)
def test_the_counter_counts_code_points_and_a_line_break_as_one(tab, text, words):
    tab.fill("#feedback-comment", text)
    assert tab.inner_text("#feedback-counter") == words


def test_what_the_counter_allows_the_server_takes_and_one_more_it_refuses_whole(tab):
    full = "👩\n" * 249 + "é!"
    assert len(full) == 500
    tab.fill("#feedback-comment", full + "?")
    tab.click("text=Send feedback")
    tab.get_by_role("heading", name="There is a problem").wait_for()
    assert tab.title().startswith("Error: ")
    assert tab.input_value("#feedback-comment") == full + "?"
    tab.fill("#feedback-comment", full)
    tab.click("text=Send feedback")
    tab.get_by_role("heading", name="Thank you").wait_for()
    assert Comment.objects.get().text == full


def test_nothing_is_spoken_while_there_is_plenty_of_room_or_at_every_key(tab):
    tab.clock.install()
    spoken = tab.locator("#feedback-spoken-counter")
    tab.fill("#feedback-comment", "x" * 100)
    tab.clock.run_for(5000)
    assert spoken.text_content() == ""
    tab.fill("#feedback-comment", "x" * 490)
    assert spoken.text_content() == ""
    tab.clock.run_for(1100)
    assert spoken.text_content() == "10 characters left"


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_an_error_takes_the_focus_and_leads_to_the_field(chromium, live_server, page, scripts):
    tab = chromium.new_page(java_script_enabled=scripts)
    tab.goto(live_server.url + page)
    unfold_form(tab)
    tab.click("text=Send feedback")
    tab.locator(".error-summary:focus").wait_for()
    tab.click(".error-summary a")
    tab.locator("#feedback-yes:focus").wait_for()


def test_it_works_without_scripts(chromium, live_server, page):
    tab = chromium.new_page(java_script_enabled=False)
    tab.goto(live_server.url + page)
    unfold_form(tab)
    assert not tab.locator("#feedback-counter").is_visible()
    tab.check("#feedback-yes")
    tab.click("text=Send feedback")
    assert "Thank you" in tab.inner_text("h1")
    tab.click("text=Back to")
    assert unquote_plus(tab.url).endswith(page)
    assert Comment.objects.get().helpful is True


def test_another_sites_form_is_refused_by_what_the_browser_says(chromium, live_server, page):
    tab = chromium.new_page()
    fields = f'<input name="page" value="{page}"><input name="comment" value="Forged">'
    form = f'<form method="post" action="{live_server.url}/feedback/">{fields}<button>Win</button></form>'
    tab.route("http://evil.example/", lambda route: route.fulfill(body=form, content_type="text/html"))
    tab.goto("http://evil.example/")
    tab.click("button")
    assert "not sent" in tab.inner_text("h1")
    assert Comment.objects.count() == 0
