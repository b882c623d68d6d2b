"""Finds what has to go in texts of every sort, and says what they are without it.

Changes nothing by itself.
"""

import json
import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any
from unicodedata import normalize
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from initiatives.addresses import answering, slug_of
from initiatives.models import Upload

MARK = "[removed]"
# In Markdown, brackets that stand for themselves: with a colon or a bracket after them they would be a link.
MARKDOWN_MARK = r"\[removed\]"
# Where a column has no room for the mark
SHORT_MARK = "–"
IN_ADDRESS = "removed"
SHORTEST = 2
AROUND = 50
ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|(?<=\]\()/|(?<=\]: )/|^/)[^\s()<>]*")
PARTS = re.compile(r"([/?#&=])")
# What no reader sees: marks and invisible characters inside of a word; between words also cells, quotes and
# the parts of links
MARKS = "*_~`\\"
UNSEEN = r"*_~`\\\u00ad\u200b-\u200d\u2060\ufeff"
ENTITY = re.compile(r"&#?\w{1,31};")
BETWEEN = rf"(?:[\s|\[\]{UNSEEN}]|\n>|&nbsp;|(?<=\])\([^()\s]*\))+"
# Values that are no words: choices, keys and names of files
STRUCTURE = {
    "status",
    "icon",
    "sort",
    "role",
    "qualifier",
    "currency",
    "date",
    "name",
    "content_type",
    "agency",
    "successor",
}

Context = tuple[str, str, str]


class Removal:
    """Words, whole ones in whatever case, and files that have to go."""

    def __init__(self, lines: Iterable[str] = (), uploads: Iterable[Upload] = ()) -> None:
        """In: passages, each a line, and files.

        Raises ValidationError for nothing at all or for a single letter.
        """
        self.passages = sorted(
            {" ".join(line.split()) for line in lines if line.strip()}, key=len, reverse=True
        )
        self.uploads = list(uploads)
        if not self.passages and not self.uploads:
            raise ValidationError("Type the words that have to go, or choose a file.")
        if not all(is_word(passage) for passage in self.passages):
            raise ValidationError("Signs alone stand in many texts. Type the words that have to go.")
        if any(len(passage) < SHORTEST for passage in self.passages):
            raise ValidationError("A single letter stands in every text. Type more of the words around it.")
        self.words = either(spaced(passage) for passage in self.passages)
        self.slugs = either(hyphened(slug) for passage in self.passages for slug in slugs_of(passage))
        self.names = {str(upload.file.name) for upload in self.uploads}
        media = re.escape(settings.MEDIA_URL)
        names = "|".join(re.escape(name) for name in self.names) or "(?!)"
        # What becomes of the slugs that have the words in them; whoever removes says it, once it is known.
        self.slugs_become: dict[str, str] = {}
        self.links = re.compile(rf"(!?)\[([^\]]*)\]\((?:https?://[^\s/)]+)?{media}(?:{names})[^)]*\)")

    def text(self, value: str, markdown: bool = False, room: int | None = None) -> str:
        """Return a text without what has to go.

        In: whether it is Markdown; how many characters there is room for.
        """
        if fixed_parts(value):
            return self.address(value)
        spelled_out = ENTITY.sub(letter_of, value) if markdown else value
        if self.words.search(spelled_out):
            value = spelled_out
        value = self.links.sub(without_link, value)
        mended = self.words.sub(without_words if markdown else MARK, self.addresses(value, IN_ADDRESS))
        if room is not None and len(mended) > room:
            mended = self.words.sub(SHORT_MARK, self.addresses(value, SHORT_MARK))
        return mended[:room]

    def addresses(self, value: str, mark: str) -> str:
        """Return a text with the words gone from the addresses in it, and a mark in their place."""
        return ADDRESS.sub(lambda match: self.address(match[0], mark), value)

    def address(self, value: str, mark: str = IN_ADDRESS) -> str:
        """Return an address without the words: each slug becomes what it becomes everywhere, the site's
        own names stay.
        """
        fixed = fixed_parts(value)
        parts = PARTS.split(value)
        return "".join(
            part if part in fixed else self.slugs_become.get(part) or self.slugs.sub(mark, part)
            for part in parts
        )

    def json(self, value: Any, markdown: Iterable[str] = ()) -> Any:
        """Return a value of JSON without what has to go. In: the names of the values that are Markdown."""
        if isinstance(value, dict):
            if value.get("name") in self.names:
                return None
            return {
                name: part if name in STRUCTURE else self.part(part, name in markdown)
                for name, part in value.items()
            }
        return self.part(value, False)

    def part(self, value: Any, markdown: bool) -> Any:
        """Return what is inside a value of JSON without what has to go."""
        if isinstance(value, str):
            return value if is_key(value) else self.text(value, markdown)
        if isinstance(value, list):
            return [self.part(one, markdown) for one in value]
        return self.json(value) if isinstance(value, dict) else value

    def column(self, value: str, room: int | None = None, markdown: bool = False) -> str:
        """Return the text of a column without what has to go; JSON that stands in it as text is read as
        JSON.
        """
        if value.startswith("[{"):
            try:
                known = json.loads(value)
            except ValueError:
                pass
            else:
                mended = self.json(known)
                return value if mended == known else json.dumps(mended)
        return self.text(value, markdown, room)

    def contexts(self, value: Any) -> Iterator[Context]:
        """Yield each place in a value where something has to go: the words before it, it, and the words
        after it.
        """
        if isinstance(value, dict):
            value = [part for name, part in value.items() if name not in STRUCTURE]
        if isinstance(value, list):
            for part in value:
                yield from self.contexts(part)
        if isinstance(value, str) and not is_key(value):
            for pattern in (self.words, self.slugs, self.links):
                for match in pattern.finditer(value):
                    before, after = value[: match.start()][-AROUND:], value[match.end() :][:AROUND]
                    yield before, match[0], after


