"""The newcomer's story: an editor corrects an initiative, residents see it and say something, a reviewer
reads it.
"""

from tests.browser.checks import accessible, unfold_form


def test_from_sign_in_to_published_change_to_comment_received(visit, sign_in):
    desk, reader = visit(), visit(width=390)

    sign_in(desk, "editor")
    desk.get_by_role("link", name="Outline of the report").click()
    desk.get_by_role("link", name="YouthBuild").first.click()
    edit_url = desk.url
    summary = desk.get_by_label("Summary")
    before = summary.input_value()
    summary.fill(f"{before} Corrected today.")
    desk.get_by_role("button", name="Save and preview").click()
    assert "Corrected today." in desk.frame_locator("iframe").get_by_role("main").inner_text()
    accessible(desk)

    reader.goto("/report/")
    assert "Corrected today." not in reader.get_by_role("main").inner_text()

    desk.goto(edit_url)
    desk.get_by_label("Change note").fill("We corrected the summary.")
    desk.get_by_role("button", name="Publish", exact=True).click()
    desk.get_by_role("link", name="See it on the site").click()
    public = desk.url
    assert "/initiatives/" in public
    assert "Corrected today." in desk.get_by_role("main").inner_text()

    reader.goto(public)
    assert "Corrected today." in reader.get_by_role("main").inner_text()
    unfold_form(reader)
    reader.get_by_label("Yes", exact=True).check()
    reader.get_by_label("Your comment").fill("Now I understand it.\nThank you.")
    reader.get_by_role("button", name="Send feedback").click()
    reader.get_by_role("heading", name="Thank you").wait_for()
    accessible(reader)
    assert reader.context.cookies() == []
    assert reader.url == public

    inbox = sign_in(visit(), "reviewer")
    inbox.get_by_role("link", name="Inbox of comments").click()
    # A comment that comes within seconds of the page is held.
    inbox.get_by_role("navigation", name="States").get_by_role("link", name="All").click()
    row = inbox.get_by_role("listitem").filter(has_text="Now I understand it.")
    assert "Helpful: yes" in row.inner_text()
    row.get_by_role("link").first.click()
    text = inbox.get_by_role("main").inner_text()
    assert "Now I understand it." in text
    assert "Thank you." in text


def test_without_scripts_a_resident_reads_and_is_heard(visit):
    page = visit(scripts=False)
    page.goto("/")
    page.get_by_role("main").get_by_role("link").first.click()
    page.goto("/about/")
    unfold_form(page)
    page.get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Send feedback").click()
    page.get_by_role("heading", name="Thank you").wait_for()


def test_a_form_with_an_error_keeps_the_text_and_says_what_to_do(visit):
    page = visit(expect_errors=True)  # the browser itself reports the status 422 as an error
    page.goto("/about/")
    unfold_form(page)
    page.get_by_label("Your comment").fill("x" * 503)
    assert "3 characters too many" in page.locator("#feedback-counter").inner_text()
    page.get_by_role("button", name="Send feedback").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.title().startswith("Error: ")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    assert page.get_by_label("Your comment").input_value() == "x" * 503
    accessible(page)
    page.get_by_role("link", name="3 characters too long").click()
    assert page.evaluate("document.activeElement.id") == "feedback-comment"


def test_ten_line_breaks_that_the_browser_counts_as_500_are_taken(visit):
    page = visit()
    page.goto("/about/")
    unfold_form(page)
    text = "\n" * 10 + "x" * 489 + "😀"
    page.get_by_label("Your comment").fill(text)
    assert page.locator("#feedback-counter").inner_text() == "0 characters left"
    page.get_by_role("button", name="Send feedback").click()
    page.get_by_role("heading", name="Thank you").wait_for()
