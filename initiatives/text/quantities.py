"""Finds the figures in a text: sums of money, percents, years and numbers, and leaves out digits that count
nothing.

A text is read in passes, from the surest pattern to the loosest; what one pass has read is blank for the
next.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

ONES = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
)
TEENS = ("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SMALL = {word: value for value, word in enumerate(ONES + TEENS)} | {
    word: 10 * value for value, word in enumerate(TENS, 2)
}
SIZES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
SHORT_SIZES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9}
IGNORED_WORDS = 12
# Words that say a number without being one.
MEANING = {
    1: r"an?|each|every|once|single|per",
    2: r"twice|doubl\w+|both|couple|pairs?",
    3: r"thrice|tripl\w+",
    4: r"quadrupl\w+",
    12: r"dozen",
    25: r"quarter",
    50: r"half|halves",
}

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
START, END = r"(?<![\w.,/§#])(?<![A-Za-z]-)", r"(?![\w/])(?!,\d)(?!-on-)"
SIZE = r"(?:hundred|thousand|million|billion)\b"
SHORT_SIZE = r"(?:k|mn?|bn?)\b"
TO = r"\s?(?:to|–|-|—)\s?"
CURRENCY = r"(?:(?:US|CA|A)?[$€£¥]\s?|(?<![A-Za-z])(?:USD|EUR|GBP|CAD)\s?)"
PERCENT = r"[\s-]?(?:%|percent\b|per cent\b|percentage points?\b)"
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
WORD = rf"(?:{'|'.join(sorted(SMALL, key=len, reverse=True))})"
WORDS = rf"{WORD}(?:-{WORD})?"
IN_WORDS = rf"\b{WORDS}(?:\s(?:hundred|thousand|million|billion)\b(?:\s(?:and\s)?{WORDS}\b)?)*\b"
ORDINAL = r"(?:st|nd|rd|th)"
YEAR = r"(?:19|20)\d\d"
LABEL = (
    r"grades?|sections?|sec\.|chapters?|articles?|titles?|parts?|pages?|p\.|pp\.|figures?|tables?|items?|steps?|phases?|tiers?|levels?"
    r"|stages?|rounds?|acts?|bills?|ordinances?|resolutions?|propositions?|prop|amendments?|forms?|rules?|wards?|districts?"
    r"|precincts?|areas?|zones?|zip(?: "
    r"codes?)?|routes?|highways?|interstates?|exits?|rooms?|suites?|floors?|units?|apt\.?|box"
    r"|channels?|class of|cases?|no\.|nos\.|numbers?|version|pre-?k|k"
)
NO_FIGURE = (
    r"(?:https?://|www\.)\S+",
    r"[\w.+-]{1,64}@\S+",
    r"(?<![\w-])(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?![\w-])",
    r"(?<![\w-])\d{3}-\d{4}(?![\w-])",
    r"(?<![\w$-])9-?1-?1(?![\w,]|\.\d)",
    r"\b(?:call|dial|text|phone|ring)(?:s|ed|ing)?\s+\d{3,6}\b",
    r"\b\d{1,2}(?::\d\d)?\s?[ap]\.?m\b\.?",
    r"\b\d{1,2}:\d\d\b",
    rf"(?<![\w,.])\d[\d,]*{ORDINAL}\b",
    r"\b(?:19|20)?\d0s\b|['’]\d\ds?\b",
    r"\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b",
    r"\b\d{5}-\d{4}\b",
    r"[#§]+\s?\d[\d.,-]*",
    rf"\b(?:{LABEL})[\s-]+(?:\d+\b(?!{PERCENT})(?:{TO}\d+\b|,?\s(?:and|or)\s\d+\b|,\s\d+\b)*)",
)


@dataclass(frozen=True)
class Quantity:
    """A figure in a text: "money", "percent", "year" or "number", what it comes to, and how it is written."""

    sort: str
    value: Decimal
    shown: str


class Reader:
    """Reads a text pass by pass."""

    def __init__(self, text: str) -> None:
        self.rest = text

    def take(self, pattern: str, flags: int = re.IGNORECASE) -> list[re.Match[str]]:
        """Return the matches of a pattern and blank them, so that no later pass sees them."""
        found = list(re.finditer(pattern, self.rest, flags))
        for match in found:
            self.rest = self.rest[: match.start()] + " " * len(match[0]) + self.rest[match.end() :]
        return found


def quantities(text: str, names: Iterable[str] = ()) -> Iterator[Quantity]:
    """Yield the figures in a text without marks.

    Not counted: ordinals, phone numbers, 911, times of day, days of a month, decades, ZIP codes after "MO" or
    "ZIP", digits after a word such as "Section" or "grade", digits in web addresses, and number words up to
    twelve that are neither money nor percent. In: names that hold digits and count nothing, such as that of a
    program; they are left out wherever they stand.
    """
    reader = Reader(text)
    for name in names:
        reader.take(rf"(?<!\w){re.escape(name)}(?!\w)")
    yield from dates(reader)
    for pattern in NO_FIGURE:
        # Initials such as "MO" are capitals; all else may be written either way.
        reader.take(pattern, 0 if "[A-Z]" in pattern else re.IGNORECASE)
    yield from sums(reader)
    yield from percents(reader)
    yield from spelled_numbers(reader)
    for match in reader.take(rf"{START}(?P<year>{YEAR})(?:[-–]\d\d(?!\d))?(?!\.\d)(?!\s{SIZE}){END}"):
        yield Quantity("year", Decimal(match["year"]), match["year"])
    yield from other_numbers(reader)


def dates(reader: Reader) -> Iterator[Quantity]:
    """Yield the years of whole dates, and take their days and months away."""
    for pattern in (
        rf"\b{YEAR}-\d\d-\d\d\b",
        rf"\b\d{{1,2}}/\d{{1,2}}/(?:{YEAR}|\d\d)\b",
        rf"\b{MONTH}\s+\d{{1,2}}{ORDINAL}?(?:(?:{TO}|\sand\s)\d{{1,2}}{ORDINAL}?)?\b(?!,\d)(?:,?\s+{YEAR}\b)?",
        rf"\b\d{{1,2}}{ORDINAL}?\s+{MONTH}(?:,?\s+{YEAR}\b)?",
    ):
        for match in reader.take(pattern, 0):
            for year in re.findall(rf"\b{YEAR}\b", match[0]):
                yield Quantity("year", Decimal(year), year)


def sums(reader: Reader) -> Iterator[Quantity]:
    """Yield sums: after a currency's sign or letters, or before "dollars" or "cents"; of a range both
    ends.
    """
    size = rf"(?:[\s-]?(?P<{{}}>{SIZE}|{SHORT_SIZE}))?"
    first, second = rf"(?P<a>{NUMBER}){size.format('x')}", rf"(?P<b>{NUMBER}){size.format('y')}"
    yield from ends("money", reader.take(rf"{CURRENCY}{first}{TO}{CURRENCY}{second}"))
    yield from ends("money", reader.take(rf"{CURRENCY}{first}{TO}(?P<b>{NUMBER})[\s-]?(?P<y>{SIZE})"))
    yield from ends("money", reader.take(rf"{CURRENCY}{first}(?:[–-](?P<b>{NUMBER})(?![\w-]))?"))
    yield from ends("money", reader.take(rf"{START}{first}[\s-](?:US )?(?:dollars?|euros?)\b"))
    for match in reader.take(rf"{START}(?P<a>{NUMBER})[\s-](?:cents?)\b"):
        yield Quantity("money", amount(match["a"], "") / 100, match[0])


def percents(reader: Reader) -> Iterator[Quantity]:
    """Yield percents; of a range both ends."""
    yield from ends("percent", reader.take(rf"{START}(?P<a>{NUMBER}){TO}(?P<b>{NUMBER}){PERCENT}"))
    yield from ends("percent", reader.take(rf"{START}(?P<a>{NUMBER}){PERCENT}"))


def other_numbers(reader: Reader) -> Iterator[Quantity]:
    """Yield all other numbers in digits; of a range both ends."""
    size = rf"[\s-](?P<{{}}>{SIZE})"
    yield from ends("number", reader.take(rf"{START}(?P<a>{NUMBER}){TO}(?P<b>{NUMBER}){size.format('y')}"))
    yield from ends("number", reader.take(rf"{START}(?P<a>{NUMBER}){size.format('x')}"))
    yield from ends("number", reader.take(rf"{START}(?P<a>{NUMBER}){END}"))


def ends(sort: str, matches: list[re.Match[str]]) -> Iterator[Quantity]:
    """Yield one quantity a match, two for a range; the first end takes the size of the second if it has
    none.
    """
    for match in matches:
        parts = match.groupdict()
        upper = parts.get("y") or ""
        shown = " ".join(match[0].split())
        if parts.get("b"):
            yield Quantity(sort, amount(parts["b"], upper), shown)
        yield Quantity(sort, amount(parts["a"], parts.get("x") or upper), shown)


def amount(digits: str, size: str) -> Decimal:
    """Return what digits and a size come to: "3.7" and "million" is 3,700,000."""
    size = size.lower()
    return Decimal(digits.replace(",", "")) * (SIZES.get(size) or SHORT_SIZES.get(size) or 1)


def spelled_numbers(reader: Reader) -> Iterator[Quantity]:
    """Yield numbers in words: those above twelve, and all before "percent" or "dollars"."""
    for match in reader.take(
        rf"(?P<run>{IN_WORDS})(?P<unit>{PERCENT}|[\s-]dollars?\b)?(?!-(?:first|second|third|\w+th)\b)"
    ):
        unit, value = (match["unit"] or "").strip(" -").lower(), word_value(match["run"])
        sort = "money" if unit.startswith("dollar") else "percent" if unit else "number"
        if unit or value > IGNORED_WORDS:
            yield Quantity(sort, Decimal(value), match[0])


def word_value(words: str) -> int:
    """Return what number words come to: "two hundred and fifty thousand" is 250,000."""
    total = part = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            part = max(1, part) * 100
        elif word in SIZES:
            total, part = total + max(1, part) * SIZES[word], 0
        else:
            part += SMALL.get(word, 0)
    return total + part


def numbers_in(text: str) -> set[Decimal]:
    """Return every number that a text has in any way: in digits, in words of any size, or in a word such
    as "twice".
    """
    found = {one.value for one in quantities(text)}
    found |= {amount(digits, "") for digits in re.findall(rf"(?<![\d.,]){NUMBER}(?![\d,]*\d)", text)}
    found |= {Decimal(word_value(match[0])) for match in re.finditer(IN_WORDS, text, re.IGNORECASE)}
    return found | {
        Decimal(value)
        for value, words in MEANING.items()
        if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE)
    }
