"""The inbox in every state, its numbers, digest and tags, and the way to the page and back: by keyboard,
for axe, on a phone.
"""

from tests.browser.checks import accessible, fits

LIST = "/admin/feedback/comment/"
STATES = ("new", "read", "in_hand", "answered", "closed", "held", "spam")


def sound(page, path):
    page.goto(path)
    accessible(page)
    fits(page)
    return page


def tab_to(page, target):
    """Press Tab until a part of the page has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            return target
    raise AssertionError(f"The keyboard does not reach {target}.")


def test_each_state_has_a_list_and_a_page_that_say_what_can_be_done(visit, sign_in, said):
    word, wide, phone = (
        said[0],
        sign_in(visit(), "reviewer"),
        sign_in(visit(width=320, dark=True), "reviewer"),
    )
    for state in STATES:
        wide.goto(f"{LIST}?state={state}&q={word}")
        fits(wide)
        row = wide.locator(".inbox-row")
        assert row.locator(".state").inner_text().lower().replace(" ", "_").endswith(state)
        offered = wide.locator(".inbox-actions .sort-buttons button").all_inner_texts()
        phone.goto(row.locator("h3 a").get_attribute("href"))
        fits(phone)
        if state in ("new", "held", "answered"):
            accessible(phone)
        # Offered for many, of which some may be urgent; this one is not.
        offered = [words for words in offered if words != "Not urgent"]
        assert phone.locator(".sort-buttons button").all_inner_texts() == offered
        phone.get_by_text("What the buttons do").click()
        assert phone.locator(".sort-help dt").all_inner_texts() == offered
    sound(phone, f"{LIST}triage/?state=held&q={word}")
    sound(phone, f"{LIST}triage/?state=all&q={word}+nothing")


def test_many_are_ticked_sorted_and_taken_back_by_keyboard_alone(visit, sign_in, said):
    page = sign_in(visit(), "reviewer")
    page.goto(f"{LIST}?state=read&q={said[0]}")
    tab_to(page, page.get_by_label("Tick all on this page")).press("Space")
    tab_to(page, page.get_by_role("button", name="Close", exact=True)).press("Enter")
    page.get_by_text("1 comment closed.").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "status"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Undo"
    page.keyboard.press("Enter")
    page.get_by_text("1 comment as before").wait_for()
    assert page.locator(".inbox-row").count() == 1


def test_the_question_before_many_is_read_on_a_phone_and_changes_nothing_when_refused(visit, sign_in, said):
    phone = sign_in(visit(width=320), "reviewer")
    phone.goto(f"{LIST}?under={said[2]}")
    waiting = phone.locator(".inbox-row").count()
    phone.get_by_label("Not only those ticked").check()
    phone.get_by_role("button", name="Spam", exact=True).click()
    phone.get_by_text("comments at once").wait_for()
    accessible(phone)
    fits(phone)
    tab_to(phone, phone.get_by_role("link", name="Leave them as they are")).press("Enter")
    phone.get_by_role("heading", name="Inbox").wait_for()
    assert phone.locator(".inbox-row").count() == waiting


def test_numbers_are_read_as_a_drawing_and_as_tables_and_lead_to_the_comments(visit, sign_in, said):
    _, _, key, _, title = said
    phone = sign_in(visit(width=320, dark=True), "reviewer")
    sound(phone, f"{LIST}numbers/?under={key}")
    page = sign_in(visit(), "reviewer")
    sound(page, f"{LIST}numbers/")
    assert f"{title}: 80% (67 to 89%) of 50 answers, then" in page.locator("main").inner_text()
    page.locator("#hurting-title ~ ol").get_by_role("link", name=title).click()
    tab_to(page, page.get_by_text("The same numbers as a table")).press("Enter")
    words = page.locator("main").inner_text()
    assert "Longer hours." in words and "The rate fell by more than chance explains." in words
    assert page.locator("svg circle").count() == page.locator("details tbody tr").count() > 1
    page.get_by_role("link", name="timetable").click()
    assert page.locator(".inbox-row").count() == 13
    assert "555-0142" not in page.locator("main").inner_text()


def test_beside_a_page_in_the_desk_stands_what_is_said_of_it_and_one_goes_there_and_back(
    visit, sign_in, said
):
    _, number, _, _, title = said
    editor = sign_in(visit(width=320), "editor")
    editor.goto(f"/admin/initiatives/initiative/{number}/change/")
    fits(editor)
    beside = editor.locator(".feedback-beside")
    assert "of 78 answers" in beside.inner_text() and "timetable. Call [phone hidden]" in beside.inner_text()
    assert beside.get_by_role("link").count() == 0
    page = sign_in(visit(), "admin")
    sound(page, f"/admin/initiatives/initiative/{number}/change/")
    assert "[phone hidden]" in page.locator(".feedback-beside").inner_text()
    page.locator(".feedback-beside li a").first.click()
    comment = page.url
    page.get_by_role("link", name="Edit the page").click()
    assert page.locator("#id_title").input_value() == title
    page.get_by_role("link", name="Back to where you came from").click()
    page.get_by_role("heading", name=f"Comment on {title}").wait_for()
    assert page.url.startswith(comment.partition("?")[0])


def test_the_digest_is_chosen_by_keyboard_also_without_scripts(visit, sign_in):
    for scripts in (True, False):
        page = sign_in(visit(width=320, scripts=scripts), "reviewer")
        page.goto(f"{LIST}digest/")
        assert "Your account has no e-mail address." in page.locator("main").inner_text()
        tab_to(page, page.locator("input[type=radio]:checked")).press("ArrowDown")
        chosen = page.locator("input[type=radio]:checked").input_value()
        tab_to(page, page.get_by_role("button", name="Keep this")).press("Enter")
        page.get_by_text("Your choice is kept.").wait_for()
        assert page.locator("input[type=radio]:checked").input_value() == chosen
        fits(page)
        if scripts:
            accessible(page)


def test_redaction_says_what_is_wrong_and_tags_and_rules_fit_a_phone(visit, sign_in, said):
    page = sign_in(visit(width=320), "reviewer")
    for path in (f"{LIST}rules/", "/admin/feedback/tag/", "/admin/feedback/tag/add/"):
        sound(page, path)
    page.goto(f"{LIST}?state=all&q=timetable+call")
    page.locator(".inbox-row h3 a").first.click()
    page.get_by_role("link", name="Redact…").click()
    page.get_by_label("Other words to remove").fill("nobody")
    page.get_by_label("Reason").fill("Private")
    page.get_by_role("button", name="See the result first").press("Enter")
    page.get_by_text("Not in the comment: nobody").wait_for()
    assert page.title().startswith("Error: ")
    assert page.locator("[role=alert]").evaluate("box => box === document.activeElement")
    accessible(page)
    fits(page)
    page.get_by_label("Other words to remove").fill("")
    page.get_by_role("button", name="See the result first").press("Enter")
    page.get_by_text("Call [removed].").wait_for()
    accessible(page)
    fits(page)


def test_who_writes_the_report_is_refused_the_inbox_in_words(visit, sign_in):
    page = sign_in(visit(expect_errors=True), "editor")
    assert page.get_by_role("link", name="Inbox of comments").count() == 0
    for path in ("", "triage/", "numbers/", "digest/", "rules/", "export.csv"):
        assert page.goto(LIST + path).status == 403
    accessible(page)
