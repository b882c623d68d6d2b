"""Releases, the calendar and changes to many items in a browser: by mouse and keyboard, accessible, on a
phone too.
"""

from datetime import date, timedelta

from tests.browser.checks import accessible, fits

LATER = date.today() + timedelta(days=40)


def tick(page, titles):
    page.goto("/admin/initiatives/initiative/")
    for title in titles:
        link = page.get_by_role("link", name=title, exact=True)
        page.locator("#result_list tbody tr", has=link).get_by_role("checkbox").check()


def choose(page, action):
    page.get_by_label("Action:").select_option(label=action)
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    page.get_by_role("heading", level=1, name=action).wait_for()


def test_drafts_are_gathered_compared_scheduled_called_off_and_published(visit, sign_in, author):
    page, author = sign_in(visit(), "editor"), sign_in(visit(), author)
    # Which come first depends on what other tests left; none of these is completed yet.
    page.goto("/admin/initiatives/initiative/?live=yes&status__exact=ongoing")
    titles = page.locator("#result_list .field-title a").all_inner_texts()[3:5]
    tick(page, titles)
    choose(page, "Change the status")
    page.get_by_label("New status").select_option(label="Completed")
    page.get_by_role("button", name="Show what will happen").click()
    accessible(page)
    page.get_by_role("button", name="Change the status: 2 items").click()
    tick(page, titles)
    # A long state breaks: nothing of the list is out of sight.
    assert page.locator(".results").evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    choose(page, "Add to a release")
    page.get_by_label("Name of a new release").fill("Fall update")
    accessible(page)
    page.get_by_role("button", name="Add to a release: 2 items").press("Enter")
    page.get_by_role("heading", level=1, name="Fall update").wait_for()
    accessible(page)
    for title in titles:
        assert page.get_by_role("heading", level=3, name=title).count() == 1
    assert page.get_by_role("heading", level=4, name="Status").count() == 2
    author.goto(page.url)
    assert author.locator("main").get_by_role("heading", level=3).all_inner_texts() == sorted(titles)
    assert author.locator("main").get_by_role("button").count() == 0
    author.get_by_role("link", name="Preview the site with it").click()
    author.get_by_role("link", name="Whole report").click()
    for title in titles:
        author.frame_locator("iframe").get_by_role("heading", name=title).first.wait_for()
    page.get_by_label("Change note:", exact=True).fill("They are done.")
    page.get_by_label("Publish at").fill(f"{LATER}T08:00")
    page.get_by_role("button", name="Schedule").press("Enter")
    page.get_by_role("button", name="Cancel the schedule").wait_for()
    accessible(page)
    assert page.get_by_text("Change note: They are done.").count() == 3
    page.get_by_role("link", name=titles[0], exact=True).click()
    page.get_by_text("Its text there stays as it was scheduled.").wait_for()
    page.get_by_role("link", name="Unpublish…").click()
    page.get_by_text("In a scheduled release everything else goes out as scheduled, without it.").wait_for()
    accessible(page)
    page.goto("/admin/desk/scheduled/")
    accessible(page)
    page.get_by_role("link", name="Fall update", exact=True).click()
    page.get_by_role("button", name="Cancel the schedule").press("Enter")
    page.get_by_label("Change note:", exact=True).wait_for()
    assert page.get_by_label("Change note:", exact=True).input_value() == "They are done."
    page.get_by_label(f"Change note of its own, {titles[1]}").fill("This one is done, too.")
    page.get_by_label("Minor change", exact=True).check()
    page.get_by_role("button", name="Publish now").click()
    page.get_by_text("“Fall update” is published.").wait_for()
    page.goto("/updates/")
    assert (
        page.get_by_text("They are done.").count() == page.get_by_text("This one is done, too.").count() == 1
    )


def test_an_appointment_is_moved_in_the_calendar_with_the_keyboard(visit, sign_in):
    page = sign_in(visit(), "editor")
    page.goto("/admin/initiatives/initiative/7/change/")
    page.get_by_label("Summary").fill("It has another summary now.")
    page.get_by_label("Minor change").check()
    page.get_by_label("Publish at").fill(f"{LATER}T08:00")
    page.get_by_role("button", name="Schedule").click()
    page.goto("/admin/desk/scheduled/")
    moment = page.get_by_label("New time")
    assert moment.count() == 1
    moment.fill(f"{LATER}T09:30")
    moment.press("Enter")
    page.get_by_text("9:30 a.m.").first.wait_for()
    accessible(page)
    page.get_by_role("button", name="Cancel the schedule").press("Enter")
    page.get_by_text("Nothing is scheduled.").wait_for()


def test_none_of_it_scrolls_sideways_on_a_phone(visit, sign_in):
    page = sign_in(visit(width=320), "editor")
    page.goto("/admin/desk/releases/")
    accessible(page)
    page.get_by_label("Name").fill("A release for the phone")
    page.get_by_role("button", name="Make the release").click()
    page.get_by_role("heading", level=1, name="A release for the phone").wait_for()
    address = page.url
    page.goto("/admin/desk/bulk/initiative/release/?item=11&item=12&item=13")
    fits(page)
    page.get_by_label("Release:", exact=True).select_option(label="A release for the phone")
    page.get_by_role("button", name="Add to a release: 3 items").click()
    for path in (
        address,
        "/admin/desk/releases/",
        "/admin/desk/scheduled/",
        "/admin/desk/bulk/initiative/publish/?item=11&item=12",
        "/admin/desk/bulk/initiative/move/?item=11",
        "/admin/initiatives/initiative/11/change/",
    ):
        page.goto(path)
        fits(page)
        accessible(page)
