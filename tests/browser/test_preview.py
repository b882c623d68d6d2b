"""Previews and share links in a browser: the frame at both widths, with and without scripts; a link
without an account.
"""

import re

import pytest

from tests.browser.checks import accessible, fits

FORM = "/admin/initiatives/initiative/3/change/"
FRAME = "/admin/initiatives/initiative/3/preview/"


def write_draft(page, words):
    page.goto(FORM)
    page.get_by_label("Summary").fill(words)
    page.get_by_role("button", name="Save and preview").click()
    page.get_by_role("heading", name="Preview:").wait_for()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_draft_is_seen_at_both_widths_and_in_every_list(visit, sign_in, scripts):
    page = sign_in(visit(scripts=scripts), "editor")
    write_draft(page, f"Words of a draft, scripts {scripts}.")
    inside = page.frame_locator("iframe")
    inside.get_by_text(f"Words of a draft, scripts {scripts}.").wait_for()
    assert page.locator("iframe").bounding_box()["width"] >= 1024
    page.get_by_role("link", name="Phone (375 pixels)").click()
    inside.get_by_text(f"Words of a draft, scripts {scripts}.").wait_for()
    assert page.locator("iframe").bounding_box()["width"] == 375
    page.get_by_role("link", name=re.compile("^Section:")).click()
    inside.get_by_text(f"Words of a draft, scripts {scripts}.").wait_for()
    page.get_by_role("link", name="Whole report").click()
    inside.get_by_text(f"Words of a draft, scripts {scripts}.").wait_for()
    assert "Preview: not public." in inside.locator("body").inner_text()


def test_links_in_the_frame_stay_in_it_and_the_banner_leads_back(visit, sign_in):
    page = sign_in(visit(), "editor")
    page.goto(FRAME)
    inside = page.frame_locator("iframe")
    inside.get_by_role("link", name="Documents").first.click()
    inside.get_by_role("heading", level=1, name="Documents").wait_for()
    assert page.frames[1].url.endswith("/site/documents/")
    inside.get_by_role("link", name="Back to editing").click()
    page.wait_for_url(f"**{FORM}")


def test_a_share_link_works_without_an_account_until_it_is_withdrawn(visit, sign_in):
    desk = sign_in(visit(), "editor")
    write_draft(desk, "Words for the mayor alone.")
    desk.get_by_role("link", name="Share this preview").click()
    accessible(desk)
    desk.get_by_label("Who it is for").fill("The mayor")
    desk.get_by_role("button", name="Make the link").click()
    section = desk.locator(".share-link", has_text="The mayor").first
    address = section.get_by_role("textbox").input_value()
    accessible(desk)

    mayor = visit(width=320, expect_errors=True)  # the browser itself reports the status 410 as an error
    mayor.goto(address)
    mayor.get_by_text("Words for the mayor alone.").wait_for()
    accessible(mayor)
    fits(mayor)
    base = address.removesuffix("?begin")
    mayor.goto(f"{base}report/")
    mayor.get_by_text("Words for the mayor alone.").wait_for()
    assert mayor.context.cookies() == []
    assert mayor.get_by_role("button", name="Send feedback").count() == 0
    mayor.get_by_role("link", name="Menu").or_(mayor.get_by_text("Menu")).first.click()
    mayor.get_by_role("navigation", name="Main").get_by_role("link").first.click()
    assert mayor.url.startswith(base)

    section.get_by_role("button", name=re.compile("Withdraw")).click()
    desk.get_by_text("shows nothing any more").wait_for()
    mayor.reload()
    mayor.get_by_role("heading", name="This link has ended").wait_for()
    accessible(mayor)


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", [FRAME, "/admin/desk/preview/all/?width=phone", "/admin/desk/share-links/"])
def test_the_pages_of_the_desk_are_accessible_and_fit(visit, sign_in, width, path):
    page = sign_in(visit(width=width), "editor")
    page.goto(path)
    accessible(page)
    fits(page)


def test_a_draft_with_a_new_address_and_a_removal_say_what_becomes_of_it(visit, sign_in):
    page = sign_in(visit(), "editor")
    page.goto("/admin/initiatives/initiative/4/change/")
    slug = page.get_by_label("Address").first
    old = slug.input_value()
    slug.fill(f"{old}-moved")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("heading", name="A new address").wait_for()
    accessible(page)
    for name in ("unpublish", "delete"):
        page.goto(f"/admin/initiatives/initiative/4/{name}/")
        assert f"/initiatives/{old}/" in page.get_by_role("main").inner_text()
        accessible(page)
    page.goto("/admin/initiatives/section/1/delete/")
    page.get_by_text("cannot be deleted while other items need it").wait_for()
    accessible(page)
