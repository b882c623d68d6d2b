"""Words for facts: how rows of money, numbers and dates are read out.

Nothing is rounded; nothing is added.
"""

import re
from decimal import Decimal
from typing import Any

from django.utils.dates import MONTHS

from initiatives.models import Amount, Initiative
from initiatives.models.facts import EDTF, KeyDate, Qualifier

Row = dict[str, Any]

SYMBOLS = {"USD": "$"}
SIZES = ((Decimal(10**9), "billion"), (Decimal(10**6), "million"))
SEASONS = {21: "spring", 22: "summer", 23: "fall", 24: "winter"}
QUALIFIERS: dict[str, str] = {**dict(Qualifier.choices), Qualifier.EXACTLY.value: ""}
BOUNDS: dict[str, str] = {**dict(KeyDate.Bound.choices), KeyDate.Bound.IN.value: ""}
STATUSES: dict[str, str] = dict(Initiative.Status.choices)
# What each status says; every page's statuses lead to these.
MEANINGS: dict[str, str] = {
    Initiative.Status.UNDER_WAY.value: "It has begun and has an end.",
    Initiative.Status.ONGOING.value: "It runs all the time.",
    Initiative.Status.RECURRING.value: "It comes back, such as each summer.",
    Initiative.Status.COMPLETED.value: "It is done.",
    Initiative.Status.PLANNED.value: "It is decided but has not begun.",
    Initiative.Status.PROPOSED.value: "Others still have to vote on it or decide it.",
    Initiative.Status.STUDIED.value: "The city is looking into it.",
    Initiative.Status.SUPPORTED.value: (
        "The city backs it, but others must act. They stand under “Asked to act”."
    ),
}
SORTS: dict[str, str] = dict(Amount.Sort.choices)


def status(name: str) -> str:
    """Return the label of a status; a draft may have none yet."""
    return STATUSES.get(name, "Status not given")


def money_words(row: Row) -> str:
    """Return a sum: "more than $24 million", "$10.10 per hour", "EUR 500,000"."""
    words = currency_sum(Decimal(row["amount"]), row["currency"])
    return joined(QUALIFIERS.get(row["qualifier"], ""), words, per(row))


def money_for(row: Row) -> str:
    """Return what kind of money it is and what for, two phrases that make no sentence: "Grant: to train
    young adults".
    """
    return ": ".join(filter(None, (SORTS.get(row["sort"], ""), row["purpose"])))


def money_line(row: Row) -> str:
    """Return a sum with its kind and purpose in one line: "$5 million (grant): to train young adults"."""
    kind = SORTS.get(row["sort"], "").lower()
    return ": ".join(filter(None, (joined(money_words(row), kind and f"({kind})"), row["purpose"])))


def currency_sum(value: Decimal, currency: str) -> str:
    """Return a sum in a currency; from a million up in millions or billions where two decimals say it
    exactly.
    """
    symbol = SYMBOLS.get(currency, f"{currency} ")
    for size, name in SIZES:
        if value >= size and value % (size / 100) == 0:
            return f"{symbol}{number_words(value / size)} {name}"
    return f"{symbol}{value:,.0f}" if value == value.to_integral_value() else f"{symbol}{value:,.2f}"


def figure(row: Row) -> str:
    """Return a number with its unit: "nearly 1,500 people", "12–18 years old", "10 children per month"."""
    value = number_words(Decimal(row["value"]))
    if row["value_to"]:
        value = f"{value}–{number_words(Decimal(row['value_to']))}"
    return joined(QUALIFIERS.get(row["qualifier"], ""), value, row["unit"], per(row))


def number_words(value: Decimal) -> str:
    """Return a number with separators and without needless zeros: "3,000", "3.7"."""
    return f"{value.normalize():,f}"


def per(row: Row) -> str:
    """Return "per hour" for a row that is counted by the hour, "" for one that is not."""
    return f"per {row['per']}" if row["per"] else ""


def date(row: Row) -> str:
    """Return when it was or is: "December 2015", "since 2001", "by fall 2015"."""
    return joined(BOUNDS.get(row["qualifier"], ""), edtf(row["date"]))


def edtf(text: str) -> str:
    """Return an EDTF date in words: "2015", "fall 2015", "December 2015", "December 1, 2015"; other text
    as it is.
    """
    if not re.fullmatch(EDTF, text):
        return text
    year, month, day = [*text.split("-"), "", ""][:3]
    if not month:
        return year
    name = SEASONS.get(int(month)) or MONTHS[int(month)]
    return f"{name} {int(day)}, {year}" if day else f"{name} {year}"


def machine_date(text: str) -> str:
    """Return an EDTF date as HTML's datetime attribute takes it; "" for a season, which it cannot say."""
    parts = text.split("-")
    is_season = len(parts) > 1 and parts[1] in {str(season) for season in SEASONS}
    return "" if is_season or not re.fullmatch(EDTF, text) else text


def joined(*words: str) -> str:
    """Return the words that are there, with spaces between them."""
    return " ".join(word for word in words if word)
