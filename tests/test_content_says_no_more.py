"""The real report says no more than its source: wishes stay wishes, "more than" stays, who is asked to act
is no partner.
"""

import re
from decimal import Decimal

import pytest

from tests.test_content import BY_SLUG, ENTRIES, INITIATIVES, SPELLED, by_slug, words

NOT_DONE = {"supported", "proposed", "studied", "planned"}
WISH = re.compile(
    r"\b(?:calls?|push|bills?|plan|talks|look|work|goal|strategies|defending|would|should)\b|\?",
    re.IGNORECASE,
)
QUALIFIED = {
    "more_than": r"(?:more than|over)",
    "nearly": r"(?:nearly|almost)",
    "about": r"about",
    "up_to": r"(?:up to|within)",
    "at_least": r"at least",
}
ASKED = {
    "minimum-wage": {"board-of-aldermen"},
    "less-red-tape": {"board-of-aldermen"},
    "medicaid": {"missouri-legislature"},
    "childrens-health-insurance": {"missouri-legislature"},
    "ban-the-box-statewide": {"state-of-missouri"},
    "independent-prosecutor-law": {"state-of-missouri"},
    "respect-for-all-communities": {"slmpd"},
}
# Abbreviations that are words by now, or a part of a name that the source does not spell out.
WORDS_BY_NOW = {"ID", "ZIP", "LGBTQ", "STL", "SSM", "LAUNCH", "US"}


def roles(entry, *names):
    return {slug for name in names for slug in entry.values.get("agencies", {}).get(name, [])}


@pytest.mark.parametrize(
    "entry", [e for e in INITIATIVES if e.values["status"] in NOT_DONE], ids=lambda entry: entry.slug
)
def test_the_title_of_what_is_not_done_says_so(entry):
    assert WISH.search(entry.values["title"])


def spellings(number):
    """Return a number as texts may write it: "1,500", "700", "$24 million" without its sign, "fifteen"."""
    yield f"{number:,.0f}"
    if number >= 1_000_000:
        yield f"{number / 1_000_000:g} million"
    if number < len(SPELLED):
        yield SPELLED[int(number)]


@by_slug
def test_how_exact_a_number_is_stands_at_every_mention(entry):
    rows = [(row, row["amount"]) for row in entry.values.get("amounts", [])]
    rows += [(row, row["value"]) for row in entry.values.get("figures", [])]
    for row, value in rows:
        if row.get("qualifier", "exactly") == "exactly":
            continue
        for spelled in spellings(Decimal(value)):
            number = rf"(?<![\d,.]){re.escape(spelled)}\b(?! million)"
            bare = re.findall(rf"(?<!\w)\$?{number}", words(entry), re.IGNORECASE)
            told = re.findall(rf"{QUALIFIED[row['qualifier']]} \$?{number}", words(entry), re.IGNORECASE)
            assert len(bare) == len(told), (row, bare, told)


def test_who_is_asked_to_act_is_named_so_and_as_nothing_else():
    assert {entry.slug: roles(entry, "asked") for entry in INITIATIVES if roles(entry, "asked")} == ASKED
    for entry in INITIATIVES:
        assert not roles(entry, "asked") & roles(entry, "lead", "partner", "funder"), entry.slug
    assert roles(BY_SLUG["less-red-tape"], "partner") == {"mayors-office"}
    assert "uber" not in {entry.slug for entry in ENTRIES}


def test_a_task_force_names_all_who_take_part():
    assert roles(BY_SLUG["problem-properties-task-force"], "partner") == {
        *("slmpd", "city-prosecutors", "building-inspectors", "neighborhood-stabilization-officers"),
    }


@by_slug
def test_who_funds_a_program_does_not_pay_for_all_of_it(entry):
    if roles(entry, "funder"):
        assert not re.search(r"\b(?:pays|paid|pay for (?:it|the program))\b(?! summer)", words(entry)), (
            entry.slug
        )


