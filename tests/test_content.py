"""The real report: everything is there, in plain words, and what the words say in figures the data says
too.
"""

import re
from decimal import Decimal
from statistics import mean, median

import pytest

from initiatives.exchange.folder import read_folder
from initiatives.text.readability import grade, split
from tests.conftest import REPORT

ENTRIES = read_folder(REPORT)
INITIATIVES = [entry for entry in ENTRIES if entry.kind == "initiative"]
BY_SLUG = {entry.slug: entry for entry in INITIATIVES}
LARGE = {"million": 1_000_000, "billion": 1_000_000_000}
SPELLED = [
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
]
SPELLED += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"]
by_slug = pytest.mark.parametrize("entry", INITIATIVES, ids=lambda entry: entry.slug)


def words(entry):
    return f"{entry.values['title']}.\n\n{entry.values['summary']}\n\n{entry.body}"


def prose(entry):
    return f"{entry.values['summary']}\n\n{entry.body}"


def test_the_tree_is_whole():
    kinds = [
        entry.kind if entry.kind != "section" or entry.parent.kind == "pillar" else "sub-section"
        for entry in ENTRIES
    ]
    assert {kind: kinds.count(kind) for kind in ("pillar", "section", "sub-section", "initiative")} == {
        "pillar": 3,
        "section": 14,
        "sub-section": 10,
        "initiative": 103,
    }


def test_titles_are_unique_and_fit_a_line():
    titles = [entry.values["title"] for entry in INITIATIVES]
    assert len(set(titles)) == 103
    assert max(map(len, titles)) <= 80


def test_words_are_plain():
    grades = {entry.slug: grade(prose(entry)) for entry in INITIATIVES}
    assert median(grades.values()) <= 8
    assert {slug: round(value, 1) for slug, value in grades.items() if value > 8} == {}


def test_sentences_are_short():
    lengths = [len(sentence.words) for entry in INITIATIVES for sentence in split(prose(entry))]
    assert mean(lengths) <= 18
    assert max(lengths) <= 32


def test_the_sites_own_words_are_plain():
    for entry in ENTRIES:
        if entry.kind in ("pillar", "section", "site"):
            assert (
                grade(f"{entry.values.get('summary', '')}\n\n{entry.body}\n\n{entry.values.get('about', '')}")
                <= 8
            ), entry.slug


def sums(text):
    for number, size in re.findall(r"\$(\d[\d,]*(?:\.\d+)?)(?: (million|billion))?", text):
        yield Decimal(number.replace(",", "")) * LARGE.get(size, 1)


@by_slug
def test_sums_in_the_words_are_in_the_data_and_the_other_way_round(entry):
    assert set(sums(words(entry))) == {Decimal(row["amount"]) for row in entry.values.get("amounts", [])}


@by_slug
def test_numbers_in_the_data_are_in_the_words(entry):
    text = words(entry).lower()
    for row in entry.values.get("figures", []):
        for name in ("value", "value_to"):
            if name in row:
                number = Decimal(row[name])
                spelled = SPELLED[int(number)] if number < len(SPELLED) and number % 1 == 0 else None
                assert f"{number:,}" in text or (spelled and re.search(rf"\b{spelled}\b", text)), row


@by_slug
def test_years_in_the_words_are_in_the_data_and_the_other_way_round(entry):
    assert set(re.findall(r"\b(?:19|20)\d\d\b", words(entry))) == {
        row["date"][:4] for row in entry.values.get("dates", [])
    }


@by_slug
def test_zip_codes_in_the_words_are_places_in_the_data(entry):
    assert set(re.findall(r"\b631\d\d\b", words(entry))) == {
        slug for slug in entry.values.get("places", []) if slug.isdigit()
    }


def test_every_agency_and_audience_and_place_is_used():
    used = {
        ("agency", slug)
        for entry in INITIATIVES
        for slugs in entry.values.get("agencies", {}).values()
        for slug in slugs
    }
    lists = {"audience": "audiences", "place": "places"}
    used |= {
        (kind, slug)
        for entry in INITIATIVES
        for kind, name in lists.items()
        for slug in entry.values.get(name, [])
    }
    assert {(entry.kind, entry.slug) for entry in ENTRIES if entry.kind in ("agency", *lists)} - used == set()
