"""The report as spreadsheets: a sheet of items and a sheet for each kind of row, as CSV that no
spreadsheet runs.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator

from initiatives.exchange.block import body_field
from initiatives.exchange.exporting import Going, Outgoing
from initiatives.exchange.fields import FILES, OUTWARD, of_revision, text_fields, yes_no_or_text
from initiatives.exchange.load import RELATIONS, ROLES, ROWS
from initiatives.models import KINDS

IDENTITY = ("kind", "key", "revision", "address", "under", "place")
ROW_IDENTITY = ("address", "key", "revision")
RISKY = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
ITEMS = "items.csv"
SHEETS = {ITEMS: "items", **{f"{name}.csv": name for name in ROWS}}


def item_columns() -> list[str]:
    """Return the columns of the sheet of items, in the order of an item's form."""
    named = [name for kind in ("initiative", *KINDS) for name in plain_names(kind)]
    return list(dict.fromkeys([*IDENTITY, "title", *named, "text", *ROLES, *RELATIONS, *FILES.values()]))


def row_columns(name: str) -> list[str]:
    """Return the columns of the sheet of one kind of row."""
    return [*ROW_IDENTITY, *(OUTWARD.get(field, field) for field in ROWS[name].fields)]  # type: ignore[attr-defined]


def plain_names(kind: str) -> list[str]:
    """Return the names of the fields that have a column of their own: all but the text."""
    return [name for name in text_fields(kind) if name != body_field(kind)]


def write_sheets(outgoing: Outgoing) -> bytes:
    """Return a zip with all the sheets."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            ITEMS, sheet(item_columns(), (item_row(going, outgoing.slugs) for going in outgoing.items))
        )
        for name in ROWS:
            archive.writestr(f"{name}.csv", sheet(row_columns(name), fact_rows(name, outgoing)))
    return buffer.getvalue()


def sheet(fields: list[str], rows: Iterator[dict[str, str]]) -> str:
    """Return rows as CSV with a byte order mark, by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.DictWriter(out, fields, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({name: guard(value) for name, value in row.items()} for row in rows)
    return "\ufeff" + out.getvalue()


def guard(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if RISKY.match(cell) else cell


def unguard(cell: str) -> str:
    """Return a cell as it was before guard()."""
    return cell[1:] if GUARDED.match(cell) else cell


def item_row(going: Going, slugs: dict[str, str]) -> dict[str, str]:
    """Return an item as a row of the sheet of items."""
    revision, told = going.revision, of_revision(going.revision)
    row = {
        "kind": going.kind,
        "key": str(revision.key),
        "revision": str(revision.number),
        "address": revision.slug,
    }
    row |= {"under": going.under, "place": str(going.place or ""), "title": told["title"]}
    for name in plain_names(revision.kind):
        row[name] = yes_no_or_text(told[name])
    row["text"] = told.get(body_field(revision.kind), "")
    if revision.kind == "initiative":
        for role in ROLES:
            row[role] = " ".join(
                slugs.get(one["agency"], one["agency"]) for one in told["agencies"] if one["role"] == role
            )
        row |= {name: " ".join(sorted(slugs.get(key, key) for key in told[name])) for name in RELATIONS}
    file = FILES.get(revision.kind)
    return row | ({file: told[file]} if file else {})


def fact_rows(name: str, outgoing: Outgoing) -> Iterator[dict[str, str]]:
    """Yield the rows of one kind of all initiatives, each with whose it is."""
    for going in outgoing.items:
        revision = going.revision
        for row in of_revision(revision).get(name, []):
            said = {
                OUTWARD.get(field, field): "" if value is None else str(value) for field, value in row.items()
            }
            yield {
                "address": revision.slug,
                "key": str(revision.key),
                "revision": str(revision.number),
                **said,
            }
