"""The report as one Markdown document: written, and read with the line of each value."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from initiatives.exchange.block import MAX_ITEMS, Block, RoundTripError, body_field
from initiatives.exchange.exporting import Outgoing
from initiatives.exchange.fields import of_revision, outward
from initiatives.exchange.folder import plain_value
from initiatives.models import KINDS

MARK = "%%%"
HEAD = "report"
MARKED = re.compile(r"^\\*%%%", re.MULTILINE)
LINE = re.compile(r"%%% *(?P<kind>[a-z-]+)(?: +(?P<slug>\S+))? *$")
ODD = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffe]")
MAX_FRONT = 100_000
MAX_DEPTH = 8
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NOTE = (
    "What you change here comes in as drafts. Each item begins with a line of three percent signs. Leave "
    "that line and the\nlines “key” and “revision” as they are. For a new item copy a whole one and leave "
    "those two lines out."
)


class Front(yaml.SafeDumper):
    """Writes front matter: long lines stay whole, several lines stand as they are, rows stand in one line
    each.
    """

    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_text(dumper: Any, text: str) -> Any:
    """Write a text plainly where YAML reads it back exactly, else in quotes with everything odd spelled
    out.
    """
    style = '"' if ODD.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


def as_row(dumper: Any, row: dict[str, Any]) -> Any:
    """Write the rows inside of an item in one line, the item itself line by line."""
    flat = (
        all(isinstance(value, str) for value in row.values()) and "key" not in row and "exported" not in row
    )
    return dumper.represent_mapping("tag:yaml.org,2002:map", row.items(), flow_style=flat)


def as_list(dumper: Any, rows: list[Any]) -> Any:
    """Write a list of slugs in one line, a list of rows below each other."""
    return dumper.represent_sequence(
        "tag:yaml.org,2002:seq", rows, flow_style=all(isinstance(row, str) for row in rows)
    )


Front.add_representer(str, as_text)
Front.add_representer(dict, as_row)
Front.add_representer(list, as_list)


def write_document(outgoing: Outgoing) -> Iterator[str]:
    """Yield the document piece by piece: its head, then each item in reading order."""
    yield block_text(HEAD, {"of": outgoing.name, "text": outgoing.words, "exported": outgoing.exported}, NOTE)
    for going in outgoing.items:
        told, body = of_revision(going.revision), body_field(going.revision.kind)
        head = f"{going.kind} {going.revision.slug}"
        yield block_text(head, outward(going.revision, outgoing.slugs), told[body] if body else "")


def block_text(head: str, front: dict[str, Any], body: str) -> str:
    """Return an item's part of the document."""
    dumped = yaml.dump(front, Dumper=Front, allow_unicode=True, sort_keys=False, width=2**20)
    body = MARKED.sub(lambda mark: "\\" + mark[0], body)
    return f"{MARK} {head}\n---\n{dumped}---\n{body}\n\n" if body else f"{MARK} {head}\n---\n{dumped}---\n\n"


def read_document(text: str) -> list[Block]:
    """Return the items of a document, parents before what stands under them.

    Raises RoundTripError with every problem.
    """
    problems: list[str] = []
    blocks: list[Block] = []
    for number, lines in marked_parts(text.split("\n"), problems):
        block = read_block(number, lines, problems)
        if block:
            place_of(block, blocks, problems)
            blocks.append(block)
    if not blocks and not problems:
        problems.append(
            "Line 1: there is no item in it. Each begins with a line such as “%%% initiative summer-camp”."
        )
    if len(blocks) > MAX_ITEMS:
        problems = [f"There are more than {MAX_ITEMS:,} items in it. Bring in a part at a time."]
    if problems:
        raise RoundTripError(problems)
    return blocks


