"""Changes to many items in a browser: from the list, by keyboard, each with a preview; and what an author
may do of it.
"""

from django.utils import timezone

from tests.browser.checks import accessible, tab_to
from tests.browser.test_releases import choose

LIST = "/admin/initiatives/initiative/?all="


def tick(page, *numbers):
    page.goto(LIST)
    for number in numbers:
        row = page.locator(f'#result_list tr:has(a[href*="/initiative/{number}/change/"])')
        row.get_by_role("checkbox").press("Space")


def foretold(page):
    tab_to(page, page.get_by_role("button", name="Show what will happen"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What will happen").wait_for()
    accessible(page)
    return page.locator(".plans").inner_text()


def apply(page, label):
    tab_to(page, page.get_by_role("button", name=label))
    page.keyboard.press("Enter")
    page.get_by_text("done for").wait_for()


def test_an_editor_assigns_dates_moves_and_publishes_two_at_once(visit, sign_in):
    editor, reader = sign_in(visit(), "editor"), visit()
    tick(editor, 56, 57)
    choose(editor, "Assign an owner")
    editor.get_by_label("Owner").select_option(label="editor")
    assert foretold(editor).count("Owner: none → editor") == 2
    apply(editor, "Assign an owner: 2 items")

    tick(editor, 56, 57)
    choose(editor, "Set the date of the next review")
    editor.get_by_label("Next review").fill(f"{timezone.localdate().year + 1}-06-30")
    assert foretold(editor).count("Next review: none → Jun 30") == 2
    apply(editor, "Set the date of the next review: 2 items")

    tick(editor, 56, 57)
    choose(editor, "Move")
    place = editor.get_by_label("Move to")
    now = editor.locator(".plans").inner_text()
    target = next(
        label for label in place.locator("option").all_inner_texts() if label.split(" › ")[-1] not in now
    )
    place.select_option(label=target)
    said = foretold(editor)
    assert said.count(f"→ {target.split(' › ')[-1]}") == 2
    assert said.count(" stays.") == 2
    apply(editor, "Move: 2 items")

    tick(editor, 56, 57)
    choose(editor, "Publish")
    assert editor.locator(".plans").inner_text().count("Changes: moved") == 2
    accessible(editor)
    editor.get_by_label("Change note").fill("They belong together.")
    apply(editor, "Publish: 2 items")
    reader.goto("/updates/")
    assert reader.get_by_text("They belong together.").count() == 2


def test_an_author_is_offered_what_makes_drafts_and_told_what_others_do(visit, sign_in, author):
    author = sign_in(visit(), author)
    tick(author, 58)
    offered = author.get_by_label("Action:").locator("option").all_inner_texts()
    assert {"Change the status", "Move"} <= set(offered)
    assert not {"Publish", "Assign an owner", "Add to a release"} & set(offered)
    choose(author, "Set the date of the next review")
    author.get_by_label("Next review").fill(f"{timezone.localdate().year + 1}-06-30")
    assert "Its owner and editors set this day." in foretold(author)
    assert author.get_by_role("button", name="Set the date of the next review: 1 item").count() == 0
    tick(author, 58)
    choose(author, "Change the status")
    author.get_by_label("New status").select_option(label="Being studied")
    assert "→ Being studied" in foretold(author)
    apply(author, "Change the status: 1 item")
    row = author.locator('#result_list tr:has(a[href*="/initiative/58/change/"])')
    assert "Live, with changes not yet published" in row.inner_text()
