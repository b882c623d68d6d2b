"""What each role finds at the desk in a browser.

The server refuses the rest: buttons that are not there are put there.
"""

import re

import pytest

from tests.browser.checks import accessible, fits

ITEM = "/admin/initiatives/initiative/30"
DESK = "/admin/desk"
# Drafts, the list, the outline, the calendar, releases, previews, share links
PAGES = [
    f"{ITEM}/change/",
    "/admin/initiatives/initiative/",
    f"{DESK}/outline/",
    f"{DESK}/scheduled/",
    f"{DESK}/releases/",
    f"{ITEM}/preview/",
    f"{DESK}/preview/all/",
    f"{DESK}/preview/all/share/",
    f"{DESK}/share-links/",
    f"{DESK}/emails/",
]
OF_EDITORS = [
    f"{ITEM}/unpublish/",
    f"{ITEM}/delete/",
    f"{DESK}/bulk/initiative/publish/?item=30",
    f"{DESK}/redact/",
]
PUBLISHES = re.compile(r"^(Publish|Schedule|Approve|Unpublish|Delete|Cancel the schedule|Make the release)\b")


def press_what_is_not_there(page, name, value="1", form="#initiative_form"):
    """Put a button into a form that lacks it, press it, and return the status that the server answers
    with.
    """
    with page.expect_navigation() as navigation:
        page.evaluate(
            """([form, name, value]) => {
                const button = document.createElement("button");
                Object.assign(button, { name, value });
                document.querySelector(form).append(button);
                button.click();
            }""",
            [form, name, value],
        )
    return navigation.value.status


def test_an_author_works_on_drafts_and_is_refused_what_editors_do(visit, sign_in, author):
    author = sign_in(
        visit(expect_errors=True), author
    )  # the browser itself reports the status 403 as an error
    for path in PAGES:
        assert author.goto(path).status == 200, path
        assert (
            author.get_by_role("button", name=PUBLISHES)
            .or_(author.get_by_role("link", name=PUBLISHES))
            .count()
            == 0
        ), path
    author.set_viewport_size({"width": 320, "height": 800})
    for path in OF_EDITORS[:3]:
        assert author.goto(path).status == 403, path
    author.get_by_role("heading", name="You may not see this page").wait_for()
    fits(author)
    author.goto(f"{ITEM}/change/")
    slug = author.locator("#id_slug").input_value()
    for name in ("_publish", "_schedule"):
        author.goto(f"{ITEM}/change/")
        author.get_by_label("Summary").fill(f"Put before the public by {name}.")
        assert press_what_is_not_there(author, name) == 403
    reader = visit()
    reader.goto(f"/initiatives/{slug}/")
    assert "Put before the public" not in reader.locator("main").inner_text()


def test_an_authors_share_link_is_theirs_to_withdraw_and_an_editors_is_not(visit, sign_in, author):
    author, editor = sign_in(visit(expect_errors=True), author), sign_in(visit(), "editor")
    for page, name in ((author, "Shared by the author"), (editor, "Shared by the editor")):
        page.goto(f"{DESK}/preview/all/share/")
        page.get_by_label("Who it is for").fill(name)
        page.get_by_role("button", name="Make the link").press("Enter")
        page.get_by_text("The link works now.").wait_for()
    author.goto(f"{DESK}/share-links/")
    assert author.get_by_role("button", name="Withdraw “Shared by the author”").count() == 1
    assert author.get_by_role("button", name="Withdraw “Shared by the editor”").count() == 0
    editor.goto(f"{DESK}/share-links/")
    action = editor.locator("form", has_text="Withdraw “Shared by the editor”").get_attribute("action")
    author.locator("form", has_text="Shared by the author").evaluate(
        "(form, action) => (form.action = action)", action
    )
    with author.expect_navigation() as navigation:
        author.get_by_role("button", name="Withdraw “Shared by the author”").press("Enter")
    assert navigation.value.status == 403
    stranger = visit(expect_errors=True)  # the browser itself reports the status 410 as an error
    address = (
        editor.locator(".share-link", has_text="Shared by the author").get_by_role("textbox").input_value()
    )
    assert stranger.goto(address).status == 200
    for name in ("author", "editor"):
        editor.get_by_role("button", name=f"Withdraw “Shared by the {name}”").press("Enter")
        editor.get_by_text(f"The link “Shared by the {name}” shows nothing any more.").wait_for()
    assert stranger.goto(address).status == 410


@pytest.mark.parametrize("name", ["reviewer", None], ids=["a reviewer", "a stranger"])
def test_others_see_nothing_of_the_desk(visit, sign_in, site, name):
    page = visit(expect_errors=True)  # the browser itself reports the status 403 as an error
    if name:
        sign_in(page, name)
        accessible(page)
        assert (
            page.get_by_role("link", name=re.compile("Outline|Scheduled|Releases|Share links|drafts")).count()
            == 0
        )
    for path in PAGES + OF_EDITORS:
        response = page.goto(path)
        assert response.status == (403 if name else 200), path
        assert name or page.url.partition("?")[0].endswith("/admin/login/"), path
    accessible(page)
    if not name:
        page.goto(f"{ITEM}/change/")
        page.get_by_label("Username").fill("editor")
        page.get_by_label("Password").fill(site.passwords["editor"])
        page.get_by_role("button", name="Log in").press("Enter")
        page.wait_for_url(f"**{ITEM}/change/")
