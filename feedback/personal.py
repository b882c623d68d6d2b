"""Finds what looks like personal data in a comment: telephone and e-mail, social security and card numbers,
street addresses.

It errs on the side of hiding, and it does not know names. docs/reviewers.md says how often it is right.
"""

import re
from collections.abc import Container
from dataclasses import dataclass

from feedback.text import unsteered

# What reviewers read for each kind. An address is a guess: streets are what many comments are about.
KINDS: dict[str, str] = {
    "phone": "phone",
    "email": "e-mail",
    "ssn": "social security number",
    "card": "card number",
    "address": "perhaps an address",
}


@dataclass(frozen=True, order=True)
class Finding:
    """A passage of a text, from `start` up to `end`, and what it looks like, a name in KINDS."""

    start: int
    end: int
    kind: str


EMAIL = re.compile(
    r"""[\w.+-]+ \s? (?: @ | \(\s?at\s?\) | \[\s?at\s?\] ) \s?
        [\w-]+ (?: (?: \. | \s?[(\[]\s?dot\s?[)\]]\s? ) [\w-]+ )+
      | [\w.+-]+ \s at \s (?: [\w-]+ \s dot \s (?:com|net|org|edu|gov|us)
        | (?:gmail|yahoo|hotmail|outlook|aol|icloud)\.com )""",
    re.IGNORECASE | re.VERBOSE,
)
# Such a word before a number says that it is no telephone's and no card's.
OTHER_NUMBER = re.compile(
    r"""(?: case|report|incident|complaint|docket|ticket|claim|permit|ordinance
      |invoice|account|badge|file|order|bill|serial
      | parcel|reference|ref|tracking|warrant|policy|model|route|section|budget|isbn|\$ ) s?
      \s* (?: number|no|num|id|was|is|of )? \s* [.:#]* \s* [a-z]{0,3}[-\s]* $""",
    re.IGNORECASE | re.VERBOSE,
)
PHONE = re.compile(
    r"""(?<![\w.,$/-]) (?: \+?1 [-.\s]? )?
      (?: \( (?P<a>[2-9]\d\d) \) [-.\s]{0,2} | (?P<b>[2-9]\d\d) [-.\s/]{1,3}
        | (?P<c>[2-9]\d\d)(?=[2-9]\d{6}(?!\d)) )
      [2-9]\d\d [-.\s]{0,3} \d{4} (?![\w-]|[.,]\d)
      | (?<![\w.,$/-]) [2-9]\d\d [-.] \d{4} (?![\w-]|[.,]\d)""",
    re.VERBOSE,
)
# With the code of a country, and digits said one by one, in English or Spanish
ABROAD = re.compile(
    r"(?<![\w.,$/-])(?:\+|00)(?!1[-.\s(]?[2-9])[1-9]\d{0,2}(?:[\s().-]{0,3}\d){7,12}(?![\w-])"
)
DIGIT = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|hundred|thousand"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:double|triple)\s\w+)"
)
SPOKEN = re.compile(rf"\b{DIGIT}(?:[\s,.–-]+(?:{DIGIT}|o|\d)\b){{6,}}", re.IGNORECASE)
TOLL_FREE = {"800", "833", "844", "855", "866", "877", "888"}
SSN = re.compile(r"(?<![\w-])(?!000|666|9)\d{3}(?P<gap>[-. ])(?!00)\d{2}(?P=gap)(?!0000)\d{4}(?![\w-])")
SOCIAL = r"\b(?:ssn|s\.s\.n\.|social(?:\s+security)?)\b"
NAMED_SSN = re.compile(rf"{SOCIAL}\D{{0,30}}?(\d{{3}}[- ]?\d{{2}}[- ]?\d{{4}})(?!\d)", re.IGNORECASE)
LAST_FOUR = re.compile(
    rf"\blast\s+(?:four|4)\b\D{{0,25}}{SOCIAL}\D{{0,10}}(\d{{4}})(?!\d)|{SOCIAL}\D{{0,12}}\bend(?:s|ing)?\D{{0,10}}(\d{{4}})(?!\d)",
    re.IGNORECASE,
)
CARD = re.compile(r"(?<![\d.-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![\d-])")

