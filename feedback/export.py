"""Comments as CSV and JSON, line by line, so that a hundred thousand of them take no more memory than a few.

What looks personal is hidden, as in the lists. There is no id and no order within a day. A cell that a spreadsheet
would take for a formula begins with an apostrophe.
"""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from feedback import personal
from feedback.models import Comment

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


def rows(comments: QuerySet[Comment]) -> Iterator[dict[str, Any]]:
    """Yield each comment as plain values. Costs two queries for each CHUNK of them."""
    found = comments.select_related("assigned_to").prefetch_related("tags")
    for comment in found.iterator(chunk_size=CHUNK):
        yield {
            "date": comment.date.isoformat(),
            "page": comment.page,
            "title": comment.title,
            "helpful": HELPFUL[comment.helpful],
            "comment": personal.masked(comment.text),
            "page_language": comment.language,
            "version": comment.version,
            "state": comment.state,
            "urgent": comment.urgent,
            "tags": [tag.name for tag in comment.tags.all()],
            "assigned_to": comment.assigned_to.get_username() if comment.assigned_to else "",
            "looks_personal": personal.named(personal.flags(comment.text)),
            "redacted": comment.redacted,
        }


def csv_lines(comments: QuerySet[Comment]) -> Iterator[str]:
    """Yield the lines of a CSV file, with a mark that tells spreadsheets that it is UTF-8."""
    writer: Any = csv.writer(Echo(), quoting=csv.QUOTE_ALL)  # some spreadsheets split at semicolons what has no quotes
    yield "\ufeff" + writer.writerow(COLUMNS)
    for row in rows(comments):
        yield writer.writerow([cell(row[name]) for name in COLUMNS])


def cell(value: Any) -> str:
    """Return a value as the text of a cell that no spreadsheet runs."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(value) if isinstance(value, list) else str("" if value is None else value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def json_lines(comments: QuerySet[Comment]) -> Iterator[str]:
    """Yield the lines of a JSON file: a list of objects."""
    comma = "[\n"
    for row in rows(comments):
        yield comma + json.dumps(row, ensure_ascii=False)
        comma = ",\n"
    yield "[]\n" if comma == "[\n" else "\n]\n"


FORMATS = {"csv": csv_lines, "json": json_lines}
