"""The spreadsheets: they open without running anything, survive what spreadsheets do to them, and follow
the same rules.
"""

import csv
import io
import zipfile

import pytest

from initiatives.exchange import detect, sheets_in
from initiatives.exchange.block import RoundTripError
from initiatives.models import Initiative
from initiatives.publishing.publish import save_draft
from tests.builders import make_initiative
from tests.initiatives.roundtrip.conftest import brought, zipped

pytestmark = pytest.mark.django_db


def unzipped():
    return sheets_in.unzip(zipped())


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def csv_text(found, delimiter=","):
    out = io.StringIO()
    writer = csv.DictWriter(out, found[0].keys(), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(found)
    return out.getvalue()


def zip_of(found):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in found.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def edited(slug, **cells):
    """Return the sheet of items with other cells for one item."""
    found = rows(unzipped()["items.csv"])
    for row in found:
        if row["address"] == slug:
            row.update(cells)
    return found


def problems(data, name="items.csv"):
    try:
        return brought(data, name=name).problems
    except RoundTripError as error:
        return error.problems


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_changed_cell_becomes_a_draft_whatever_the_spreadsheet_wrote(park, delimiter, encoding):
    text = csv_text(edited("two", summary="Café, “new”; more\nlines", status_note="=1+1"), delimiter)
    result = brought(text.encode(encoding), keep=True)
    assert [one.title for one in result.changes] == ["Two"]
    item = Initiative.objects.get(slug="two")
    assert (item.summary, item.status_note) == ("Café, “new”; more lines", "=1+1")  # a field of one line


def test_no_cell_runs_as_a_formula(park):
    item = make_initiative(section=park, slug="evil", summary="=cmd|' /C calc'!A0", body="- a list\n- more")
    item.links.create(label="@x", url="https://example.org/")
    save_draft(item, by=None)
    for text in unzipped().values():
        for row in csv.reader(io.StringIO(text)):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert brought(zipped()).changes == []


def test_a_line_that_names_the_delimiter_is_no_trouble(park):
    text = csv_text(edited("two", status="nonsense"), ";")
    (problem,) = problems("sep=;\n" + text)
    assert problem.startswith("Line 6: status:")


def test_mistakes_are_named_by_file_and_line(camp):
    found = unzipped() | {"dates.csv": unzipped()["dates.csv"].replace("2015-12", "Dec-15")}
    assert "dates.csv, line 2: date: “Dec-15”" in problems(zip_of(found))[0]
    found = unzipped() | {"amounts.csv": unzipped()["amounts.csv"].replace("5000000", "5 million")}
    assert problems(zip_of(found))[0].startswith("amounts.csv, line 2: amount:")


def test_a_row_added_taken_and_changed(camp):
    found = unzipped()
    first = rows(found["figures.csv"])[0]
    found["figures.csv"] = csv_text([{**first, "value_to": "", "value": "40"}, {**first, "unit": "parks"}])
    found["links.csv"] = found["links.csv"].split("\n")[0] + "\n"
    assert not brought(zip_of(found), keep=True).is_held_back
    assert [str(row) for row in camp.figures.all()] == ["40 years old", "12 parks"]
    assert not camp.links.exists()


@pytest.mark.parametrize(
    "written", ["$6,000,000.00", "6,000,000", "6000000.00", "$ 6,000,000", "US$6,000,000", " $6000000 "]
)
def test_a_sum_may_be_written_as_spreadsheets_do(camp, written):
    text = unzipped()["amounts.csv"].replace("5000000", f'"{written}"')
    brought(text, keep=True)
    assert camp.amounts.get().amount == 6_000_000


@pytest.mark.parametrize(
    "written", ["6.000.000", "6,00", "60,000,00", "$$6", "6,000,000.0.0", "-$6", "6 million"]
)
def test_what_could_mean_another_sum_is_refused(camp, written):
    assert problems(
        zip_of(unzipped() | {"amounts.csv": unzipped()["amounts.csv"].replace("5000000", f'"{written}"')})
    )


def test_a_sheet_of_rows_alone_changes_only_those(camp):
    text = unzipped()["amounts.csv"].replace("5000000", "6000000")
    result = brought(text, keep=True)
    assert [[part.name for part in one.differences] for one in result.changes] == [["amounts"]]
    assert camp.links.count() == 1


def test_a_column_that_was_deleted_says_nothing(park):
    found = [
        {name: cell for name, cell in row.items() if name not in ("text", "summary", "lead")}
        for row in edited("two")
    ]
    assert brought(csv_text(found)).changes == []


def test_sorting_the_rows_changes_nothing_and_places_change_the_order(park):
    found = edited("three", place="1")
    assert brought(csv_text(sorted(edited("two"), key=lambda row: row["title"]))).changes == []
    for row in found:
        row["place"] = {"one": "3"}.get(row["address"], row["place"])
    brought(csv_text(found), keep=True)
    assert list(park.initiatives.order_by("position").values_list("slug", flat=True)) == [
        "three",
        "two",
        "one",
    ]


def test_new_rows_become_new_drafts(park):
    found = edited("two")
    blank = dict.fromkeys(found[0], "")
    found.append(
        blank
        | {
            "kind": "initiative",
            "under": "section pools",
            "title": "Four",
            "status": "planned",
            "address": "four",
        }
    )
    assert brought(csv_text(found), keep=True).problems == []
    assert Initiative.objects.get(slug="four").section.slug == "pools"
    assert (
        "under: say what it stands under"
        in problems(csv_text([*edited("two"), {**found[-1], "under": "", "address": "5"}]))[0]
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "does not name the columns"),
        ("key,key\n", "twice"),
        ("kind,title,color\n", "not known: color"),
        ("kind,title\n", "missing: key, revision, address"),
        ('kind,key,revision,address,title\nagency,,,a,"A\n', "cannot be read"),
        ("kind,key,revision,address,title\nplanet,,,a,A\n", "no kind of item"),
        ("kind,key,revision,address,title\nagency,,,a,A,x\n", "more cells"),
        ("kind,key,revision,address,title,place\nagency,,,a,A,first\n", "is no number"),
    ],
)
def test_sheets_that_do_not_fit_are_said_to(text, words):
    assert words in problems(text)[0]


def test_zips_that_hide_something_are_refused():
    for content in ({"other.txt": "x"}, {"../../items.txt": "x"}):
        with pytest.raises(RoundTripError, match="None of these"):
            detect.read_upload(zip_of(content))
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("items.csv", b"0" * 50_000_000)
    with pytest.raises(RoundTripError, match="larger than"):
        detect.read_upload(bomb.getvalue())
