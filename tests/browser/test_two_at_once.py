"""Two people at one form in a browser: both texts are seen, nothing is lost, and each knows of the other."""

import re

import pytest

from tests.browser.checks import accessible, fits
from tests.browser.test_form_safety import kept, opened, path, save


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_two_at_once_see_both_texts_and_lose_nothing(visit, sign_in, author, scripts):
    number, colleague = (26, "admin") if scripts else (27, author)
    first, second = (opened(visit, sign_in, number, name, scripts=scripts) for name in (colleague, "editor"))
    first.locator("#id_summary").fill("By the colleague.")
    first.locator("#id_status_note").fill("as the colleague says")
    save(first)
    second.locator("#id_summary").fill("By the editor.")
    second.locator("#id_title").fill(f"The editor's title {number}")
    save(second)
    question = second.get_by_role("group", name="Summary: both of you changed it")
    assert "colleague" in question.inner_text()
    assert "editor" in question.inner_text()
    if scripts:
        accessible(second)
        second.emulate_media(color_scheme="dark")
        second.set_viewport_size({"width": 320, "height": 800})
        accessible(second)
        fits(second)
    question.get_by_role("radio", name="Both: I merge them in this box").press("Space")
    question.get_by_role("textbox").fill("By both of us.")
    save(second)
    second.goto(path(number))
    assert second.locator("#id_summary").input_value() == "By both of us."
    assert second.locator("#id_status_note").input_value() == "as the colleague says"
    assert second.locator("#id_title").input_value() == f"The editor's title {number}"
    if scripts:
        assert kept(second) == 0


def test_each_sees_that_the_other_has_the_form_open_until_it_is_closed(visit, sign_in):
    first = opened(visit, sign_in, 28, "admin")
    second = opened(visit, sign_in, 28, "editor")
    assert re.search(
        r"admin is editing this now \(since \d+:\d\d [ap]\.m\.\)", second.locator("#presence").inner_text()
    )
    second.goto("/admin/desk/outline/")
    second.locator("#initiative-28").get_by_text("admin is editing").wait_for()
    accessible(second)
    first.goto("/admin/")
    second.goto(path(28))
    for _ in range(20):  # the browser sends the good-bye while it already shows the next page
        if second.locator("#presence").inner_text() == "":
            break
        second.wait_for_timeout(200)
        second.reload()
    assert second.locator("#presence").inner_text() == ""


def test_a_form_stops_asking_who_is_there_when_its_session_ends(visit, sign_in):
    page = sign_in(visit(), "editor")
    page.clock.install()
    with page.expect_response("**/presence/**") as answer:
        page.goto(path(29))
        page.clock.run_for(1_100)
    assert answer.value.json() == {"others": ""}
    page.context.clear_cookies()
    page.clock.run_for(31_000)
    page.get_by_text("You are signed out.").wait_for()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.run_for(120_000)
    assert asked == []
