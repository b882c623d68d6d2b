"""One item as a document or a spreadsheet says it, with the line of each value; and what stops an import."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from initiatives.exchange.folder import Entry
from initiatives.models import KINDS
from portal.digits import whole_number

MAX_BYTES = 2_000_000
MAX_ITEMS = 5_000
TREE = ("pillar", "section", "initiative")


class RoundTripError(Exception):
    """What came in cannot be read. `problems` holds one sentence each, with its line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Block(Entry):
    """An item that comes in. `under` names what it stands under by kind and slug where no block is its
    parent.

    `whole` is true where it says all of the item but what is `unsaid`; a sheet of rows alone says only those.
    `place` orders siblings where the order of lines does not. `files` names the file of each kind of row that
    stands in one of its own.
    """

    key: Any = None
    revision: int | None = None
    under: tuple[str, str] | None = None
    whole: bool = True
    is_new: bool = False
    is_inner: bool = False
    place: int = 0
    unsaid: set[str] = field(default_factory=set)
    files: dict[str, str] = field(default_factory=dict)

    def at(self, line: int, reason: str) -> str:
        """Return the reason with its line, and its file where there are several."""
        return f"{self.path}, line {line}: {reason}" if self.path.name else f"Line {line}: {reason}"

    def problem(self, reason: str, *where: Any) -> str:
        """Return the reason with the line, and the file, where the value stands."""
        said = super().problem(reason, *where)
        other = self.files.get(where[0]) if where else None
        return said.replace(f"{self.path}, ", f"{other}, ", 1) if other else said

    @property
    def name(self) -> str:
        """What to call it in a sentence."""
        return str(self.values.get("title") or self.slug or self.kind)

    def identify(self, problems: list[str]) -> None:
        """Take key and revision out of the values; note what is wrong with them."""
        key, revision = (text_value(self.values.pop(name, "")) for name in ("key", "revision"))
        try:
            self.key = UUID(key) if key else None
        except ValueError:
            problems.append(
                self.problem(f"“{key}” is no key; leave the line as it was, or out for a new item", "key")
            )
        self.revision = whole_number(revision)
        if revision and self.revision is None:
            problems.append(self.problem(f"“{revision}” is no revision number", "revision"))
        if self.key and not self.revision:
            problems.append(self.problem("the number of the revision is missing beside the key", "key"))
        self.is_new = not self.key


def text_value(value: Any) -> str:
    """Return a value as text; "" for what is a list or a mapping."""
    return value.strip() if isinstance(value, str) else ""


def body_field(kind: str) -> str:
    """Return the Markdown field that stands as the text of an item, "" for a kind without one."""
    fields = KINDS[kind].markdown_fields
    return fields[0] if fields else ""


TOO_LARGE = (
    f"The file is larger than {MAX_BYTES // 1_000_000} MB. Export a branch and bring in a part at a time."
)


def decode(data: bytes, name: str = "") -> str:
    """Return bytes as text with \\n as its only line end: UTF-8, UTF-16 with its mark, else Windows-1252."""
    encodings = ["utf-16"] if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise RoundTripError(
        [f"{name or 'The file'} is not text. Bring in a Markdown document, a CSV file or a zip of CSV files."]
    )
