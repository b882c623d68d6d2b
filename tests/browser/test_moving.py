"""In a browser: what becomes of addresses and links where an item leaves, and that none of them ends up
dead.
"""

from tests.browser.checks import accessible, fits, uncut

GOING, LINKING, SUCCESSOR = 43, 44, 45


def form(page, number):
    page.goto(f"/admin/initiatives/initiative/{number}/change/")
    return page.locator("#id_slug").input_value(), page.locator("#id_title").input_value()


def publish(page, note):
    page.get_by_label("Change note").fill(note)
    page.get_by_role("button", name="Publish", exact=True).press("Enter")
    page.get_by_text("is published").wait_for()


def test_no_link_is_left_dead_and_old_addresses_lead_on(visit, sign_in):
    editor = sign_in(visit(), "editor")
    old, going = form(editor, GOING)
    _, linking = form(editor, LINKING)
    editor.locator("#id_body").fill(
        f"{editor.locator('#id_body').input_value()}\n\nSee [{going}](/initiatives/{old}/)."
    )
    publish(editor, "It names its sister.")

    form(editor, GOING)
    editor.get_by_role("link", name="Unpublish…").press("Enter")
    page = editor.get_by_role("main")
    assert linking in page.locator(".mentions").inner_text()
    assert f"/initiatives/{old}/" in page.inner_text()
    editor.get_by_role("button", name="Unpublish").press("Enter")
    editor.locator(".errorlist").wait_for()
    accessible(editor)
    editor.set_viewport_size({"width": 320, "height": 900})
    fits(editor)
    uncut(editor)
    reader = visit()
    assert reader.goto(f"/initiatives/{old}/").status == 200

    slug, successor = form(editor, SUCCESSOR)
    form(editor, GOING)
    editor.get_by_role("link", name="Unpublish…").press("Enter")
    editor.get_by_label("What takes its place").select_option(label=successor)
    editor.get_by_label("Why, for the public").fill("The two became one.")
    editor.get_by_role("button", name="Unpublish").press("Enter")
    editor.get_by_text("is no longer on the site").wait_for()
    reader.goto(f"/initiatives/{old}/")
    assert reader.url.endswith(f"/initiatives/{slug}/")

    form(editor, SUCCESSOR)
    editor.locator("#id_slug").fill(f"{slug}-renamed")
    editor.get_by_role("button", name="Save draft").press("Enter")
    told = editor.locator(".before-publish").filter(has=editor.get_by_role("heading", name="A new address"))
    assert f"/initiatives/{slug}-renamed/" in told.inner_text()
    reader.goto(f"/initiatives/{old}/")
    assert reader.url.endswith(f"/initiatives/{slug}/")
    publish(editor, "A better address.")
    for address in (old, slug):
        reader.goto(f"/initiatives/{address}/")
        assert reader.url.endswith(f"/initiatives/{slug}-renamed/")


def test_an_author_is_shown_no_way_to_take_something_off_the_site(visit, sign_in, author):
    author = sign_in(visit(), author)
    form(author, 46)
    assert author.get_by_role("link", name="Unpublish…").count() == 0
    assert author.get_by_role("link", name="Delete", exact=True).count() == 0


def test_a_section_that_holds_something_stays_and_leads_to_what_it_holds(visit, sign_in):
    admin = sign_in(visit(width=320), "admin")
    admin.goto("/admin/initiatives/section/1/delete/")
    admin.get_by_text("No text is lost by that.").wait_for()
    accessible(admin)
    assert admin.get_by_role("button", name="Delete").count() == 0
    admin.locator(".removal a").first.press("Enter")
    admin.locator("#id_title").wait_for()
