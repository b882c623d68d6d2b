"""Advice before a publish about figures: the words and the rows say the same."""

from decimal import Decimal

import pytest

from initiatives.checks import examine
from initiatives.models import Initiative
from initiatives.text.quantities import numbers_in, quantities
from tests.builders import make_initiative, make_place, make_section


def found(text):
    return sorted(
        (one.sort, str(one.value.normalize() if one.value % 1 else int(one.value)))
        for one in quantities(text)
    )


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("A $5 million grant.", [("money", "5000000")]),
        ("A $3.7-million grant.", [("money", "3700000")]),
        ("It pays $10.10 an hour.", [("money", "10.1")]),
        ("It has $500,000.", [("money", "500000")]),
        ("From $5 million to $10 million.", [("money", "10000000"), ("money", "5000000")]),
        ("Between $5 to 10 million.", [("money", "10000000"), ("money", "5000000")]),
        ("It costs $5–10.", [("money", "10"), ("money", "5")]),
        ("It gave $20 to 30 people.", [("money", "20"), ("number", "30")]),
        ("It costs 40 dollars.", [("money", "40")]),
        ("Two million dollars.", [("money", "2000000")]),
        ("It costs 50 cents.", [("money", "0.5")]),
        ("A $2m fund.", [("money", "2000000")]),
        ("EUR 300 from abroad.", [("money", "300")]),
        ("Now 50 percent.", [("percent", "50")]),
        ("Now 12.5%.", [("percent", "12.5")]),
        ("From 30 to 40%.", [("percent", "30"), ("percent", "40")]),
        ("Five percent.", [("percent", "5")]),
        ("It serves 3,000 people.", [("number", "3000")]),
        ("It serves 2.5 million people.", [("number", "2500000")]),
        ("A 12-week course.", [("number", "12")]),
        ("Ages 12 to 18.", [("number", "12"), ("number", "18")]),
        ("Ages 12–18.", [("number", "12"), ("number", "18")]),
        ("Twenty-five officers.", [("number", "25")]),
        ("Two hundred and fifty homes.", [("number", "250")]),
        ("Since 2001.", [("year", "2001")]),
        ("From 2014–2016.", [("year", "2014"), ("year", "2016")]),
        ("In the school year 2014-15.", [("year", "2014")]),
        ("On December 1, 2015, it began.", [("year", "2015")]),
        ("On 2015-12-01 it began.", [("year", "2015")]),
        ("From May 5 to 8 it rains.", []),
    ],
)
def test_a_text_is_read_for_its_figures(text, figures):
    assert found(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "The 4th ward and the 21st of them.",
        "Call (314) 555-0123 or 314-555-0123 or 555-0123.",
        "Call 911, or dial 311, or text 988.",
        "The right use of 9-1-1.",
        "Section 8 and Chapter 353.",
        "From kindergarten to grade 12, in grades 6 to 8 and grades 1, 2 and 3.",
        "In ZIP codes 63106 and 63107, and in St. Louis, MO 63103.",
        "Along I-55 and Highway 40.",
        "From 9:30 to 5 p.m., 24/7.",
        "In the 1990s.",
        "Two or three of twelve.",
        "Tutoring is 1-on-1.",
        "The twenty-first century.",
        "See https://example.org/2015/30 or write to room12@example.org.",
    ],
)
def test_digits_that_count_nothing_are_no_figures(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Three classes.", "3"),
        ("Twelve weeks.", "12"),
        ("A dozen weeks.", "12"),
        ("Twice as many seats.", "2"),
        ("An hour a week.", "1"),
        ("Half of all.", "50"),
        ("$10.10 an hour.", "10.10"),
        ("Grade 12.", "12"),
        ("1,500 jobs.", "1500"),
        ("Four hundred homes.", "400"),
    ],
)
def test_a_number_is_said_in_digits_or_words(text, value):
    assert Decimal(value) in numbers_in(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [("13,000 jobs.", "3000"), ("3,000 jobs.", "3"), ("$3.7 million.", "3"), ("Tent.", "10")],
)
def test_a_part_of_a_number_does_not_say_it(text, value):
    assert Decimal(value) not in numbers_in(text)


# On an item


def advice(item):
    return [(one.field, one.message) for one in examine(item).advice if "school grade" not in one.message]


@pytest.mark.django_db
def test_a_sum_without_a_row_is_named_with_its_field():
    item = make_initiative(title="Jobs", summary="A $5 million grant trains people.")
    assert advice(item) == [
        (
            "summary",
            "“$5 million” is in the text but in no row under “Money”. Add a row there, or correct the text.",
        )
    ]


@pytest.mark.django_db
def test_a_figure_said_twice_is_named_once():
    item = make_initiative(
        title="It trains 300", summary="It trains 300 people.", body="There are 300 of them."
    )
    assert [field for field, _ in advice(item)] == ["title"]


@pytest.mark.django_db
def test_a_row_that_the_text_does_not_say_is_named():
    item = make_initiative(title="Jobs", summary="It trains people.")
    item.amounts.create(amount=5_000_000)
    item.figures.create(value=12, value_to=18, unit="years old")
    item.dates.create(date="2015-12", label="It begins", qualifier="from")
    assert advice(item) == [
        (rows, f"“{shown}” is a row here but the text does not say it. Say it there, or correct the row.")
        for rows, shown in (
            ("amounts", "$5 million"),
            ("figures", "12–18 years old"),
            ("dates", "since December 2015"),
        )
    ]


@pytest.mark.django_db
def test_words_and_rows_that_agree_bring_no_advice():
    item = make_initiative(
        title="300 jobs by 2020", summary="A $5 million grant pays for three years.", status_note="since 2015"
    )
    item.amounts.create(amount=5_000_000)
    item.figures.create(value=300, unit="jobs")
    item.figures.create(value=3, unit="years")
    item.dates.create(date="2015", label="It begins")
    item.dates.create(date="2020", label="It ends")
    assert advice(item) == []


@pytest.mark.django_db
def test_a_percent_needs_a_row_of_percent():
    item = make_initiative(title="Jobs", summary="It is 50 percent.")
    row = item.figures.create(value=50, unit="people")
    assert [field for field, _ in advice(item)] == ["summary"]
    row.unit = "percent"
    row.save()
    assert advice(item) == []


@pytest.mark.django_db
def test_the_digits_of_a_name_count_nothing():
    item = make_initiative(title="Ready by 21: help for all", summary="Ready by 21 works in 63106.")
    item.places.add(make_place(title="63106", sort="zip"))
    assert advice(item) == []


@pytest.mark.django_db
def test_what_has_no_rows_is_not_compared():
    assert advice(make_section(summary="It has 300 parts.")) == []


# The real report


@pytest.mark.django_db
def test_in_the_real_report_words_and_rows_agree(real_report):
    assert {item.slug: advice(item) for item in Initiative.objects.all() if advice(item)} == {}


@pytest.mark.django_db
def test_in_the_real_report_no_row_can_be_taken_out_unseen(real_report):
    unseen = []
    for item in Initiative.objects.all():
        for rows in ("amounts", "figures", "dates"):
            for row in getattr(item, rows).all():
                row.delete()
                if not advice(item) and not is_small(row):
                    unseen.append((item.slug, str(row)))
                row.save()
    # The name of a program; its number stands in the text nowhere else.
    assert unseen == [("resilient-cities", "100 cities")]


def is_small(row):
    """Say whether the text may have the row's number in a word that is not read as a figure."""
    return getattr(row, "value", 100) <= 12
