"""What a comment is made of: its line breaks, its length as a person counts, whether anything in it can be
seen.
"""

import re
import unicodedata

MAX_COMMENT = 500
REPLACEMENT = "\ufffd"

# White space, marks that steer the text or hang on a letter, and control characters: none of them shows by
# itself.
UNSEEN_CATEGORIES = {"Zs", "Zl", "Zp", "Cf", "Cc", "Mn", "Me"}
# Letters and symbols by category, but drawn as nothing: the Hangul fillers and the empty Braille cell.
UNSEEN_LETTERS = set("\u115f\u1160\u3164\uffa0\u2800")
# Unicode Bidirectional Algorithm (UAX 9): embeddings, overrides and isolates
STEERING = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def with_plain_breaks(text: str) -> str:
    """Return the text with every line break as LF. Browsers count LF in a text box and send CRLF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def excess(text: str) -> int:
    """Return by how many Unicode code points the text is longer than a comment may be; 0 where it fits."""
    return max(len(text) - MAX_COMMENT, 0)


def split_at_limit(text: str) -> tuple[str, str]:
    """Return what fits into a comment and what is past its end."""
    return text[:MAX_COMMENT], text[MAX_COMMENT:]


def is_unseen(text: str) -> bool:
    """Say whether nothing in the text can be seen, so that it says nothing."""
    return all(
        unicodedata.category(character) in UNSEEN_CATEGORIES or character in UNSEEN_LETTERS
        for character in text
    )


def has_control(text: str) -> bool:
    """Say whether the text holds a control character other than tab and line break."""
    return bool(CONTROL.search(text))


def show_control(text: str) -> str:
    """Return the text with a visible “�” for each control character: a page cannot hold NUL, and nobody
    can see the rest.
    """
    return CONTROL.sub(REPLACEMENT, text)


def unsteered(text: str) -> str:
    """Return the text without the characters that turn the words around them backwards: what is read is
    what was typed.
    """
    return STEERING.sub("", text)
