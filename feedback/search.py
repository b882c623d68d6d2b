"""Finds words in comments whatever their case and accents, on both databases and without a column of its own.

Each letter of the query becomes a class of all its forms, and may carry combining marks: “cafe” finds “CAFÉ”.
"""

import re
import unicodedata
from functools import cache

from django.db.models import Q

MARKS = "[\u0300-\u036f]*"
MAX_WORDS = 8


@cache
def forms() -> dict[str, str]:
    """Return, for each plain letter, the letters of Latin scripts that are it with a mark, in both cases."""
    found: dict[str, set[str]] = {}
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()
        if plain.isascii() and plain.isalpha():
            found.setdefault(plain, set()).add(chr(code))
    return {plain: "".join(sorted(letters)) for plain, letters in found.items()}


def pattern(word: str) -> str:
    """Return a regular expression for one word that PostgreSQL and Python both read."""
    plain = (c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return "".join(letter(character) for character in plain)


def letter(character: str) -> str:
    if not character.isalpha():
        return re.escape(character)
    both = {character.lower(), character.upper(), character}
    return f"[{''.join(sorted(c for c in both if len(c) == 1))}{forms().get(character.lower(), '')}]{MARKS}"


def matching(query: str) -> Q:
    """Return the condition that every word of a query is in the comment or in the title of its page."""
    wanted = Q()
    for word in query.split()[:MAX_WORDS]:
        wanted &= Q(text__regex=pattern(word)) | Q(title__regex=pattern(word))
    return wanted
