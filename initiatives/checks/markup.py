"""What was meant as a list, a table or bold words and is not read as one: mostly pasted from a word
processor.
"""

import re
from collections.abc import Iterator

from markdown_it.token import Token

from initiatives.checks.findings import Finding
from initiatives.checks.subject import Subject
from initiatives.text.markdown import MAX_LENGTH, PARSER

# The bullets of word processors: Unicode's, those of Word's symbol fonts (private use), dashes, and Word's
# "o" before a tab.
BULLET = re.compile(r"^\s*(?P<sign>[•‣◦⁃∙·●○▪▫■□◆➢➤✓✔\uf000-\uf0ff]|[–—―](?=\s)|o(?=\t))", re.MULTILINE)
ROW = re.compile(r"^.*\S *\t+ *\S.*$")
# Marks that were to make words bold, italic or struck, in what a reader sees.
LITERAL = re.compile(r"\*\*|__(?=\w)|(?<=\w)__|~~|(?<!\w)\*(?=[^\s*])[^*\n]*[^\s*]\*")
HEADING = re.compile(r"^#{1,6}[^\s#]")
ESCAPE = re.compile(r"\\[*_~#]")


def markup_advice(subject: Subject) -> Iterator[Finding]:
    """Yield what a reader would see as signs instead of a list, a table or bold words."""
    for name in subject.prose:
        yield from (Finding(name, message) for message in unread_marks(str(getattr(subject.item, name))))


def unread_marks(markdown: str) -> Iterator[str]:
    """Yield a message for each way in which a text holds marks that are no Markdown; nothing for one too
    long to render.
    """
    blocks = (
        [token for token in PARSER.parse(markdown) if token.type == "inline"]
        if len(markdown) <= MAX_LENGTH
        else []
    )
    lines = [(line, text) for block in blocks for line, text in lines_of(block)]
    if found := [(line, match["sign"]) for line, text in lines if (match := BULLET.match(text))]:
        line, sign = found[0]
        yield (
            f"{line_of(line)} begins with “{sign.strip()}”, which makes no list. Begin each point of a list "
            "with “- ” instead."
        )
    rows = [(line, text) for line, text in lines if ROW.match(text) and not BULLET.match(text)]
    if len(rows) > 1 or any(text.count("\t") > 1 for _, text in rows):
        yield (
            f"{line_of(rows[0][0])} holds tabs, as a table does that is pasted. Readers see one line of "
            "words. "
            "Write each row as "
            "“| one | two |”, with “| --- | --- |” below the first."
        )
    for line, text in lines:
        if HEADING.match(text):
            yield (
                f"{line_of(line)} begins with # and no space, which makes no heading. Type a space after the "
                "last #."
            )
            break
    for line, text in shown_words(blocks, markdown):
        if match := LITERAL.search(text):
            around = text[max(0, match.start() - 20) : match.end() + 20].strip()
            yield (
                f"{line_of(line)} shows its marks instead of bold or italic words: “{around}”. Put the marks "
                "right at the "
                "words, outside the punctuation: “**word**.” and not “**word.**next”."
            )
            break


def lines_of(block: Token) -> Iterator[tuple[int, str]]:
    """Yield each line of a block as it was typed, with its number in the text."""
    first = block.map[0] + 1 if block.map else 1
    yield from enumerate(block.content.split("\n"), first)


def shown_words(blocks: list[Token], markdown: str) -> Iterator[tuple[int, str]]:
    """Yield the words of each block as readers see them, code left out, with its line; none of a text with
    escaped marks.
    """
    if ESCAPE.search(markdown):
        return
    for block in blocks:
        words = "".join(child.content if child.type == "text" else " " for child in block.children or [])
        yield (block.map[0] + 1 if block.map else 1), words


def line_of(line: int) -> str:
    """Return a line's number at the beginning of a sentence."""
    return f"Line {line}"
