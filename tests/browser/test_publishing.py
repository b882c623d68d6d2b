"""Publishing now and later, taking off later, change notes and changing one's mind, in a browser and with
the keyboard.
"""

from datetime import date, timedelta

from tests.browser.checks import accessible, fits, publish

FORM = "/admin/initiatives/initiative/31/change/"
SCHEDULED = "/admin/desk/scheduled/"
DAY = date.today() + timedelta(days=50)


def write(page, words, button, **fields):
    """Type a summary and what stands beside the buttons, then press one."""
    page.goto(FORM)
    page.get_by_label("Summary").fill(words)
    for label, value in fields.items():
        field = page.get_by_label(label.replace("_", " "))
        field.check() if value is True else field.fill(value)
    page.get_by_role("button", name=button, exact=True).press("Enter")
    page.locator(".messagelist").wait_for()
    return page.locator(".messagelist").inner_text()


def test_a_publish_asks_what_changed_and_the_record_says_what_did(visit, sign_in):
    page = sign_in(visit(), "editor")
    told = write(page, "Nobody was told why.", "Publish")
    assert "Say what changed, for the public, or tick “Minor change”." in told
    assert "Your draft is saved, but it is not published." in told
    accessible(page)
    assert "is published" in write(page, "It costs the same.", "Publish", Change_note="The price, in words.")
    page.get_by_role("link", name="Add another Number").or_(
        page.get_by_role("button", name="Add another Number")
    ).click()
    row = page.locator("#figures-group .inline-related:not(.empty-form)").last
    row.get_by_label("Value").fill("17")
    row.get_by_label("Unit").fill("lanterns")
    page.get_by_label("Minor change").check()
    page.get_by_role("button", name="Publish", exact=True).press("Enter")
    page.get_by_role("link", name="See it on the site").click()
    page.goto(f"{page.url}history/")
    newest, before = (page.locator("ol.changes > li").nth(place).inner_text() for place in (0, 1))
    assert "Figures" in newest
    assert "Said to be minor" in newest
    assert "Wording" in before
    assert "The price, in words." in before
    accessible(page)


def test_later_is_said_with_its_zone_and_may_be_moved_overtaken_and_called_off(visit, sign_in, author):
    page, author = sign_in(visit(), "editor"), sign_in(visit(), author)
    told = write(page, "In the past.", "Schedule", Minor_change=True, Publish_at="2020-01-01T08:00")
    assert "Your draft is saved, but it is not published." in told
    assert "In the city's time zone, America/Chicago." in page.locator("#id_publish_at_helptext").inner_text()
    told = write(page, "Words for later.", "Schedule", Minor_change=True, Publish_at=f"{DAY}T08:00")
    assert f"is scheduled for {DAY:%B} {DAY.day}, {DAY.year}, 8:00 a.m. C" in told
    page.goto(FORM)
    page.get_by_label("Summary").fill("Words for now.")
    page.get_by_label("Minor change").check()
    publish(page, "leave")
    assert "replaces this. To change that, open “Scheduled”." in page.locator(".messagelist").inner_text()
    accessible(page)
    author.goto(SCHEDULED)
    assert "America/Chicago" in author.locator("main").inner_text()
    assert author.locator(".calendar-entry").count() == 1
    assert (
        author.get_by_role("button", name="Cancel the schedule").or_(author.get_by_label("New time")).count()
        == 0
    )
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(SCHEDULED)
    page.get_by_label("New time").fill("2020-01-01T08:00")
    page.get_by_role("button", name="Change").press("Enter")
    page.get_by_text("keeps its time.").wait_for()
    page.get_by_label("New time").fill(f"{DAY + timedelta(days=1)}T17:45")
    page.get_by_role("button", name="Change").press("Enter")
    page.get_by_text("5:45 p.m. C").first.wait_for()
    fits(page)
    accessible(page)
    page.get_by_role("button", name="Cancel the schedule").press("Enter")
    page.get_by_text("Nothing is scheduled.").wait_for()


def test_an_item_leaves_the_site_later_unless_that_is_called_off(visit, sign_in):
    page = sign_in(visit(), "editor")
    page.goto(FORM.replace("change", "unpublish"))
    page.get_by_label("Why, for the public").fill("The lanterns are in.")
    page.get_by_label("When").fill(f"{DAY}T23:00")
    page.get_by_role("button", name="Unpublish").press("Enter")
    page.get_by_text("leaves the site on").wait_for()
    accessible(page)
    page.goto("/admin/desk/outline/")
    page.locator("#initiative-31").get_by_text("Leaves the site").wait_for()
    page.goto(SCHEDULED)
    assert "The lanterns are in." in page.locator(".calendar-entry").inner_text()
    page.get_by_role("button", name="Cancel the schedule").press("Enter")
    page.get_by_text("The withdrawal of").wait_for()
    page.get_by_text("Nothing is scheduled.").wait_for()


def test_enter_in_a_field_presses_no_button(visit, sign_in):
    page, sent = sign_in(visit(), "editor"), []
    page.on("request", lambda request: sent.append(request.url) if request.is_navigation_request() else None)
    form = "/admin/initiatives/initiative/7/change/"
    fields = [
        (form, label)
        for label in (
            "Change note",
            "Title:",
            "Minor change",
            "I checked the whole text",
            "Next review",
            "Publish at",
        )
    ]
    fields += [
        ("/admin/initiatives/initiative/7/unpublish/", label) for label in ("Why, for the public", "When")
    ]
    fields += [
        ("/admin/desk/bulk/initiative/publish/?item=7", label) for label in ("Change note", "Minor change")
    ]
    for path, label in fields:
        page.goto(path)
        page.get_by_label(label).first.press("Enter")
        page.wait_for_timeout(100)
        assert page.url.endswith(path)
        if path == form:
            page.get_by_label("Summary").fill("Typed and not sent.")
    assert len(sent) == len(fields)  # each page once, and nothing after it
