"""The feedback form in a browser, in each state, with and without scripts, by keyboard alone: accessible,
and nothing lost.
"""

import re

import pytest

from tests.browser.checks import accessible, fits, unfold_form

TEXT = "Where is it held?\nI could not find it."
BOTH = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])


@pytest.fixture
def form(visit):
    """Open a page with the form: form(scripts=False, width=320)."""

    def open_page(path="/about/", **more):
        page = visit(
            expect_errors=True, **more
        )  # the browser itself reports a status such as 422 as an error
        page.goto(path)
        unfold_form(page)
        return page

    return open_page


def send(page):
    page.get_by_role("button", name="Send feedback").click()


def sound(page, scripts):
    """Fail where the page is cut off or, as axe sees it, closed to somebody; axe itself cannot run without
    scripts.
    """
    fits(page)
    if scripts:
        accessible(page)


@BOTH
@pytest.mark.parametrize("width", [320, 1280])
def test_every_state_is_accessible_and_fits(form, width, scripts):
    page = form(scripts=scripts, width=width)
    sound(page, scripts)
    send(page)
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.locator(".error-summary").evaluate("box => box === document.activeElement")
    sound(page, scripts)
    page.get_by_label("Your comment").fill("word " * 100 + "verylongword" * 20)
    send(page)
    page.get_by_role("link", name="240 characters too long").wait_for()
    assert page.locator("#feedback-past-limit mark").inner_text() == "verylongword" * 20
    sound(page, scripts)
    page.get_by_label("Your comment").fill(TEXT)
    send(page)
    page.get_by_role("heading", name="Thank you").wait_for()
    sound(page, scripts)
    assert page.context.cookies() == []


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
def test_what_is_too_much_is_marked_while_one_types(form, dark):
    page = form(dark=dark)
    past = page.locator("#feedback-past-limit")
    assert not past.is_visible()
    page.get_by_label("Your comment").fill("👩" * 500 + "three")
    assert past.locator("mark").inner_text() == "three"
    accessible(page)
    page.get_by_label("Your comment").fill("👩" * 500)
    assert not past.is_visible()


def test_with_scripts_one_stays_on_the_page_and_the_thanks_take_the_focus(form):
    page = form()
    before = page.url
    page.get_by_label("Yes", exact=True).check()
    send(page)
    heading = page.get_by_role("heading", name="Thank you")
    heading.wait_for()
    assert heading.evaluate("one => one === document.activeElement")
    assert page.url == before
    assert page.locator("h1").count() == 1


