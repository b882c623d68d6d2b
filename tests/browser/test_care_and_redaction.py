"""In a browser: a review that changes nothing, and words that have to go for good; by keyboard, and
accessible.
"""

from django.utils import timezone

from tests.browser.checks import accessible, fits, tab_to

FORM = "/admin/initiatives/initiative/7/change/"


def test_an_editor_confirms_that_a_page_holds_and_residents_read_when_and_by_when_again(visit, sign_in):
    editor = sign_in(visit(), "editor")
    editor.goto(FORM)
    editor.get_by_role("button", name="Reviewed, nothing changed").press("Enter")
    editor.get_by_text("Last reviewed").wait_for()
    slug = editor.locator("#id_slug").input_value()
    accessible(editor)
    resident = visit(width=320)
    resident.goto(f"/initiatives/{slug}/")
    words = resident.locator(".page-foot").inner_text()
    assert "Last reviewed:" in words
    assert "Next review due:" in words
    fits(resident)
    resident.goto(f"/initiatives/{slug}/history/")
    assert resident.get_by_text("See version").count() == 1


def test_an_author_is_reminded_of_what_is_theirs_and_reviews_it_by_keyboard(visit, sign_in, author):
    author = sign_in(visit(), author)
    editor = sign_in(visit(), "editor")
    editor.goto("/admin/initiatives/initiative/48/change/")
    title = editor.locator("#id_title").input_value()
    editor.get_by_label("Owner", exact=True).select_option(label="author")
    editor.get_by_role("button", name="Set the owner").press("Enter")
    editor.get_by_text("is kept by author").wait_for()
    editor.locator("#care_due").fill(str(timezone.localdate()))
    editor.get_by_role("button", name="Save the review date").press("Enter")
    editor.get_by_text("The date of the next review is set.").wait_for()

    author.goto("/admin/desk/due/")
    assert "author (you)" in author.get_by_role("region", name="Due or overdue").inner_text()
    author.goto("/admin/")
    assert "yours, due" in author.locator(".need-due").inner_text()
    tab_to(author, author.locator(".need-due").get_by_role("link", name=title))
    author.keyboard.press("Enter")
    author.get_by_text("It is yours to review. Editors name the owner.").wait_for()
    accessible(author)
    assert author.get_by_role("button", name="Set the owner").count() == 0
    tab_to(author, author.get_by_role("button", name="Reviewed, nothing changed"))
    author.keyboard.press("Enter")
    author.get_by_text("Your review is on record").wait_for()
    author.goto("/admin/")
    assert author.locator(".need-due").count() == 0
    author.goto("/admin/initiatives/initiative/49/change/")
    assert author.get_by_role("button", name="Reviewed, nothing changed").count() == 0
    author.get_by_text("Its owner and editors review it").wait_for()


def test_an_administrator_removes_words_for_good_in_two_steps(visit, sign_in):
    admin = sign_in(visit(), "admin")
    admin.goto("/admin/initiatives/initiative/8/change/")
    slug = admin.locator("#id_slug").input_value()
    body = admin.locator("#id_body")
    body.fill(f"{body.input_value()}\n\nAsk Quentin Madeup about it.")
    admin.locator("#id_change_note").fill("Whom to ask.")
    admin.get_by_role("button", name="Publish", exact=True).press("Enter")
    admin.get_by_text("is published").wait_for()
    admin.goto("/admin/desk/redact/")
    accessible(admin)
    admin.locator("textarea").first.fill("Quentin Madeup")
    admin.get_by_role("button", name="Show what will change").press("Enter")
    admin.get_by_role("button", name="Remove for good").wait_for()
    accessible(admin)
    admin.set_viewport_size({"width": 320, "height": 800})
    fits(admin)
    admin.locator("[name$=reason]").fill("A person asked for their name to go.")
    admin.get_by_role("button", name="Remove for good").press("Enter")
    admin.get_by_text("removed for good", exact=False).first.wait_for()
    resident = visit()
    for path in (f"/initiatives/{slug}/", f"/initiatives/{slug}/history/", "/report/"):
        resident.goto(path)
        assert "Quentin" not in resident.content()
    resident.goto("/record/")
    assert "A person asked for their name to go." in resident.locator("main").inner_text()
    accessible(resident)
