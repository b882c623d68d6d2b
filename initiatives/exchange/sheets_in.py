"""Reads the sheets back: whatever delimiter a spreadsheet chose, each value with its file and line."""

import csv
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from initiatives.exchange.block import (
    MAX_BYTES,
    MAX_ITEMS,
    TOO_LARGE,
    TREE,
    Block,
    RoundTripError,
    body_field,
    decode,
)
from initiatives.exchange.load import RELATIONS, ROLES, ROWS
from initiatives.exchange.sheets import (
    IDENTITY,
    ITEMS,
    ROW_IDENTITY,
    SHEETS,
    item_columns,
    plain_names,
    row_columns,
    unguard,
)
from initiatives.models import KINDS
from initiatives.models.facts import EDTF
from portal.digits import whole_number

Cells = dict[str, str]
DELIMITERS = ",;\t"
MAX_PROBLEMS = 200
LAST = 10**9
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    struct.error,
)


class Reader:
    """Gathers the items of one sheet or of several. `problems` holds a sentence with file and line each."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.items: list[Block] = []
        self.rows: dict[str, list[tuple[str, int, Cells]]] = {}

    def take(self, name: str, text: str) -> None:
        """Take in one sheet, by its columns where it has no name."""
        lines, skipped = skip_separator(text)
        delimiter = max(DELIMITERS, key=lines.partition("\n")[0].count)
        reader = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter, strict=True)
        try:
            header = [column.strip() for column in next(reader, [])]
            kind = self.kind_of(name, header)
            if kind and self.fits(name, header, kind):
                self.take_rows(name, kind, header, numbered_rows(reader, skipped))
        except csv.Error as error:
            self.note(name, reader.line_num + skipped, f"the sheet cannot be read: {error}")

    def note(self, name: str, line: int, reason: str) -> None:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(f"{name}, line {line}: {reason}" if name else f"Line {line}: {reason}")

    def kind_of(self, name: str, header: list[str]) -> str:
        """Return which sheet it is: "items" or a kind of row; "" and a problem where its columns do not
        say.
        """
        if len(set(header)) < len(header):
            self.note(name, 1, "a column stands there twice, or has no name")
            return ""
        if {"kind", "title"} <= set(header) or "under" in header:
            return "items"
        fits = [kind for kind in ROWS if len(set(header) & (set(row_columns(kind)) - set(ROW_IDENTITY))) > 1]
        best = max(fits, key=lambda kind: len(set(header) & set(row_columns(kind))), default="")
        if not best:
            self.note(name, 1, "the first line does not name the columns of any sheet that the site exports")
        return best

    def fits(self, name: str, header: list[str], kind: str) -> bool:
        """Say whether the columns are those of the sheet; note which are unknown or missing."""
        known, needed = (
            (item_columns(), IDENTITY[:4]) if kind == "items" else (row_columns(kind), ROW_IDENTITY)
        )
        unknown, missing = (
            [one for one in header if one not in known],
            [one for one in needed if one not in header],
        )
        if unknown:
            self.note(name, 1, f"these columns are not known: {', '.join(unknown)[:200]}")
        if missing:
            self.note(name, 1, f"these columns are missing: {', '.join(missing)}")
        return not unknown and not missing

    def take_rows(
        self, name: str, kind: str, header: list[str], rows: Iterator[tuple[int, list[str]]]
    ) -> None:
        """Take in the rows below the header; those with nothing in them are skipped."""
        self.rows.setdefault(kind, []) if kind != "items" else None
        for line, row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) > len(header) and any(row[len(header) :]):
                self.note(name, line, "the row has more cells than the first line")
                continue
            cells = {column: unguard(cell) for column, cell in zip(header, row, strict=False)}
            if kind == "items":
                self.take_item(name, line, cells)
            else:
                self.take_row(name, kind, line, cells)

    def take_item(self, name: str, line: int, cells: Cells) -> None:
        """Make a block of a row of the sheet of items."""
        said = cells.pop("kind", "").strip()
        kind = {"sub-section": "section"}.get(said, said)
        if kind not in KINDS:
            self.note(name, line, f"“{said[:40]}” is no kind of item")
            return
        block = Block(kind, cells.pop("address", "").strip(), 0, Path(name), start=line - 1, lines={(): line})
        under, place = cells.pop("under", "").split(), cells.pop("place", "").strip()
        block.place = whole_number(place) or 0 if place else LAST
        if place and not block.place:
            self.note(name, line, f"place: “{place[:20]}” is no number from 1 on")
        if len(under) == 2:
            block.under = ({"sub-section": "section"}.get(under[0], under[0]), under[1])
        elif under or (kind in ("section", "initiative") and not cells.get("key", "").strip()):
            self.note(
                name, line, "under: say what it stands under by kind and address, such as “section jobs”"
            )
        fill_block(block, cells)
        block.identify(self.problems)
        self.items.append(block)

    def take_row(self, name: str, kind: str, line: int, cells: Cells) -> None:
        """Keep a row of a fact for its item."""
        if kind == "dates" and not re.fullmatch(EDTF, cells.get("date", "").strip()):
            hint = (
                "A spreadsheet may have changed it: format the column as text and type 2015, 2015-12 or "
                "2015-12-01."
            )
            self.note(name, line, f"date: “{cells.get('date', '')[:40]}” is no date of the report. {hint}")
        self.rows[kind].append((name, line, cells))

    def blocks(self) -> list[Block]:
        """Return all items, with their rows, parents first."""
        for block in self.items:
            block.unsaid |= set(ROWS) - set(self.rows)
        known: dict[Any, Block] = {}
        for block in self.items:
            known |= {
                key: block
                for key in (block.key, ("initiative", block.slug))
                if key and block.kind == "initiative"
            }
        for kind, rows in self.rows.items():
            for name, line, cells in rows:
                self.attach(known, kind, name, line, cells)
        return sorted(self.items, key=lambda block: (block.kind in TREE, depth_of(block)))

    def attach(self, known: dict[Any, Block], kind: str, name: str, line: int, cells: Cells) -> None:
        """Hang a row on its item; on one of its own where no sheet of items has it."""
        block = Block(
            "initiative",
            cells.pop("address", "").strip(),
            0,
            Path(name),
            start=line - 1,
            lines={(): line},
            whole=False,
        )
        block.values = {part: cells.pop(part, "") for part in ("key", "revision")}
        block.identify(self.problems)
        found = known.get(block.key or ("initiative", block.slug))
        if not found:
            if block.is_new:
                self.note(
                    name,
                    line,
                    f"there is no initiative “{block.slug[:80]}” in the sheet of items; give its key",
                )
                return
            found = known[block.key] = block
            block.slug = ""
            self.items.append(block)
        rows = found.values.setdefault(kind, [])
        found.lines[kind, len(rows)] = line
        found.lines.setdefault((kind,), line)
        found.files[kind] = name
        rows.append({column: cell.strip() for column, cell in cells.items() if cell.strip()})


def depth_of(block: Block) -> int:
    """Return where a block stands so that parents come before what stands under them."""
    return {"pillar": 0, "section": 2 if block.under and block.under[0] == "section" else 1}.get(
        block.kind, 3
    )


def fill_block(block: Block, cells: Cells) -> None:
    """Give a block its values.

    A column that the sheet does not have says nothing; an empty cell says nothing is there.
    """
    own = {"title", *plain_names(block.kind)}
    block.unsaid = {name for name in own if name not in cells}
    if "text" not in cells:
        block.unsaid.add(body_field(block.kind))
    block.body = cells.pop("text", "")
    if block.kind == "initiative":
        roles = {role: cells.pop(role, "").split() for role in ROLES if role in cells}
        block.unsaid |= {"agencies"} if len(roles) < len(ROLES) else set()
        block.values["agencies"] = {role: slugs for role, slugs in roles.items() if slugs}
        for name in RELATIONS:
            block.unsaid |= set() if name in cells else {name}
            block.values[name] = cells.pop(name, "").split()
    for file in ("image", "file"):
        block.unsaid |= set() if file in cells else {file}
    block.values |= {name: cell for name, cell in cells.items() if cell.strip() or name in own}


def skip_separator(text: str) -> tuple[str, int]:
    """Return the text without the line by which some spreadsheets name their delimiter, and how many lines
    that were.
    """
    first, _, rest = text.partition("\n")
    return (rest, 1) if re.fullmatch(r'"?sep=.?"?', first.strip(), re.IGNORECASE) else (text, 0)


def numbered_rows(reader: Any, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line on which it begins."""
    line = reader.line_num + 1
    for row in reader:
        yield line + skipped, row
        line = reader.line_num + 1


