"""The reviewers' inbox in a browser: with the keyboard, on a phone, without scripts; nothing for axe to
find.
"""

from uuid import uuid4

import pytest

from tests.browser.checks import accessible, fits

LIST = "/admin/feedback/comment/"


@pytest.fixture
def comments(visit):
    """Send three comments on a page as a resident does; return a word that they share and no others have."""
    word = f"w{uuid4().hex[:10]}"
    page = visit(scripts=False)
    for text in (
        f"{word} first, call 314-555-0142",
        f"{word} second",
        f"{word} third, Xavier Quill sells there",
    ):
        page.goto("/about/")
        page.locator("summary", has_text="Was this page helpful?").click()
        page.get_by_label("Yes", exact=True).check()
        page.locator("textarea[name=comment]").fill(text)
        page.locator("form[action='/feedback/'] button").click()
        page.get_by_role("heading", level=1).wait_for()
    return word


def rows(page):
    return page.locator(".inbox-row").count()


def test_every_page_of_it_is_accessible_and_fits_a_phone(visit, sign_in, comments):
    for width, dark in ((1280, False), (320, True)):
        page = sign_in(visit(width=width, dark=dark), "reviewer")
        for path in (
            "?state=all",
            f"?state=all&q={comments}",
            "?state=held&answer=no&assigned=x",
            "triage/?state=all",
            "rules/",
        ):
            page.goto(LIST + path)
            accessible(page)
            fits(page)
        page.goto(f"{LIST}?state=all&q={comments}+first")
        page.locator(".inbox-row a").first.click()
        accessible(page)
        fits(page)
        page.get_by_role("link", name="Redact…").click()
        accessible(page)
        fits(page)


def test_a_reviewer_goes_through_comments_with_the_keyboard_alone(visit, sign_in, comments):
    page = sign_in(visit(), "reviewer")
    page.goto(f"{LIST}triage/?state=all&q={comments}")
    assert "3 to go through" in page.get_by_role("main").inner_text()
    seen = set()
    for _ in range(3):
        page.locator(".sort-buttons button:focus").wait_for()
        seen.add(page.locator("#comment-text").inner_text())
        page.keyboard.press("Enter")
        page.locator(".done").wait_for()
    assert len(seen) == 3 and not any("555-0142" in text for text in seen)
    page.goto(
        f"{LIST}?state=held&q={comments}"
    )  # a rule may have held one that came too soon: it is released
    assert rows(page) == 0
    page.goto(f"{LIST}?state=all&q={comments}")
    assert page.locator(".state-comment-read, .state-comment-new").count() == 3


def test_many_are_sorted_at_once_and_taken_back(visit, sign_in, comments):
    page = sign_in(visit(), "reviewer")
    page.goto(f"{LIST}?state=all&q={comments}")
    page.get_by_label("Tick all on this page").check()
    page.get_by_role("button", name="Spam", exact=True).click()
    assert page.locator(".done [role=status]").inner_text() == "3 comments marked as spam."
    assert page.evaluate("document.activeElement.textContent") == "3 comments marked as spam."
    page.get_by_role("button", name="Undo").click()
    assert "3 comments as before" in page.locator(".done").inner_text()
    page.goto(f"{LIST}?state=spam&q={comments}")
    assert rows(page) == 0


def test_filters_and_tags_work_without_scripts(visit, sign_in, comments):
    page = sign_in(visit(scripts=False), "reviewer")
    page.goto(f"{LIST}?state=all&q={comments.upper()}")
    assert rows(page) == 3
    page.locator(".inbox-row input").first.check()
    page.get_by_text("Assign or tag").click()
    page.get_by_label("or a new tag").fill(comments)
    page.get_by_role("button", name="Add the tag").click()
    page.get_by_text("More filters").click() if not page.get_by_label("Language").is_visible() else None
    page.locator("select[name=tag]").first.select_option(label=comments)
    page.get_by_role("button", name="Filter", exact=True).click()
    assert rows(page) == 1
    assert f"q={comments.upper()}" in page.url and "state=all" in page.url


def test_words_are_redacted_for_good_after_a_look_at_the_result(visit, sign_in, comments):
    page = sign_in(visit(), "admin")
    page.goto(f"{LIST}?state=all&q={comments}+Quill")
    page.locator(".inbox-row h3 a").click()
    page.get_by_role("link", name="Redact…").click()
    page.get_by_label("Other words to remove").fill("Xavier Quill")
    page.get_by_label("Reason").fill("A private person")
    page.get_by_role("button", name="See the result first").click()
    assert "third, [removed] sells there" in page.get_by_role("status").inner_text()
    page.get_by_role("button", name="Remove for good").click()
    text = page.get_by_role("main").inner_text()
    assert "Redacted 1 passage: A private person" in text and "Quill" not in text
    page.get_by_role("link", name="Back to the inbox").click()
    assert f"q={comments}" in page.url
    assert rows(page) == 0