@by_slug
def test_what_was_recent_says_when(entry):
    assert not re.search(r"\b(?:now|currently|today|lately|nowadays)\b", words(entry))
    for sentence in re.findall(r"[^.]*\brecent(?:ly)?\b[^.]*", words(entry)):
        assert "2016" in sentence or "As of 2016" in entry.body, sentence


@pytest.mark.parametrize(
    "slug",
    ["youthbuild", "byrne-grant", "homicide-detectives", "gun-laws", "choice-neighborhoods", "less-red-tape"],
)
def test_what_the_source_calls_recent_is_told_as_recent_in_2016(slug):
    assert re.search(r"As of 2016, (?:.*recently|that was recent)", BY_SLUG[slug].body)


@by_slug
def test_abbreviations_are_explained_where_they_stand(entry):
    text = words(entry)
    for short in set(re.findall(r"\b[A-Z]{2,}\b", text.replace("S-CHIP", "CHIP"))) - WORDS_BY_NOW:
        explained = rf"\((?:S-)?{short}\)|\b{short} (?:\(|stands for )|called {short} for short"
        assert re.search(explained, text), f"{entry.slug}: {short}"


@pytest.mark.parametrize(
    ("slug", "right", "wrong"),
    [
        ("homicide-ministers", ["HCMA"], ["HMCA"]),
        ("healthy-home-repair", ["low and moderate incomes"], ["middle"]),
        ("internship-program", [], ["also pays"]),
        ("innovative-concept-academy", ["strives to"], ["and keeps them safe"]),
        (
            "better-family-life",
            ["connect people and families to resources", "most challenged neighborhoods"],
            ["tell people"],
        ),
        ("gateway-bank", ["underserve", "unbanked neighborhoods"], []),
        ("prevention-strategies", ["Byrne grant", "North St. Louis"], ["federal"]),
        ("independent-prosecutor-law", ["A call for"], []),
        ("market-rate-and-affordable", ["to draw $478 million"], ["drawn"]),
        (
            "transit-oriented-development",
            ["[Development Study](/documents/#development-study)"],
            ["points readers"],
        ),
        ("college-hill", ["LCMS stands for"], []),
    ],
)
def test_a_page_says_what_the_source_says(slug, right, wrong):
    text = words(BY_SLUG[slug])
    assert [phrase for phrase in right if phrase not in text] == []
    assert [phrase for phrase in wrong if phrase in text] == []


@pytest.mark.parametrize(
    ("kind", "slug", "right", "wrong"),
    [
        ("pillar", "prevention", "intervention", "roots"),
        ("pillar", "neighborhoods", "conditions that lead to crime", "investment"),
        (
            "pillar",
            "neighborhoods",
            "millions of dollars to improve public parks and to give",
            "at home and on the street",
        ),
        ("section", "fair-wages", "economic empowerment", "one's own"),
        ("section", "development", "Development in every neighborhood", "investment"),
        ("section", "innovative-prevention", "North St. Louis", "federal"),
        ("site", "site", "names as past is December 2015", "recently won"),
    ],
)
def test_parts_and_sections_are_called_what_they_are(kind, slug, right, wrong):
    (entry,) = [entry for entry in ENTRIES if (entry.kind, entry.slug) == (kind, slug)]
    text = (
        f"{entry.values['title']}\n{entry.values.get('summary')}\n{entry.body}\n{entry.values.get('about')}"
    )
    assert right in text
    assert wrong not in text


def test_documents_are_those_that_the_source_names_and_have_no_address_that_it_does_not_give():
    documents = {entry.slug: entry.values for entry in ENTRIES if entry.kind == "document"}
    assert set(documents) == {"diagnostic-analysis", "diagnostic-analysis-full-report", "development-study"}
    assert all("url" not in values and values["description"] for values in documents.values())


def test_places_are_those_that_the_source_gives():
    assert BY_SLUG["prevention-strategies"].values["places"] == ["north-st-louis"]
    assert "places" not in BY_SLUG["better-family-life"].values
    assert BY_SLUG["internship-program"].values["status"] == "recurring"
