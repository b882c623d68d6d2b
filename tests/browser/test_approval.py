"""A second pair of eyes in a browser: submit, return, mend, approve and publish, and what residents then read."""

import re
import secrets

import pytest

from tests.browser.checks import accessible, fits


@pytest.fixture
def author(visit, sign_in, site):
    """A new author, whom the administrator gives an account; signed in on a page of their own."""
    name, password = f"author-{secrets.token_hex(3)}", secrets.token_urlsafe(15)
    admin = sign_in(visit(), "admin")
    admin.goto("/admin/auth/user/add/")
    admin.get_by_label("Username").fill(name)
    admin.locator("[name=password1]").fill(password)
    admin.locator("[name=password2]").fill(password)
    admin.get_by_role("button", name="Save", exact=True).click()
    admin.get_by_label("Staff status").check()
    admin.get_by_label("Author", exact=True).check()
    admin.get_by_role("button", name="Save", exact=True).click()
    admin.get_by_role("heading", level=1).wait_for()
    site.passwords[name] = password
    return sign_in(visit(), name)


def test_an_author_submits_an_editor_returns_it_and_then_approves_and_publishes(visit, sign_in, author):
    form = "/admin/initiatives/initiative/5/change/"
    author.goto(form)
    summary = author.get_by_label("Summary")
    old = summary.input_value()
    summary.fill(f"{old} It begins soon.")
    author.get_by_label("Word to the person who approves").fill("A first try.")
    author.get_by_role("button", name="Submit for approval").press("Enter")
    author.get_by_text("waits for approval. You are told here").wait_for()
    accessible(author)
    assert author.get_by_role("button", name="Approve").count() == 0

    editor = sign_in(visit(), "editor")
    task = editor.locator(".need-to-decide li").filter(has_text="A first try.")
    accessible(editor)
    task.get_by_role("link").click()
    accessible(editor)
    assert "It begins soon." in editor.locator(".approval-differences ins").all_inner_texts()[-1]
    editor.get_by_label("Remark for the author").fill("Say when it begins.")
    editor.get_by_role("button", name="Return with the remark").press("Enter")
    editor.get_by_text("is returned to its author").wait_for()
    accessible(editor)

    author.goto("/admin/")
    mine = author.locator(".need-returned li")
    assert "Say when it begins." in mine.inner_text()
    mine.get_by_role("link").click()
    author.get_by_role("link", name="Open the item").click()
    author.get_by_label("Summary").fill(f"{old} It begins in May.")
    author.get_by_role("button", name="Submit for approval").press("Enter")
    author.get_by_text("waits for approval. You are told here").wait_for()

    editor.goto(form)
    editor.get_by_label("Change note for the public").fill("It now says when it begins.")
    editor.get_by_role("button", name="Approve and publish").press("Enter")
    editor.get_by_text("is approved and published").wait_for()
    path = editor.get_by_role("link", name="View on site").get_attribute("href")
    accessible(editor)

    reader = visit(width=320)
    reader.goto(path)
    assert "It begins in May." in reader.get_by_role("main").inner_text()
    fits(reader)


def test_a_review_is_told_to_residents_and_is_no_change(visit, sign_in):
    editor = sign_in(visit(width=320), "editor")
    editor.goto("/admin/initiatives/initiative/6/change/")
    fits(editor)
    editor.get_by_role("button", name="Reviewed, nothing changed").press("Enter")
    editor.get_by_text("Your review is on record").wait_for()
    accessible(editor)
    for path in ("/admin/initiatives/pillar/due/", "/admin/initiatives/pillar/emails/"):
        editor.goto(path)
        fits(editor)
        accessible(editor)
    editor.goto("/admin/initiatives/initiative/6/change/")
    path = editor.get_by_role("link", name="View on site").get_attribute("href")
    reader = visit()
    reader.goto(path)
    foot = reader.locator(".page-foot").inner_text()
    assert re.search(r"Last reviewed: \w+ \d+, \d{4}\. Next review due: \w+ \d+, \d{4}\.", foot)
    accessible(reader)
