"""In a browser: what is typed into an item's form survives, two people at once lose nothing, and each sees
the other.
"""

import re

from tests.browser.checks import accessible

BACK = re.compile("Bring back what you typed on")


def path(number):
    return f"/admin/initiatives/initiative/{number}/change/"


def opened(visit, sign_in, number, name="editor", **more):
    page = sign_in(visit(**more), name)
    page.goto(path(number))
    return page


def save(page):
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_load_state()


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('desk-copy:')).length")


def typed(page, words, field="summary"):
    """Type as a person does and wait until the browser has kept it."""
    page.locator(f"#id_{field}").fill(words)
    page.wait_for_function(
        (
            "(words) => Object.entries(localStorage).some(([name, copy]) => name.startsWith('desk-copy:') && "
            "copy.includes(words))"
        ),
        arg=words,
    )


def add_row(page, sort, name):
    page.get_by_role("link", name=f"Add another {name}").or_(
        page.get_by_role("button", name=f"Add another {name}")
    ).click()
    return page.locator(f"#{sort}-group .inline-related:not(.empty-form)").last


def test_a_closed_tab_gives_the_text_and_the_new_rows_back(visit, sign_in):
    page = opened(visit, sign_in, 20)
    row = add_row(page, "figures", "Number")
    row.get_by_label("Value").fill("77")
    row.get_by_label("Unit").fill("closed tabs")
    typed(page, "Typed and not saved.")
    page.close()
    page = page.context.new_page()
    page.goto(path(20))
    page.get_by_role("button", name="Show differences").click()
    assert "You typed: Typed and not saved." in page.locator("#kept").inner_text()
    accessible(page)
    page.get_by_role("button", name=BACK).click()
    page.get_by_text("Here is what you typed before. It is not saved yet.").wait_for()
    assert page.locator("#id_summary").input_value() == "Typed and not saved."
    assert (
        page.locator("#figures-group")
        .get_by_label("Unit")
        .evaluate_all("all => all.map((one) => one.value)")
        .count("closed tabs")
    )
    accessible(page)
    save(page)
    assert kept(page) == 0
    assert "closed tabs" in page.locator("#figures-group").inner_html()


def test_what_was_saved_is_not_offered(visit, sign_in):
    page = opened(visit, sign_in, 21)
    typed(page, "Saved at once.")
    save(page)
    assert kept(page) == 0
    page.reload()
    assert page.get_by_role("button", name=BACK).count() == 0


def test_what_is_discarded_is_gone(visit, sign_in):
    page = opened(visit, sign_in, 21)
    typed(page, "To be thrown away.")
    page.reload()
    page.get_by_role("button", name="Discard it").click()
    assert kept(page) == 0
    assert page.locator("#kept").inner_text() == ""


def test_a_new_items_text_survives_too_and_is_dropped_once_it_is_saved(visit, sign_in):
    page = sign_in(visit(), "editor")
    page.goto("/admin/initiatives/pillar/add/")
    typed(page, "A pillar of patience", "title")
    page.goto("/admin/")
    page.goto("/admin/initiatives/pillar/add/")
    page.get_by_role("button", name=BACK).click()
    page.get_by_text("Here is what you typed before.").wait_for()
    page.get_by_role("button", name="Save and preview").click()
    page.get_by_role("heading", name="A pillar of patience").wait_for()
    page.goto("/admin/initiatives/pillar/add/")
    assert page.get_by_role("button", name=BACK).count() == 0


def test_a_lost_network_costs_nothing(visit, sign_in):
    page = opened(visit, sign_in, 22, expect_errors=True)
    typed(page, "Typed in a tunnel.")
    page.context.set_offline(True)
    page.get_by_text("There is no network.").wait_for()
    page.get_by_role("button", name="Save draft").click()
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    page.goto(path(22))
    page.get_by_role("button", name=BACK).click()
    page.get_by_text("Here is what you typed before.").wait_for()
    assert page.locator("#id_summary").input_value() == "Typed in a tunnel."


def test_an_ended_session_leads_back_to_the_form_with_the_text(visit, sign_in, site):
    page = opened(visit, sign_in, 23, expect_errors=True)
    typed(page, "Typed for half a day.")
    page.context.clear_cookies(name="sessionid")
    save(page)
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill(site.passwords["editor"])
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("button", name=BACK).click()
    page.get_by_text("Here is what you typed before.").wait_for()
    assert page.locator("#id_summary").input_value() == "Typed for half a day."