def fixed_parts(value: str) -> set[str]:
    """Return the parts of an address of this site that are the site's own names, such as "initiatives";
    none for other texts.
    """
    if not value.startswith("/") or len(value.split()) != 1:
        return set()
    path = re.split("[?#]", value)[0]
    if not (match := answering(path)):
        return set()
    captured = match.captured_kwargs.values()  # type: ignore[attr-defined]
    return set(path.split("/")) - {
        part for words in captured if isinstance(words, str) for part in words.split("/")
    }


def without_link(match: re.Match[str]) -> str:
    """Return what stays of a link to a file, or of an image."""
    return r"\[image removed\]" if match[1] else rf"{match[2]} \[file removed\]"


def without_words(match: re.Match[str]) -> str:
    """Return what stays of words in Markdown: the mark, the part of a link that begins or ends between
    them, and empty cells.
    """
    cells = " |" * match[0].count("|")
    opened, end = match[0].count("[") - match[0].count("]"), re.search(r"\](?:\([^()\s]*\))?", match[0])
    return f"{'[' if opened > 0 else ''}{MARKDOWN_MARK}{end[0] if end and opened < 0 else ''}{cells}"


def letter_of(match: re.Match[str]) -> str:
    """Return the letter or digit that an entity of HTML stands for; any other entity as it is."""
    character = unescape(match[0])
    return character if character.isalnum() else match[0]


def either(patterns: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for any of those given, in whatever case; one that fits nothing for none."""
    return re.compile("|".join(patterns) or "(?!)", re.IGNORECASE)


def spaced(passage: str) -> str:
    """Return a pattern for whole words as readers see them, whatever marks and space stand in them and
    between them.
    """
    words = [word.strip(MARKS) for word in passage.split()]
    bare = " ".join(word for word in words if is_word(word))
    return bounded(BETWEEN.join(spelling_pattern(word) for word in bare.split()), bare, r"[^\W_]")


def is_word(text: str) -> bool:
    """Say whether a text has a letter or a digit in it."""
    return any(character.isalnum() for character in text)


def spelling_pattern(word: str) -> str:
    """Return a pattern for a word, however its apostrophes and accents are set."""
    pattern, before = "", ""
    for letter in normalize("NFC", word):
        pattern += f"[{UNSEEN}]*" if before.isalnum() and letter.isalnum() else ""
        pattern += "['’]" if letter in "'’" else either_way(letter)
        before = letter
    return pattern


def either_way(letter: str) -> str:
    """Return a pattern for a letter with its accent as one character or as two."""
    parted = normalize("NFD", letter)
    return re.escape(letter) if parted == letter else f"(?:{letter}|{parted})"


def slugs_of(passage: str) -> list[str]:
    """Return what the words may be in an address: transliterated, or without the letters that are not
    Latin.
    """
    return sorted({slug_of(passage), slugify(passage)} - {""})


def hyphened(slug: str) -> str:
    """Return a pattern for the words as they stand in addresses."""
    words = [re.escape(word) for word in slug.split("-")]
    return bounded(r"(?:[-_+.]|%20)".join(words), slug, "[a-z0-9]")


def bounded(pattern: str, passage: str, inside: str) -> str:
    """Return a pattern that begins and ends where a word does."""
    before = rf"(?<!{inside})" if re.match(inside, passage[0], re.IGNORECASE) else ""
    after = rf"(?!{inside})" if re.match(inside, passage[-1], re.IGNORECASE) else ""
    return f"{before}{pattern}{after}"


def is_key(value: str) -> bool:
    """Say whether a text is the key of an item."""
    try:
        UUID(value)
    except ValueError:
        return False
    return True