def marked_parts(lines: list[str], problems: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield each part of the document that begins with a mark: how many lines stand before it, and its
    lines.
    """
    starts = [number for number, line in enumerate(lines) if line.startswith(MARK)]
    for number, line in enumerate(lines[: starts[0] if starts else 0], start=1):
        if line.strip():
            problems.append(
                f"Line {number}: this text stands before the first item. Move it into one, or take it out."
            )
            break
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=False):
        yield start, lines[start:end]


def read_block(number: int, lines: list[str], problems: list[str]) -> Block | None:
    """Return one item as its lines say it; None for the head of the document and for what cannot be read."""
    mark = LINE.match(lines[0])
    kind = {"sub-section": "section"}.get(mark["kind"], mark["kind"]) if mark else ""
    if mark and kind == HEAD:
        return None
    if not mark or kind not in KINDS:
        kinds = ", ".join(
            [
                "pillar",
                "section",
                "sub-section",
                *(name for name in KINDS if name not in ("pillar", "section")),
            ]
        )
        problems.append(
            f"Line {number + 1}: “{lines[0][:60]}” begins no item. After %%% comes one of: {kinds}; then "
            "the address."
        )
        return None
    block = Block(kind, mark["slug"] or "", 0, Path(), start=number + 1, under=(mark["kind"], ""))
    block.lines["slug",] = block.lines["parent",] = block.lines[()] = number + 1
    fences = [place for place, line in enumerate(lines) if line.rstrip() == "---"][:2]
    if len(fences) < 2 or any(line.strip() for line in lines[1 : fences[0]]):
        problems.append(
            block.at(
                number + 2,
                (
                    "below this come two lines of three hyphens (---) with the fields between them. One is "
                    "missing."
                ),
            )
        )
        return None
    block.start = number + fences[0]
    if not read_front(block, "\n".join(lines[fences[0] + 1 : fences[1]]), problems):
        return None
    body = "\n".join(lines[fences[1] + 1 :])
    block.body = re.sub(r"^\\(?=\\*%%%)", "", body, flags=re.MULTILINE)
    block.lines[()] = number + 1
    block.lines["body",] = number + fences[1] + 2
    block.identify(problems)
    return block


def read_front(block: Block, front: str, problems: list[str]) -> bool:
    """Take in an item's fields; say whether they could be read."""
    if len(front) > MAX_FRONT:
        problems.append(block.at(block.start + 2, "the fields of this item are too long"))
        return False
    try:
        refuse_tangled(front)
        values = plain_value(yaml.compose(front, Loader=LOADER), block, problems)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line if error.problem_mark else 0
        problems.append(block.at(block.start + line + 2, f"the fields cannot be read: {error.problem}"))
        return False
    except (yaml.YAMLError, RecursionError, ValueError):
        problems.append(
            block.at(
                block.start + 2, "the fields cannot be read: there is a character in them that no text has"
            )
        )
        return False
    if not isinstance(values, dict):
        problems.append(block.at(block.start + 2, "the fields are written one a line, as “name: value”"))
        return False
    block.values = values
    return True


def refuse_tangled(front: str) -> None:
    """Raise MarkedYAMLError for fields too deeply nested or repeated by name (a few lines of those could
    stand for millions) and
    for NUL, which PostgreSQL cannot store.

    It reads what YAML says one by one. Composing first would go as deep as the text does, and the parser in C
    ends the process.
    """
    depth = 0
    event: Any
    for event in yaml.parse(front, Loader=LOADER):
        mark: Any = event.start_mark
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(None, None, "they are too deeply nested", mark)
        if isinstance(event, yaml.ScalarEvent) and "\0" in event.value:
            raise yaml.MarkedYAMLError(None, None, "there is a character in them that no text has", mark)
        if isinstance(event, yaml.AliasEvent):
            raise yaml.MarkedYAMLError(None, None, "write out what is repeated with *", mark)


def place_of(block: Block, before: list[Block], problems: list[str]) -> None:
    """Find what a block stands under, by its kind: the last of those before it that can hold it."""
    assert block.under  # noqa: S101 - read_block sets it for every block
    outer, block.under = block.under[0], None
    tree = [one for one in before if one.kind in ("pillar", "section")]
    if outer == "section":
        block.parent = next((one for one in reversed(tree) if one.kind == "pillar"), None)
    elif outer == "sub-section":
        block.parent = next(
            (one for one in reversed(tree) if one.kind == "section" and not one.is_inner), None
        )
        block.is_inner = True
    elif outer == "initiative" and tree:
        block.parent = tree[-1] if tree[-1].kind == "section" else None
        if not block.parent:
            problems.append(
                block.at(block.lines[()], "an initiative stands under a section, not right under a pillar")
            )
    if (
        not block.parent
        and block.is_new
        and block.kind in ("section", "initiative")
        and not (outer == "initiative" and tree)
    ):
        problems.append(block.at(block.lines[()], f"a new {outer} needs to stand below what it belongs to"))