def test_a_form_from_before_a_new_sign_in_leads_back_to_itself(visit, sign_in, site):
    page = opened(visit, sign_in, 24, expect_errors=True)
    typed(page, "Typed before the sign-in.")
    page.context.clear_cookies()
    site.sessions.pop("editor", None)
    sign_in(page.context.new_page(), "editor")
    save(page)
    accessible(page)
    page.get_by_role("link", name="Open the form again").click()
    page.get_by_role("button", name=BACK).click()
    page.get_by_text("Here is what you typed before.").wait_for()
    assert page.locator("#id_summary").input_value() == "Typed before the sign-in."


def test_nothing_is_kept_that_nobody_typed_and_no_token_ever(visit, sign_in):
    page = opened(visit, sign_in, 25)
    page.wait_for_timeout(700)
    assert kept(page) == 0
    typed(page, "Something.")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    assert token not in page.evaluate("JSON.stringify(localStorage)")


def test_another_person_at_the_same_browser_is_offered_nothing(visit, sign_in):
    page = opened(visit, sign_in, 25)
    typed(page, "Mine alone.")
    page.context.clear_cookies()
    sign_in(page, "admin").goto(path(25))
    assert page.get_by_role("button", name=BACK).count() == 0
    assert kept(page) == 1


def test_old_copies_are_dropped(visit, sign_in):
    page = opened(visit, sign_in, 25)
    typed(page, "Long ago.")
    page.goto("/admin/")
    page.evaluate(
        """() => Object.keys(localStorage).filter((name) => name.startsWith("desk-copy:")).forEach((name) => {
            const copy = JSON.parse(localStorage.getItem(name));
            localStorage.setItem(name, JSON.stringify({ ...copy, at: copy.at - 31 * 86400e3 }));
        })"""
    )
    page.goto(path(25))
    assert kept(page) == 0


def test_a_full_store_is_said_once(visit, sign_in):
    page = opened(visit, sign_in, 25)
    page.evaluate(
        "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); "
        "}; }"
    )
    page.locator("#id_summary").fill("No room.")
    page.get_by_text("no room to keep what you type").wait_for()


def test_leaving_with_unsaved_text_is_warned(visit, sign_in):
    page = opened(visit, sign_in, 25)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    assert asked == []
    page.goto(path(25))
    page.locator("#id_summary").press_sequentially("x")
    page.goto("/admin/")
    assert asked == ["beforeunload"]


def test_an_incomplete_draft_is_kept_and_publishing_it_says_what_is_missing(visit, sign_in, author):
    author = sign_in(visit(), author)
    author.goto("/admin/initiatives/initiative/add/")
    author.get_by_label("Title").fill("Only a title yet")
    author.locator("#id_section").select_option(index=1)
    save(author)
    author.get_by_text("The draft is saved.").wait_for()
    editor = sign_in(visit(), "editor")
    editor.goto(author.url)
    editor.get_by_role("button", name="Publish", exact=True).press("Enter")
    editor.get_by_text("Your draft is saved, but it is not published.").wait_for()
    for place in (".messagelist", ".before-publish"):
        assert "Summary: Fill this in before you publish." in editor.locator(place).inner_text()
    assert editor.get_by_role("link", name="View on site").count() == 0
    accessible(editor)


def test_what_was_typed_into_an_item_that_was_deleted_meanwhile_is_offered_back(visit, sign_in, author):
    author = sign_in(
        visit(expect_errors=True), author
    )  # the browser itself reports the status 404 as an error
    editor = sign_in(visit(), "editor")
    editor.goto("/admin/initiatives/initiative/add/")
    editor.get_by_label("Title").fill("Soon gone")
    editor.locator("#id_section").select_option(index=1)
    save(editor)
    author.goto(editor.url)
    typed(author, "Typed for nothing?")
    editor.get_by_role("link", name="Delete").click()
    editor.get_by_role("button", name="Delete").press("Enter")
    editor.get_by_text("was deleted. Its text is kept").wait_for()
    address = author.url
    author.goto(address)
    author.get_by_text("editor deleted “Soon gone”").wait_for()
    accessible(author)
    author.get_by_role("button", name=BACK).press("Enter")
    author.get_by_text("Save it to bring the item back as a draft.").wait_for()
    accessible(author)
    save(author)
    assert author.locator("#id_summary").input_value() == "Typed for nothing?"
    assert kept(author) == 0
