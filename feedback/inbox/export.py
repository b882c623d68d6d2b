"""Comments as CSV and JSON, line by line, so that a hundred thousand of them take no more memory than a few.

What looks personal is hidden, as in the lists. There is no id and no order within a day. A cell that a
spreadsheet would take for a formula begins with an apostrophe. The answer to a records request is another
file: it has all that is kept. Each file that leaves is on record.
"""

import csv
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet

from feedback import personal
from feedback.contacts import Public
from feedback.models import Comment, Export

COLUMNS = (
    "date",
    "page",
    "title",
    "helpful",
    "comment",
    "page_language",
    "version",
    "state",
    "urgent",
    "tags",
    "assigned_to",
    "looks_personal",
    "redacted",
)
HELPFUL = {True: "yes", False: "no", None: ""}
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
CHUNK = 2000


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def plain_rows(comments: QuerySet[Comment]) -> Iterator[dict[str, Any]]:
    """Yield each comment as plain values. Costs two queries for each CHUNK of them, and one more in all."""
    public = Public()
    found = comments.select_related("assigned_to").prefetch_related("tags")
    for comment in found.iterator(chunk_size=CHUNK):
        yield {
            "date": comment.date.isoformat(),
            "page": comment.page,
            "title": comment.title,
            "helpful": HELPFUL[comment.helpful],
            "comment": personal.masked(comment.text, public),
            "page_language": comment.language,
            "version": comment.version,
            "state": comment.state,
            "urgent": comment.urgent,
            "tags": [tag.name for tag in comment.tags.all()],
            "assigned_to": comment.assigned_to.get_username() if comment.assigned_to else "",
            "looks_personal": personal.names_of(personal.flags(comment.text, public)),
            "redacted": comment.redacted,
        }


def csv_lines(comments: QuerySet[Comment]) -> Iterator[str]:
    """Yield the lines of a CSV file, with a mark that tells spreadsheets that it is UTF-8."""
    writer: Any = csv.writer(
        Echo(), quoting=csv.QUOTE_ALL
    )  # some spreadsheets split at semicolons what has no quotes
    yield "\ufeff" + writer.writerow(COLUMNS)
    for row in plain_rows(comments):
        yield writer.writerow([guarded_cell(row[name]) for name in COLUMNS])


def guarded_cell(value: Any) -> str:
    """Return a value as the text of a cell that no spreadsheet runs."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(value) if isinstance(value, list) else str("" if value is None else value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def json_lines(comments: QuerySet[Comment]) -> Iterator[str]:
    """Yield the lines of a JSON file: a list of objects."""
    return listed(plain_rows(comments))


def listed(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Yield the lines of a JSON list of objects."""
    comma = "[\n"
    for row in found:
        yield comma + json.dumps(row, ensure_ascii=False, cls=DjangoJSONEncoder)
        comma = ",\n"
    yield "[]\n" if comma == "[\n" else "\n]\n"


def whole_records(comments: QuerySet[Comment]) -> Iterator[dict[str, Any]]:
    """Yield all that is kept of each comment, nothing hidden: its columns, tags, notes, steps and
    redactions.
    """
    found = comments.select_related("assigned_to", "answer").prefetch_related(
        "tags", "notes", "handlings", "redactions"
    )
    for comment in found.iterator(chunk_size=CHUNK):
        yield {
            **all_columns(comment),
            "assigned_to": comment.assigned_to.get_username() if comment.assigned_to else None,
            "answer": comment.answer.title if comment.answer else None,
            "tags": [tag.name for tag in comment.tags.all()],
            "notes": [all_columns(note) for note in comment.notes.all()],
            "steps": [all_columns(step) for step in comment.handlings.all()],
            "redactions": [all_columns(one) for one in comment.redactions.all()],
        }


def all_columns(row: Model) -> dict[str, Any]:
    """Return every column of a row by its name, but for the comment that it hangs on."""
    return {
        field.name: field.value_from_object(row)
        for field in row._meta.concrete_fields
        if field.name != "comment"
    }


def record_lines(comments: QuerySet[Comment]) -> Iterator[str]:
    """Yield the lines of the answer to a records request: a JSON list of objects."""
    return listed(whole_records(comments))


def put_on_record(by: Any, kind: str, chosen: str, comments: QuerySet[Comment], reason: str = "") -> int:
    """Put on record that comments leave as a file: by whom (None: the command line), which filter.

    Out: how many there are.
    """
    total = comments.count()
    name = by.get_username() if by else ""
    Export.objects.create(by=by, by_name=name, kind=kind, filter=chosen, reason=reason, comments=total)
    return total


FORMATS = {"csv": csv_lines, "json": json_lines}
