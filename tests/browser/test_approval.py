"""A second pair of eyes in a browser: submit, return, mend, approve and publish, and what residents then
read.
"""

import re

from tests.browser.checks import accessible, fits


def test_an_author_submits_an_editor_returns_it_and_then_approves_and_publishes(visit, sign_in, author):
    author, form = sign_in(visit(), author), "/admin/initiatives/initiative/5/change/"
    author.goto(form)
    summary = author.get_by_label("Summary")
    old = summary.input_value()
    summary.fill(f"{old} It begins soon.")
    author.get_by_label("Message to the approver").fill("A first try.")
    author.get_by_role("button", name="Submit for approval").press("Enter")
    author.get_by_text("waits for approval. You are told here").wait_for()
    accessible(author)
    assert author.get_by_role("button", name="Approve").count() == 0

    editor = sign_in(visit(), "editor")
    task = editor.locator(".need-to-decide li").filter(has_text="A first try.")
    accessible(editor)
    task.get_by_role("link").click()
    accessible(editor)
    assert "It begins soon." in editor.locator(".draft-differences ins").all_inner_texts()[-1]
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
    author.get_by_label("Change note (proposed)").fill("It says when it begins.")
    author.get_by_role("button", name="Submit for approval").press("Enter")
    author.get_by_text("waits for approval. You are told here").wait_for()

    editor.goto(form)
    assert editor.get_by_label("Change note for the public").input_value() == "It says when it begins."
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
    for path in ("/admin/desk/due/", "/admin/desk/emails/"):
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


def test_where_two_pairs_of_eyes_are_asked_nobody_publishes_their_own_words(visit, sign_in, author):
    admin, editor, author = (
        sign_in(visit(expect_errors=name == "editor"), name) for name in ("admin", "editor", author)
    )
    form = "/admin/initiatives/initiative/33/change/"
    second_pair(admin, asked=True)
    try:
        editor.goto(form)
        editor.get_by_label("Summary").fill("The editor's own words.")
        editor.get_by_label("Minor change").check()
        editor.get_by_role("button", name="Publish", exact=True).press("Enter")
        editor.get_by_text("choose “Submit for approval”").wait_for()
        editor.get_by_role("button", name="Submit for approval").press("Enter")
        editor.get_by_text("Next: an editor who did not write it.").wait_for()
        assert editor.get_by_role("button", name="Approve").count() == 0
        accessible(editor)
        box = editor.locator(".approval-box form")
        with editor.expect_navigation() as navigation:
            box.evaluate(
                """(form) => {
                    const button = form.querySelector("button[name=do]");
                    button.value = "approve";
                    button.click();
                }"""
            )
        assert navigation.value.status == 403
        author.goto(form)
        author.get_by_text("Next: an editor who did not write it.").wait_for()
        assert author.locator(".approval-box").get_by_role("button").count() == 0
        admin.goto(form)
        admin.locator(".approval-box").get_by_label("Minor change").check()
        admin.get_by_role("button", name="Approve and publish").press("Enter")
        admin.get_by_text("is approved and published").wait_for()
    finally:
        second_pair(admin, asked=False)


def second_pair(admin, asked):
    admin.goto("/admin/initiatives/site/1/change/")
    admin.get_by_label("A second pair of eyes").set_checked(asked)
    admin.get_by_role("button", name="Save draft").press("Enter")
    admin.get_by_text("The draft is saved.").wait_for()