@BOTH
def test_by_keyboard_alone(form, scripts):
    page = form(scripts=scripts)
    page.get_by_role("link", name="What we keep").focus()
    for key in ("Tab", "Space", "ArrowDown", "Tab"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.id") == "feedback-comment"
    page.keyboard.type("By keyboard.")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Send feedback"
    assert page.get_by_label("No", exact=True).is_checked()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thank you").wait_for()


def test_the_box_for_robots_is_neither_seen_nor_reached_nor_announced(form):
    page = form()
    box = page.locator("[name=second_comment]")
    assert not box.is_visible()
    assert page.get_by_role("textbox").count() == page.get_by_role("textbox", include_hidden=True).count() - 1
    assert "empty" not in page.locator(".feedback").aria_snapshot()
    box.evaluate("box => box.focus()")
    assert page.evaluate("document.activeElement.name") != "second_comment"


def test_a_double_click_sends_once(form):
    page, sent = form(), []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.get_by_label("Yes", exact=True).check()
    page.get_by_role("button", name="Send feedback").dblclick()
    page.get_by_role("heading", name="Thank you").wait_for()
    assert len(sent) == 1


def test_where_no_answer_comes_the_text_stays_and_the_next_try_is_the_same_sending(form):
    page, sent = form(), []

    def lose(route):
        sent.append(dict(re.findall(r"(\w+)=([^&]*)", route.request.post_data)))
        if len(sent) == 1:
            route.fetch(max_redirects=0)  # it arrives and is stored; the answer is lost
            route.abort()
        else:
            route.continue_()

    page.route("**/feedback/", lose)
    page.get_by_label("Your comment").fill(TEXT)
    send(page)
    page.get_by_text("No answer came").wait_for()
    assert page.get_by_label("Your comment").input_value() == TEXT
    accessible(page)
    send(page)
    page.get_by_role("heading", name="Thank you").wait_for()
    assert len(sent[0]["once"]) == 32
    assert sent[0]["once"] == sent[1]["once"]


@pytest.mark.parametrize("return_by", ["Back", "a reload"])
def test_who_leaves_after_a_lost_answer_and_comes_back_sends_the_same_again(form, return_by):
    page, sent = form(), []

    def lose(route):
        sent.append(re.search(r"once=(\w+)", route.request.post_data)[1])
        route.abort()

    page.route("**/feedback/", lose)
    for _ in range(2):
        page.get_by_label("Your comment").fill(TEXT)
        send(page)
        page.get_by_text("No answer came").wait_for()
        if return_by == "Back":
            page.goto("/privacy/")
            page.go_back()
        else:
            page.reload()
            if not page.get_by_label("Your comment").is_visible():
                unfold_form(page)
    assert len(set(sent)) == 1
    page.goto("/privacy/")
    page.goto("/about/")  # a new visit
    unfold_form(page)
    page.get_by_label("Your comment").fill(TEXT)
    send(page)
    page.get_by_text("No answer came").wait_for()
    assert len(set(sent)) == 2


def test_the_title_says_that_something_is_wrong_only_while_it_is(form):
    page = form()
    before = page.title()
    send(page)
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: Your feedback was not sent")
    page.get_by_label("Yes", exact=True).check()
    send(page)
    page.get_by_role("heading", name="Thank you").wait_for()
    assert page.title() == before


@BOTH
def test_an_answer_that_is_no_page_of_ours_is_shown_as_it_is_and_back_has_the_text(form, scripts):
    page = form(scripts=scripts)
    page.get_by_label("Your comment").fill(TEXT)
    page.route(
        "**/feedback/",
        lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>", content_type="text/html"),
    )
    send(page)
    page.get_by_role("heading", name="Bad gateway").wait_for()
    page.go_back()
    assert page.get_by_label("Your comment").input_value() == TEXT


@BOTH
def test_what_cannot_be_stored_can_be_copied_and_sent_again(form, site, scripts):
    page = form(scripts=scripts, width=320)
    page.get_by_label("Your comment").fill(TEXT)
    with site.start.locked("feedback_comment"):
        send(page)
        page.get_by_role("heading", name="Something went wrong on our side").wait_for()
    assert page.locator(".error-summary").evaluate("box => box === document.activeElement")
    assert page.get_by_label("Your comment").input_value() == TEXT
    assert page.get_by_role("button", name="Copy your text").is_visible() == scripts
    sound(page, scripts)
    if scripts:
        page.get_by_role("button", name="Copy your text").press("Enter")
        page.get_by_text("Copied.").wait_for()
        page.get_by_label("Your comment").fill("")
        page.get_by_label("Your comment").press("Control+v")
        assert page.get_by_label("Your comment").input_value() == TEXT
    send(page)
    page.get_by_role("heading", name="Thank you").wait_for()


def test_what_a_stranger_sent_can_be_copied_from_the_refusal(form):
    page = form()
    form_html = (
        '<form method="post" action="{}/feedback/"><input name="comment" '
        'value="Mine."><button>Go</button></form>'
    )
    page.route(
        "http://elsewhere.example/",
        lambda route: route.fulfill(body=form_html.format(page.url[:-7]), content_type="text/html"),
    )
    page.goto("http://elsewhere.example/")
    page.get_by_role("button", name="Go").click()
    page.get_by_role("button", name="Copy your text").click()
    page.get_by_text("Copied.").wait_for()
    accessible(page)
    page.goto("/about/")
    unfold_form(page)
    page.get_by_label("Your comment").focus()
    page.keyboard.press("Control+v")
    assert page.get_by_label("Your comment").input_value() == "Mine."
