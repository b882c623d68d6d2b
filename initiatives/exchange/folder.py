"""Reads the content format (docs/content-format.md): a folder of Markdown files with front matter, and CSV
lists.

What is wrong is collected as "file:line: reason" and raised together, so that an author mends it in one go.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

NAME = re.compile(r"^(?P<position>\d+)-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)$")
LISTS = {
    "agency": "agencies.csv",
    "audience": "audiences.csv",
    "place": "places.csv",
    "document": "documents.csv",
}


class ContentError(Exception):
    """The folder cannot be read. `problems` holds one line each: file, line number, reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Entry:
    """One item as its file says it: values as text, lists and mappings, and the line on which each stands.

    `start` is how many lines of the file stand before it, where it does not begin the file.
    """

    kind: str
    slug: str
    position: int
    path: Path
    values: dict[str, Any] = field(default_factory=dict)
    lines: dict[tuple, int] = field(default_factory=dict)
    body: str = ""
    parent: "Entry | None" = None
    start: int = 0

    def at(self, line: int, reason: str) -> str:
        """Return "file:line: reason"."""
        return f"{self.path}:{line}: {reason}"

    def problem(self, reason: str, *where: Any) -> str:
        """Return "file:line: reason"; where is the way to the value: a key, a place in a list, a key
        again.
        """
        while where and where not in self.lines:
            where = where[:-1]
        return self.at(self.lines.get(where, self.start + 1), reason)


def read_folder(folder: Path) -> list[Entry]:
    """Return every entry of the folder, lists first, parents before children. Raises ContentError."""
    problems: list[str] = []
    if not (folder / "site.md").is_file():
        raise ContentError([f"{folder}:1: this is no content folder: it has no site.md"])
    entries = [entry for kind, name in LISTS.items() for entry in read_list(kind, folder / name, problems)]
    entries += read_file(Entry("site", "site", 0, folder / "site.md"), problems)
    entries += read_tree(folder, None, problems)
    problems += duplicates(entries)
    if problems:
        raise ContentError(problems)
    return entries


def read_list(kind: str, path: Path, problems: list[str]) -> Iterator[Entry]:
    """Yield an entry for each row of a CSV file; a file that is not there has no rows."""
    if not path.exists():
        return
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.DictReader(file, strict=True)
        try:
            for row in rows:
                if None in row or None in row.values() or not row.get("slug"):
                    problems.append(
                        f"{path}:{rows.line_num}: the row does not have the columns of the first line"
                    )
                    continue
                values = {key: value for key, value in row.items() if key != "slug" and value}
                yield Entry(kind, row["slug"], 0, path, values, {(): rows.line_num})
        except (csv.Error, UnicodeDecodeError) as error:
            problems.append(f"{path}:{rows.line_num + 1}: {error}")


def read_tree(folder: Path, parent: Entry | None, problems: list[str]) -> Iterator[Entry]:
    """Yield the entries below a folder in their order: files are initiatives, folders pillars and
    sections.
    """
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name == "_index.md" or (parent is None and not path.is_dir()):
            continue
        name = NAME.match(path.stem if path.is_file() else path.name)
        if not name or (
            path.is_file() and (path.suffix != ".md" or parent is None or parent.kind == "pillar")
        ):
            if path.suffix in {".md", ""}:
                problems.append(
                    f"{path}:1: not a place or a name for content: use <number>-<slug>, initiatives inside "
                    "sections"
                )
            continue
        kind = "initiative" if path.is_file() else "section" if parent else "pillar"
        source = path if path.is_file() else path / "_index.md"
        unread = Entry(kind, name["slug"], int(name["position"]), source, parent=parent)
        for entry in read_file(unread, problems):
            yield entry
            if path.is_dir():
                yield from read_tree(path, entry, problems)


def read_file(entry: Entry, problems: list[str]) -> Iterator[Entry]:
    """Yield the entry with what its file says, Markdown with front matter, or nothing and a problem."""
    path = entry.path
    try:
        text = path.read_text(encoding="utf-8")
        opening, front, body = re.split(r"^---[ \t]*$\n?", text, maxsplit=2, flags=re.MULTILINE)
        if opening.strip():
            raise ValueError
        root = yaml.compose(front, Loader=yaml.BaseLoader)
        entry.values = plain_value(root, entry, problems)
        entry.body = body.strip()
        entry.lines["body",] = front.count("\n") + 3 + len(body) - len(body.lstrip("\n"))
        yield entry
    except FileNotFoundError:
        problems.append(f"{path}:1: the file is missing")
    except UnicodeDecodeError as error:
        problems.append(f"{path}:1: the file is not UTF-8 text: {error.reason}")
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        problems.append(f"{path}:{line}: {error.problem}")
    except ValueError:
        problems.append(f"{path}:1: the file does not begin with front matter between two lines of ---")


def plain_value(node: Any, entry: Entry, problems: list[str], where: tuple = ()) -> Any:
    """Return a YAML node as text, list or mapping, and note on which line of the file each part stands."""
    if node is None:
        return {}
    entry.lines[where] = node.start_mark.line + 2 + entry.start
    if isinstance(node, yaml.SequenceNode):
        return [plain_value(part, entry, problems, (*where, place)) for place, part in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return node.value
    values: dict[str, Any] = {}
    for key, part in node.value:
        line, name = key.start_mark.line + 2 + entry.start, str(key.value)
        if name in values:
            problems.append(entry.at(line, f"“{name}” stands here a second time"))
        values[name] = plain_value(part, entry, problems, (*where, name))
        entry.lines[(*where, name)] = line
    return values


def duplicates(entries: list[Entry]) -> Iterator[str]:
    """Yield a problem for each entry whose kind and slug stand twice."""
    seen: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        first = seen.setdefault((entry.kind, entry.slug), entry)
        if first is not entry:
            yield entry.problem(f"the {entry.kind} “{entry.slug}” stands in {first.path} too")