def unzip(data: bytes) -> dict[str, str]:
    """Return the sheets in a zip by name.

    Raises RoundTripError for what is none, or grows beyond the limit.
    """
    found, left = {}, MAX_BYTES * 4
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist()[:50]:
                name = Path(info.filename).name
                if name in SHEETS and not info.filename.startswith("__MACOSX"):
                    with archive.open(info) as file:
                        content = file.read(left + 1)
                    left -= len(content)
                    if left < 0:
                        raise RoundTripError([TOO_LARGE])
                    found[name] = decode(content, name)
    except UNREADABLE as error:
        raise RoundTripError(["The zip file cannot be read. Pack it again, without a password."]) from error
    if not found:
        raise RoundTripError([f"None of these is in the zip file: {', '.join(SHEETS)}."])
    return found


def looks_like_one(text: str) -> bool:
    """Say whether the first line has the columns of a sheet."""
    first = text.split("\n", 2)[0:2]
    return any(
        {"key", "revision", "address"} <= set(re.split(r"[;,\t]", line.replace('"', ""))) for line in first
    )


def read_sheets(texts_by_name: dict[str, str]) -> list[Block]:
    """Return the items of one sheet or of several, parents first.

    Raises RoundTripError with every problem.
    """
    reader = Reader()
    for name in sorted(texts_by_name, key=lambda name: name != ITEMS):
        reader.take(name, texts_by_name[name])
    blocks = reader.blocks()
    if len(blocks) > MAX_ITEMS:
        raise RoundTripError([f"There are more than {MAX_ITEMS:,} items in it. Bring in a part at a time."])
    if reader.problems:
        raise RoundTripError(reader.problems)
    return blocks
