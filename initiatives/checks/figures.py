"""Whether the words of an initiative and its rows of data say the same figures."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from initiatives.checks.findings import Finding
from initiatives.checks.subject import Subject
from initiatives.models.labels import label
from initiatives.report import wording
from initiatives.text.quantities import Quantity, numbers_in, quantities

ROWS = {"money": "amounts", "percent": "figures", "number": "figures", "year": "dates"}


@dataclass(frozen=True)
class Datum:
    """A figure of the data: the rows that it stands in, what it comes to, how the page shows its row."""

    rows: str
    value: Decimal
    shown: str
    unit: str = ""


def figure_advice(subject: Subject) -> Iterator[Finding]:
    """Yield figures that the words have and the rows have not, and the other way round; for items that
    have such rows.
    """
    if "amounts" not in subject.fields:
        return
    texts = {"title": subject.item.title, "status_note": subject.fields["status_note"], **subject.texts}
    data, names = list(read_rows(subject.fields)), list(names_with_digits(subject))
    seen = set()
    for name, text in texts.items():
        for found in quantities(text, names):
            if (found.sort, found.value) not in seen and not in_data(found, data):
                rows = label(subject.item, ROWS[found.sort])
                yield Finding(
                    name,
                    (
                        f"“{found.shown}” is in the text but in no row under “{rows}”. Add a row there, or "
                        "correct the text."
                    ),
                )
            seen.add((found.sort, found.value))
    numbers = numbers_in("\n\n".join(texts.values()))
    # A row counts once, however many of its numbers the text leaves out.
    for rows, shown in dict.fromkeys(
        (datum.rows, datum.shown) for datum in data if datum.value not in numbers
    ):
        yield Finding(
            rows, f"“{shown}” is a row here but the text does not say it. Say it there, or correct the row."
        )


def read_rows(fields: dict[str, Any]) -> Iterator[Datum]:
    """Yield every figure of an initiative's rows; a range gives two."""
    for row in fields["amounts"]:
        yield Datum("amounts", Decimal(row["amount"]), wording.money_words(row), "money")
    for row in fields["figures"]:
        for name in ("value", "value_to"):
            if row[name] is not None:
                yield Datum(
                    "figures",
                    Decimal(row[name]),
                    wording.figure(row),
                    f"{row['unit']} {row['counts']}".lower(),
                )
    for row in fields["dates"]:
        try:
            yield Datum("dates", Decimal(row["date"][:4]), wording.date(row))
        except InvalidOperation:  # a draft's row may hold what no date is
            continue


def in_data(found: Quantity, data: Iterable[Datum]) -> bool:
    """Say whether a row holds a figure of the text.

    A percent needs a row that speaks of percent, money one of money.
    """
    match found.sort:
        case "money":
            fitting = [one for one in data if one.rows == "amounts" or "dollar" in one.unit]
        case "percent":
            fitting = [one for one in data if "percent" in one.unit or "%" in one.unit]
        case "year":
            fitting = [one for one in data if one.rows in ("dates", "figures")]
        case _:
            fitting = list(data)
    return any(one.value == found.value for one in fitting)


def names_with_digits(subject: Subject) -> Iterator[str]:
    """Yield names whose digits count nothing: what stands before the colon of the title, and what the item
    refers to.

    "Ready by 21: what every child needs" is about a program of that name, and 63106 is a place.
    """
    program, colon, _ = subject.item.title.partition(":")
    names = [program] if colon and not {"$", "%"} & set(program) else []
    item: Any = subject.item
    names += [row.agency.title for row in item.participations.all()]
    names += [named.title for named in (*item.places.all(), *item.documents.all())]
    # The longest first, so that a name within a name does not take it apart.
    yield from sorted(
        (name for name in set(names) if any(sign.isdigit() for sign in name)), key=len, reverse=True
    )
