"""A fix of what is on the site while a colleague's draft waits, in a browser and on a phone."""

from tests.browser.checks import accessible, fits, publish, uncut

FORM = "/admin/initiatives/initiative/90/change/"


def test_a_fix_goes_out_beside_a_colleagues_draft_and_into_it(visit, sign_in, author):
    author, editor = sign_in(visit(), author), sign_in(visit(), "editor")
    author.goto(FORM)
    author.get_by_label("Summary").fill("A summary that is not finis")
    author.get_by_role("button", name="Save draft").press("Enter")
    author.get_by_text("The draft is saved.").wait_for()

    editor.goto(FORM)
    assert "This form holds the draft of author" in editor.locator(".held").inner_text()
    editor.get_by_label("Minor change").check()
    editor.get_by_role("button", name="Publish", exact=True).press("Enter")
    editor.get_by_text("This form holds an unfinished draft of author.").wait_for()
    look(editor)
    editor.goto(FORM)
    editor.get_by_role("link", name="Edit what is on the site now").press("Enter")
    editor.get_by_text("This form holds the text that is on the site now.").wait_for()
    look(editor)
    title = editor.get_by_label("Title").input_value()
    editor.locator("#id_title").fill(f"{title} mended")
    editor.locator("#id_summary").fill("A summary that is finished.")
    editor.get_by_label("Minor change").check()
    editor.get_by_role("button", name="Publish", exact=True).press("Enter")
    editor.get_by_text("what waits changes it too").first.wait_for()
    look(editor)
    editor.locator("[name=waiting][value=carry]").check()
    editor.get_by_label("What it says already").check()
    editor.get_by_role("button", name="Publish", exact=True).press("Enter")
    editor.get_by_text("what waits goes on waiting. It has your change too.").wait_for()
    assert editor.locator("#id_title").input_value() == f"{title} mended"
    assert editor.locator("#id_summary").input_value() == "A summary that is not finis"
    look(editor)
    editor.get_by_label("Minor change").check()
    publish(editor)
    editor.get_by_text("is published").wait_for()


def look(page):
    """Hold a page against what every page must hold, wide and on a phone."""
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 900})
        accessible(page)
        fits(page)
        uncut(page)
    page.set_viewport_size({"width": 1280, "height": 900})
