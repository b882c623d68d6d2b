"""The desk in a browser: accessible, within its width, under the strict content policy."""

import pytest

from tests.browser.checks import accessible, fits, uncut

PAGES = [
    "/admin/",
    "/admin/desk/outline/",
    "/admin/initiatives/initiative/",
    "/admin/initiatives/initiative/add/",
    "/admin/initiatives/initiative/1/change/",
    "/admin/initiatives/initiative/1/unpublish/",
    "/admin/initiatives/section/1/change/",
    "/admin/initiatives/site/1/change/",
    "/admin/initiatives/upload/",
    "/admin/initiatives/upload/add/",
    "/admin/initiatives/agency/",
    "/admin/feedback/comment/",
    "/admin/feedback/legalhold/add/",
    "/admin/auth/user/",
    "/admin/auth/user/1/change/",
    "/admin/auth/user/add/",
    "/admin/password_change/",
    "/admin/initiatives/initiative/1/history/",
    "/admin/desk/scheduled/",
    "/admin/desk/removed/",
    "/admin/initiatives/section/1/delete/",
    "/admin/initiatives/initiative/1/delete/",
    "/admin/initiatives/initiative/1/preview/",
    "/admin/desk/preview/all/",
    "/admin/desk/preview/all/share/",
    "/admin/desk/share-links/",
]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(visit, sign_in, dark):
    page = visit(dark=dark)
    page.goto("/admin/login/")
    accessible(page)
    sign_in(page, "admin")
    for path in PAGES:
        page.goto(path)
        accessible(page)


def test_no_page_of_ours_scrolls_sideways_or_is_cut_on_a_phone(visit, sign_in):
    page = sign_in(visit(width=320), "admin")
    for path in PAGES:
        page.goto(path)
        fits(page)
        uncut(page)


def test_the_first_page_begins_with_what_needs_each_of_them(visit, sign_in, author):
    pages = {name: sign_in(visit(), name) for name in ("editor", "reviewer", "admin", author)}
    for name, page in pages.items():
        page.goto("/admin/")
        assert page.locator("h2").first.inner_text() == "What needs you"
        assert page.get_by_role("link", name="Outline of the report").count() == (name != "reviewer")
        assert page.get_by_role("link", name="Remove for good").count() == (name == "admin")
        assert page.locator(".need-unkept").count() == (name in ("editor", "admin"))
        fits(page)
    accessible(pages[author])
    accessible(pages["reviewer"])
    assert pages["reviewer"].get_by_role("link", name="Inbox of comments").count() == 1


def test_the_editor_shows_what_the_text_will_look_like(visit, sign_in):
    page = sign_in(visit(), "editor")
    page.goto("/admin/initiatives/initiative/1/change/")
    page.get_by_label("Body").fill("A **bold** word <b>not</b> HTML.")
    preview = page.locator(".field-body .markdownx-preview")
    preview.locator("strong", has_text="bold").wait_for()
    assert "<b>not</b> HTML." in preview.inner_text()


def test_the_tab_key_leaves_the_editor(visit, sign_in):
    page = sign_in(visit(), "editor")
    page.goto("/admin/initiatives/initiative/1/change/")
    body = page.get_by_label("Body")
    before = body.input_value()
    body.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "id_body"
    assert body.input_value() == before


def test_an_image_that_is_refused_says_why(visit, sign_in):
    page = sign_in(visit(expect_errors=True), "editor")  # the editor's script logs the refusal
    page.goto("/admin/initiatives/initiative/1/change/")
    before = page.get_by_label("Body").input_value()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["not an image"], "park.png", { type: "image/png" }));
            const box = document.querySelector("#id_body");
            box.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
        }"""
    )
    alert = page.locator(".upload-error")
    alert.wait_for()
    assert "not a JPEG, PNG, WebP, AVIF or GIF" in alert.inner_text()
    assert page.get_by_label("Body").input_value() == before


def test_rows_are_added_and_published(visit, sign_in):
    page = sign_in(visit(), "editor")
    page.goto("/admin/initiatives/initiative/2/change/")
    page.get_by_role("link", name="Add another Number").or_(
        page.get_by_role("button", name="Add another Number")
    ).click()
    row = page.locator("#figures-group .inline-related:not(.empty-form)").last
    row.get_by_label("Value").fill("4321")
    row.get_by_label("Unit").fill("park benches")
    page.get_by_label("Change note").fill("The benches were counted.")
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("link", name="See it on the site").click()
    assert "4,321 park benches" in page.get_by_role("main").inner_text()


def test_the_order_is_changed_with_the_keyboard(visit, sign_in):
    page = sign_in(visit(), "editor")
    # No other test touches this one and its neighbors.
    page.goto("/admin/initiatives/initiative/83/change/")
    first = page.get_by_label("Title").input_value()
    page.goto("/admin/desk/outline/")
    titles = page.locator(".outline-initiative .outline-title")
    place = titles.all_inner_texts().index(first)
    before = page.get_by_role("button", name="Publish this order").count()
    page.get_by_role("button", name=f"Move down: {first}").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Publish this order").first.wait_for()
    assert titles.nth(place + 1).inner_text() == first
    page.get_by_role("button", name=f"Move up: {first}").press("Enter")
    assert page.get_by_role("button", name="Publish this order").count() == before
