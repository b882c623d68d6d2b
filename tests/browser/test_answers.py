"""“You said, we did” in a browser: a reviewer writes without scripts, an editor publishes, residents read."""

from tests.browser.checks import accessible, fits, publish
from tests.browser.test_inbox_pages import LIST


def test_an_answer_goes_from_the_inbox_to_the_public(visit, sign_in, said):
    _, _, _, path, title = said
    word = said[0][::-1]
    summary = f"You asked for {word}"
    reviewer = sign_in(visit(scripts=False), "reviewer")
    reviewer.goto(f"{LIST}?state=all&q={word}")
    for state in ("new", "in_hand", "closed", "spam"):
        reviewer.get_by_label(f"{word} {state}").check()
    reviewer.get_by_role("button", name="Write an answer in public…").click()
    reviewer.get_by_label(f"{word} spam").uncheck()
    reviewer.get_by_label("Title").fill(summary)
    reviewer.get_by_role("textbox", name="What the city did or says").fill("We **print** it.")
    fits(reviewer)
    reviewer.get_by_role("button", name="Save draft").click()
    reviewer.get_by_text("The public does not see it until it is published.").wait_for()
    answer = reviewer.url

    phone = sign_in(visit(width=320, dark=True), "reviewer")
    for address in ("/admin/feedback/answer/", answer):
        phone.goto(address)
        accessible(phone)
        fits(phone)
    assert phone.get_by_label("Comments that it answers").get_by_role("checkbox").count() == 3
    phone.locator(".markdownx-preview strong", has_text="print").wait_for()
    assert phone.get_by_role("button", name="Publish").count() == 0

    resident = visit(width=320)
    for address in (path, "/you-said-we-did/", "/you-said-we-did/feed/"):
        assert summary not in resident.request.get(address).text()
    editor = sign_in(visit(), "editor")
    editor.locator(".needs").get_by_role("link", name=summary).click()
    editor.get_by_label("Title").wait_for()
    accessible(editor)
    assert editor.get_by_label("Comments that it answers").count() == 0
    publish(editor)
    editor.get_by_text("is published").wait_for()

    for address in (path, "/you-said-we-did/"):
        resident.goto(address)
        assert "We print it." in resident.locator(".answer", has_text=summary).inner_text()
        accessible(resident)
        fits(resident)
    assert resident.get_by_role("link", name=title).count() == 1
    assert summary in resident.request.get("/you-said-we-did/feed/").text()
    # Those that were open count as answered from tomorrow on.
    for state, count in (("answered", 0), ("new", 1), ("in_hand", 1)):
        reviewer.goto(f"{LIST}?state={state}&q={word}")
        assert reviewer.locator(".inbox-row").count() == count
