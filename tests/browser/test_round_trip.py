"""The round trip in a browser: take out, edit, bring back, look at the differences, keep them."""

import csv
import io
import re
import zipfile
from pathlib import Path

from tests.browser.checks import accessible, fits, tab_to

PAGE = "/admin/desk/round-trip/"


def take_out(page, path=PAGE):
    page.goto(path)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    return Path(download.value.path()).read_text()


def bring_back(page, text):
    page.get_by_label("File").set_input_files(
        {"name": "report.md", "mimeType": "text/markdown", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Show the differences").click()


def test_a_text_goes_out_and_comes_back_as_a_draft(visit, sign_in):
    page = sign_in(visit(expect_errors=True), "editor")
    page.goto("/admin/initiatives/initiative/3/change/")
    page.get_by_role("link", name="Export or import this").click()
    accessible(page)
    text = take_out(page, page.url)
    bring_back(page, text)
    page.get_by_text("Nothing changed").wait_for()
    page.go_back()
    bring_back(page, re.sub("^title: .*$", "title: The new words", text, count=1, flags=re.MULTILINE))
    page.get_by_role("button", name="Keep all as drafts").wait_for()
    assert "new" in page.locator(".difference ins").first.inner_text()
    accessible(page)
    page.get_by_role("button", name="Keep all as drafts").click()
    page.get_by_text("1 draft kept.").wait_for()
    page.goto("/admin/initiatives/initiative/3/change/")
    assert page.locator("#id_title").input_value() == "The new words"
    page.goto(PAGE)
    bring_back(page, re.sub("^title: .*$", "title: Other words", text, count=1, flags=re.MULTILINE))
    page.get_by_role("heading", name="The new words, Title").wait_for()
    accessible(page)
    page.set_viewport_size({"width": 320, "height": 900})
    fits(page)
    page.get_by_role("link", name="Open the form of The new words").press("Enter")
    page.wait_for_url("**/initiative/3/change/")


def test_mistakes_are_named_and_all_pages_fit_a_phone(visit, sign_in):
    page = sign_in(visit(width=320, dark=True, expect_errors=True), "editor")
    text = take_out(page)
    accessible(page)
    fits(page)
    bring_back(page, text.replace("status: ongoing", "status: maybe"))
    page.get_by_role("heading", name="Nothing was brought in").wait_for()
    assert "“maybe” is none of under_way, ongoing" in page.get_by_role("alert").inner_text()
    accessible(page)
    fits(page)
    bring_back(page, text.replace("status: ongoing", "status: completed"))
    page.get_by_role("button", name="Keep all as drafts").wait_for()
    accessible(page)
    fits(page)


def test_an_author_brings_spreadsheets_back(visit, sign_in, author):
    author = sign_in(visit(), author)
    author.goto("/admin/initiatives/initiative/51/change/")
    author.get_by_role("link", name="Export or import this").click()
    author.get_by_label("As what").select_option(value="csv")
    with author.expect_download() as download:
        author.get_by_role("button", name="Download").press("Enter")
    with zipfile.ZipFile(download.value.path()) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("items.csv").decode("utf-8-sig"))))
    next(row for row in rows if row["kind"] == "initiative")["title"] = "A title from a spreadsheet"
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    upload = {"name": "items.csv", "mimeType": "text/csv", "buffer": sheet.getvalue().encode()}
    author.get_by_label("File").set_input_files(upload)
    tab_to(author, author.get_by_role("button", name="Show the differences"))
    author.keyboard.press("Enter")
    assert "spreadsheet" in author.locator(".difference ins").first.inner_text()
    accessible(author)
    tab_to(author, author.get_by_role("button", name="Keep all as drafts"))
    author.keyboard.press("Enter")
    author.get_by_text("1 draft kept.").wait_for()
    assert author.get_by_role("link", name="A title from a spreadsheet").count() == 1


def test_a_conflict_is_named_by_line_with_both_texts_and_nothing_is_kept(visit, sign_in):
    page = sign_in(visit(expect_errors=True), "editor")
    page.goto("/admin/initiatives/initiative/52/change/")
    page.get_by_role("link", name="Export or import this").click()
    elsewhere = page.url
    text = take_out(page, elsewhere)
    page.goto("/admin/initiatives/initiative/52/change/")
    page.locator("#id_title").fill("Saved by a colleague")
    page.get_by_role("button", name="Save draft").press("Enter")
    page.get_by_text("The draft is saved.").wait_for()
    page.goto(elsewhere)
    mine = re.sub("^title: .*$", "title: Typed elsewhere", text, count=1, flags=re.MULTILINE)
    bring_back(page, mine)
    assert "Nothing was brought in" in page.get_by_role("alert").inner_text()
    clash = page.locator(".round-trip-clash")
    line = mine.split("\n").index("title: Typed elsewhere") + 1
    assert clash.get_by_role("heading", level=3).inner_text().startswith(f"Line {line}: ")
    assert "Saved by a colleague" in clash.inner_text()
    assert "Typed elsewhere" in clash.inner_text()
    accessible(page)
    page.goto("/admin/initiatives/initiative/52/change/")
    assert page.locator("#id_title").input_value() == "Saved by a colleague"
