"""An item's history at the desk in a browser: two versions compared, one brought back, a removed item too."""

import io

from PIL import Image

from tests.browser.checks import accessible, fits, tab_to, uncut


def test_versions_are_compared_and_an_author_brings_an_old_one_back_as_a_draft(visit, sign_in, author):
    author = sign_in(visit(), author)
    editor = sign_in(visit(), "editor")
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "PNG")
    editor.goto("/admin/initiatives/upload/add/")
    editor.get_by_label("Title").fill("A green field")
    editor.get_by_label("File").set_input_files(
        {"name": "field.png", "mimeType": "image/png", "buffer": picture.getvalue()}
    )
    editor.get_by_role("button", name="Save", exact=True).click()
    editor.goto("/admin/initiatives/initiative/41/change/")
    slug, old = editor.locator("#id_slug").input_value(), editor.get_by_label("Summary").input_value()
    editor.get_by_label("Summary").fill("Nothing is as it was before.")
    editor.locator("#id_status").select_option(label="Being studied")
    editor.locator("#id_image").select_option(label="A green field")
    editor.get_by_label("Alt text").fill("A green field.")
    editor.get_by_label("Change note").fill("It is studied anew.")
    editor.get_by_role("button", name="Publish", exact=True).press("Enter")
    editor.get_by_text("is published").wait_for()

    editor.get_by_role("link", name="History").click()
    newest = editor.locator(".versions-table tbody tr").first.inner_text()
    for words in ("by editor", "Wording, Status, Image", "It is studied anew.", "In the form now"):
        assert words in newest
    tab_to(editor, editor.get_by_role("button", name="Compare the two chosen"))
    editor.keyboard.press("Enter")
    editor.get_by_role("heading", name="From version").wait_for()
    marked = " ".join(editor.locator(".difference ins").all_inner_texts())
    assert "Nothing is as it was before." in marked
    assert "Being studied" in marked
    assert "JPG file" in marked
    assert old in editor.locator(".difference").first.inner_text()
    accessible(editor)
    editor.set_viewport_size({"width": 320, "height": 900})
    fits(editor)
    uncut(editor)

    author.goto(editor.url)
    number = author.locator(".versions-table tbody tr").nth(1).locator("[name=to]").get_attribute("value")
    tab_to(author, author.get_by_role("button", name=f"Restore version {number}"))
    author.keyboard.press("Enter")
    author.get_by_text(f"Version {number} is back as a draft.").wait_for()
    assert author.get_by_label("Summary").input_value() == old
    assert author.get_by_role("button", name="Publish", exact=True).count() == 0
    title = author.locator("#id_title").input_value()
    author.goto("/admin/")
    assert title in author.locator(".need-drafts").inner_text()
    reader = visit()
    reader.goto(f"/initiatives/{slug}/")
    assert "Nothing is as it was before." in reader.get_by_role("main").inner_text()


def test_a_removed_item_is_gone_with_its_reason_and_comes_back(visit, sign_in, author):
    author = sign_in(visit(), author)
    editor = sign_in(visit(), "editor")
    editor.goto("/admin/initiatives/initiative/42/change/")
    slug, title = editor.locator("#id_slug").input_value(), editor.locator("#id_title").input_value()
    editor.get_by_role("link", name="Delete", exact=True).press("Enter")
    editor.get_by_label("Why, for the public").fill("The program ended.")
    tab_to(editor, editor.get_by_role("button", name="Delete"))
    editor.keyboard.press("Enter")
    editor.get_by_text("Its text is kept under “Removed items”").wait_for()
    reader = visit(expect_errors=True)  # the browser itself reports the status 410 as an error
    assert reader.goto(f"/initiatives/{slug}/").status == 410
    assert "The program ended." in reader.get_by_role("main").inner_text()

    author.goto("/admin/desk/removed/")
    tab_to(author, author.get_by_role("link", name=title))
    author.keyboard.press("Enter")
    author.get_by_text("This item was removed.").wait_for()
    accessible(author)
    author.get_by_role("button", name="Restore").last.press("Enter")
    author.get_by_text("is back as a draft").wait_for()
    assert reader.goto(f"/initiatives/{slug}/").status == 410
    editor.goto(author.url)
    editor.get_by_label("Change note").fill("The program goes on.")
    editor.get_by_role("button", name="Publish", exact=True).press("Enter")
    editor.get_by_text("is published").wait_for()
    assert reader.goto(f"/initiatives/{slug}/").status == 200