STREET_ANY_CASE = r"(?:streets?|st|avenue|ave|boulevard|blvd|road|rd)"
STREET_CAPITAL = (
    r"(?:Drive|Dr|Lane|Ln|Court|Ct|Place|Pl|Way|Terrace|Ter|Parkway|Pkwy|Circle|Cir|Trail|Walk|Square|Sq)"
)
NO_STREET_NAME = (
    r"(?!(?:people|persons?|cars?|kids|children|boys|girls|men|women|guys|teens?|years?|months?|weeks?|days?|hours?|minutes?|times?"
    r"|blocks?|houses?|homes|shots?|officers?|cameras?|lights?|percent|dollars?|feet|miles?|more|of|on|in|at|off|from|to|and|or|the|a"
    r"|an|our|my|his|her|their|this|that|your|per|down|along|across|near|by|is|was|for|with|different|new|old|am|pm|million|thousand)\b)"
)
ADDRESS = re.compile(
    r"(?<![\w$.,:/#-])(?<!line )(?<!bus )(?<!route )(?<!district )(?<!ward "
    r")\d{1,5}(?:[A-Za-z]|-\d{1,4}|\s1/2)?,?\s+"
    r"(?:(?i:north|south|east|west|n|s|e|w)\.?\s+)?"
    rf"(?:(?i:{NO_STREET_NAME})[A-Za-z][\w'’.]*\s+|\d{{1,3}}(?:st|nd|rd|th)\s+){{1,3}}"
    rf"(?:(?i:{STREET_ANY_CASE})|{STREET_CAPITAL})\b(?!\.?\s+(?:Louis|Charles|Clair|Peters|Ann|John))"
)
ROOM = re.compile(
    r"\b(?:apt|apartment)\b\.?\s*(?:no\.?\s*|number\s*)?#?\s?\d{1,4}[a-z]?\b|\bp\.?\s?o\.?\s+box\s+\d+",
    re.IGNORECASE,
)
# A number and a name without the word for a street: where somebody lives, or behind "at" with a capital
LIVES = (
    r"(?:live[sd]?|living|stay(?:s|ed|ing)?|resid(?:e[sd]?|ing)|address(?:\s+is)?|house|home|apartment|property|neighbors?|moved"
    r"|vivo|vive|vivimos)"
)
HOUSE = re.compile(
    rf"(?<!\w){LIVES}\s+(?:is\s+)?(?:at|on|in|to|en)?\s*(?:the\s+)?"
    r"(?P<home>\d{3,5}\s+(?:[NSEWnsew]\.?\s+)?"
    rf"(?i:{NO_STREET_NAME})[A-Za-z]{{3,}}(?:\s+[A-Z]\w+)?)"
    rf"|\b[Aa]t\s+(?P<at>\d{{3,5}}\s+(?:[NSEW]\.?\s+)?(?i:{NO_STREET_NAME})[A-Z][a-z]{{3,}}(?:\s+[A-Z][a-z]+)?)"
    r"|\b(?P<calle>(?i:calle|avenida)\s+[A-Z]\w+(?:\s+[A-Z]\w+)?\s+(?:n[uú]mero\s+|#\s?)?\d{2,5})\b"
)
YEAR = re.compile(r"\b(?:in|since|of|until|from|during|before|after|late|early)\s+$", re.IGNORECASE)


def find_personal(text: str, public: Container[str] = ()) -> list[Finding]:
    """Return what looks like personal data, in order; where two overlap the one that begins first, then the
    longer.

    Telephone numbers, e-mail and street addresses that are in `public` are nobody's own
    (feedback/contacts.py).
    """
    contacts = (
        one
        for one in (*emails(text), *phones(text), *addresses(text))
        if text[one.start : one.end] not in public
    )
    found = sorted((*contacts, *cards(text), *social_security(text)), key=lambda f: (f.start, -f.end))
    kept: list[Finding] = []
    for finding in found:
        if not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return kept


def flags(text: str, public: Container[str] = ()) -> str:
    """Return the kinds found, for Comment.personal: ",phone,email,"; "" for none."""
    kinds = {finding.kind for finding in find_personal(unsteered(text), public)}
    return f",{','.join(kind for kind in KINDS if kind in kinds)}," if kinds else ""


def names_of(stored: str) -> list[str]:
    """Return the words for what Comment.personal holds."""
    return [KINDS.get(kind, kind) for kind in stored.split(",") if kind]


def masked(text: str, public: Container[str] = ()) -> str:
    """Return the text with “[phone hidden]” and the like in the place of what was found, and read in one
    direction.
    """
    text = unsteered(text)
    parts, at = [], 0
    for finding in find_personal(text, public):
        parts += [text[at : finding.start], f"[{KINDS[finding.kind].removeprefix('perhaps an ')} hidden]"]
        at = finding.end
    return "".join((*parts, text[at:]))


# The kinds


def emails(text: str) -> list[Finding]:
    return [Finding(*match.span(), "email") for match in EMAIL.finditer(text)]


def phones(text: str) -> list[Finding]:
    """Numbers of ten digits or seven, but those that are free to call, which are offices'; those from
    abroad; those in words.
    """
    found = []
    for match in PHONE.finditer(text):
        area = match["a"] or match["b"] or match["c"]
        if area not in TOLL_FREE and not OTHER_NUMBER.search(text[: match.start()]):
            found.append(Finding(*match.span(), "phone"))
    return found + [
        Finding(*match.span(), "phone") for match in (*ABROAD.finditer(text), *SPOKEN.finditer(text))
    ]


def social_security(text: str) -> list[Finding]:
    """Social security numbers: by their form, or by what they are called."""
    found = [
        Finding(*match.span(), "ssn")
        for match in SSN.finditer(text)
        if not OTHER_NUMBER.search(text[: match.start()])
    ]
    found += [Finding(*match.span(1), "ssn") for match in NAMED_SSN.finditer(text)]
    return found + [Finding(*match.span(match.lastindex or 0), "ssn") for match in LAST_FOUR.finditer(text)]


def cards(text: str) -> list[Finding]:
    """Numbers as long as a payment card's whose check digit is right."""
    found = (match for match in CARD.finditer(text) if not OTHER_NUMBER.search(text[: match.start()]))
    return [Finding(*match.span(), "card") for match in found if luhn(re.sub(r"\D", "", match[0]))]


def luhn(digits: str) -> bool:
    """Say whether the last digit checks the others, as on payment cards."""
    doubled = (int(digit) * 2 if place % 2 else int(digit) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def addresses(text: str) -> list[Finding]:
    """House numbers with a street, flats, boxes.

    “The 1400 block of Cass Avenue” is no house, “in 2016 Grand” no number.
    """
    houses = [match for match in ADDRESS.finditer(text) if not is_year(text, match)]
    homes = [Finding(*match.span(match.lastgroup or 0), "address") for match in HOUSE.finditer(text)]
    return homes + [Finding(*match.span(), "address") for match in (*houses, *ROOM.finditer(text))]


def is_year(text: str, match: re.Match[str]) -> bool:
    """Say whether what a match begins with is a year in a sentence."""
    number = re.match(r"\d+", match[0])
    return bool(number and 1900 <= int(number[0]) <= 2099 and YEAR.search(text[: match.start()]))
