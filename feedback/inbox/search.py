"""Finds words in comments whatever their case and accents, on both databases and without a column of its own.

Each letter of the query becomes a class of all its forms, and may carry combining marks: “cafe” finds “CAFÉ”.
"""

import re
import unicodedata
from functools import cache

from django.db import connection
from django.db.models import Q

# What hangs on letters: accents, Hebrew and Arabic points, the Japanese marks of voice
MARKS = "[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u3099\u309a]*"
# A number of so many digits is found however it is spaced and punctuated
LONG_NUMBER = 4
BETWEEN_DIGITS = "[-\\s\u00a0\u2009\u202f.,()/+\u2010-\u2015]*"
TOKEN = re.compile(r'["“”]([^"“”]+)["“”]|(\S+)')
NUMBER = re.compile(r"[+(]*\d[\d().,/+–-]*")
MAX_WORDS = 8
MAX_QUERY = 100


@cache
def forms() -> dict[str, str]:
    """Return, for each plain letter, the Latin, Greek and Cyrillic letters that are it with a mark, in
    both cases.
    """
    found: dict[str, set[str]] = {}
    for code in (*range(0x00C0, 0x0530), *range(0x1E00, 0x2000)):
        plain = unicodedata.normalize("NFD", chr(code))[0].lower()
        if plain.isalpha() and plain != chr(code).lower():
            found.setdefault(plain, set()).add(chr(code))
    return {plain: "".join(sorted(letters)) for plain, letters in found.items()}


def pattern(word: str) -> str:
    """Return a regular expression for one word that PostgreSQL and Python both read."""
    return "".join(
        letter_pattern(c) for c in unicodedata.normalize("NFC", word) if not unicodedata.combining(c)
    )


def letter_pattern(character: str) -> str:
    if not character.isalpha():
        return re.escape(character)
    parts = unicodedata.normalize("NFD", character)
    if len(parts) > 1 and not unicodedata.combining(parts[1]):  # a Korean syllable
        return f"(?:{character}|{parts})"
    both = {
        form for one in (character, parts[0]) for form in (one, one.lower(), one.upper()) if len(form) == 1
    }
    return f"[{''.join(sorted(both))}{forms().get(parts[0].lower(), '')}]{MARKS}"


def matching(query: str) -> Q:
    """Return the condition that all of a query is in the comment: “street light” in quotes as it stands,
    light* as a beginning.

    Numbers that follow each other are one number, or each for itself: 314 555 0100 finds (314) 555-0100.
    """
    found = Q()
    for run in joined_numbers([phrase or word for phrase, word in TOKEN.findall(query)][:MAX_WORDS]):
        each = Q(*(Q(text__regex=sought(part)) for part in run))
        found &= each | Q(text__regex=number_pattern("".join(run))) if len(run) > 1 else each
    return found


def joined_numbers(parts: list[str]) -> list[list[str]]:
    """Return the parts of a query one by one, but for numbers that follow each other: those together."""
    found: list[list[str]] = []
    for part in parts:
        if found and NUMBER.fullmatch(part) and NUMBER.fullmatch(found[-1][-1]):
            found[-1].append(part)
        else:
            found.append([part])
    return found


def sought(part: str) -> str:
    """Return a regular expression for one part: a word, words in quotes, a beginning with “*”, a number."""
    if NUMBER.fullmatch(part) and sum(map(str.isdigit, part)) >= LONG_NUMBER:
        return number_pattern(part)
    if part.endswith("*") and part.rstrip("*")[-1:].isalnum():
        return (
            rf"(^|[^[:alnum:]]){pattern(part.rstrip('*'))}"
            if connection.vendor == "postgresql"
            else rf"\b{pattern(part.rstrip('*'))}"
        )
    return r"\s+".join(map(pattern, part.split()))


def number_pattern(digits: str) -> str:
    """Return a regular expression for a number with anything between its digits that people put there."""
    return BETWEEN_DIGITS.join(c for c in digits if c.isdigit())


def as_query(passage: str) -> str:
    """Return a query for a passage: so many of its first words as a query may have."""
    words = passage.split()[:MAX_WORDS]
    while len(" ".join(words)) > MAX_QUERY:
        words.pop()
    return " ".join(words)
