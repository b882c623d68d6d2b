"""What the detector of personal data finds in made-up comments, and how often it is right."""

import json
from datetime import date
from pathlib import Path
from time import perf_counter, process_time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from feedback.contacts import Public
from feedback.inbox import export
from feedback.models import Comment
from feedback.personal import KINDS, find_personal, flags, luhn, masked
from tests.builders import make_initiative, make_site

COMMENTS = json.loads((Path(__file__).parent / "personal_comments.json").read_text())
# What docs/reviewers.md promises: precision and recall, by kind. An address is said to be a guess.
FLOORS = {
    "phone": (0.95, 0.9),
    "email": (0.95, 0.9),
    "ssn": (0.95, 0.9),
    "card": (0.95, 0.9),
    "address": (0.8, 0.85),
}


def measure(kind):
    """Return how many comments were rightly flagged, wrongly flagged, missed, by kind."""
    said = [
        (kind in {one.kind for one in find_personal(row["text"])}, kind in row["kinds"], row["text"])
        for row in COMMENTS
    ]
    right = sum(found and true for found, true, _ in said)
    wrong = [text for found, true, text in said if found and not true]
    missed = [text for found, true, text in said if true and not found]
    return right, wrong, missed


def test_there_are_enough_comments_to_measure_by():
    assert len(COMMENTS) >= 200
    assert len({row["text"] for row in COMMENTS}) == len(COMMENTS)
    assert sum(not row["kinds"] for row in COMMENTS) >= 80
    assert {kind for row in COMMENTS for kind in row["kinds"]} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_detector_is_as_good_as_the_guide_says(kind, record_property):
    right, wrong, missed = measure(kind)
    precision, recall = right / (right + len(wrong)), right / (right + len(missed))
    report = (
        f"{kind}: precision {precision:.3f}, recall {recall:.3f} ({right} right; wrong: {wrong}; "
        f"missed: {missed})"
    )
    print(report)
    record_property("detector", report)
    assert precision >= FLOORS[kind][0], report
    assert recall >= FLOORS[kind][1], report


def test_over_all_kinds_it_is_right_nineteen_times_in_twenty():
    totals = [measure(kind) for kind in KINDS]
    right, wrong, missed = (
        sum(n if isinstance(n, int) else len(n) for n in column) for column in zip(*totals, strict=True)
    )
    print(f"all: precision {right / (right + wrong):.3f}, recall {right / (right + missed):.3f}")
    assert right / (right + wrong) >= 0.95
    assert right / (right + missed) >= 0.9


def test_a_mask_stands_in_the_place_of_what_was_found_and_leaves_the_rest():
    text = "Call 314-555-0142 or write a.b@example.com. 911 was slow."
    assert masked(text) == "Call [phone hidden] or write [e-mail hidden]. 911 was slow."
    assert flags(text) == ",phone,email,"
    assert flags("Nothing here.") == ""


def test_nothing_of_what_is_found_is_left_by_the_mask():
    for row in COMMENTS:
        shown = masked(row["text"])
        assert not any(row["text"][one.start : one.end] in shown for one in find_personal(row["text"])), row


def test_what_turns_words_around_hides_no_number_from_it():
    text = "Call 314\u202a-555\u202c-0142"
    assert flags(text) == ",phone,"
    assert masked(text) == "Call [phone hidden]"


@pytest.mark.parametrize(
    "text",
    ["5" * 500, "1 " * 250, "a@" * 250, "1234 " + "a " * 240, "(314) " * 80, "a.b at " * 70, "1-" * 250],
)
def test_no_text_takes_long(text):
    began = perf_counter()
    masked(text)
    assert perf_counter() - began < 0.2


def test_the_check_digit_of_a_card():
    assert luhn("4111111111111111") and not luhn("4111111111111112")


def test_a_comment_is_flagged_when_it_is_stored(post, page):
    post({"page": page, "comment": "Call me: 314-555-0142"})
    assert Comment.objects.get().personal == ",phone,"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("call me, three one four five five five oh one nine nine", "phone"),
        ("Three-one-four, five-five-five, zero one double two", "phone"),
        ("tres uno cuatro cinco cinco cinco cero uno", "phone"),
        ("my cousin is at +44 20 7946 0958", "phone"),
        ("0044 20 7946 0958", "phone"),
        ("+52 55 1234 5678", "phone"),
        ("I live at 3915 Shenandoah", "address"),
        ("we stay on 4512 delmar with the kids", "address"),
        ("He sells at 3842 Cherokee every night", "address"),
        ("vivo en calle Cherokee 2315", "address"),
    ],
)
def test_numbers_in_words_from_abroad_and_houses_without_a_street_word_are_found(text, kind):
    assert kind in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "one of two or three programs for four or five kids",
        "I live near 14 other families",
        "We live 20 minutes away",
        "At 2016 prices",
        "one two three go",
        "My house is 100 years old",
        "They stay in 12 shelters",
        "It took 00 12 days",
    ],
)
def test_counting_and_years_are_not(text):
    assert flags(text) == ""


@pytest.fixture
def _public_contacts(db):
    """A city whose settings and whose report show contacts."""
    make_site(
        non_emergency_number="314-231-1212",
        tip_line="(314) 555 0177",
        contact="Write to **Safety@City.example**.",
        access_address="City Hall, 1200 Market Street, Room 418; or P.O. Box 1240",
    )
    body = (
        "Call 314.555.0123 or write patrols@example.org. Come to 5800 N. Kingshighway Boulevard, or 3915 "
        "Shenandoah Ave."
    )
    make_initiative(title="Night Basketball", slug="night-basketball", body=body)


OWN = [
    "I called 314-231-1212 twice",
    "I called (314) 231 1212 twice",
    "3142311212 never answers",
    "+1 314 231 1212 never answers",
    "231-1212 never answers",
    "The tip line 314.555.0177 is dead",
    "I wrote to safety@city.example",
    "PATROLS@EXAMPLE.ORG bounces, so does 314 555 0123.",
    "The door of 1200 Market St. is locked",
    "I waited at 1200 Market for an hour",
    "1200 MARKET STREET has no ramp",
    "5800 North Kingshighway Blvd is closed, and so is 3915 shenandoah avenue",
    "My letter to P.O. Box 1240 came back",
]


@pytest.mark.usefixtures("_public_contacts")
@pytest.mark.parametrize("text", OWN)
def test_what_the_public_report_shows_is_nobodys_own(text):
    assert masked(text, Public()) == text
    assert flags(text, Public()) == ""
    assert flags(text) != ""


@pytest.mark.usefixtures("_public_contacts")
@pytest.mark.parametrize(
    "text",
    [
        "Mine is 314-231-1213",
        "Mine is 618-231-1212",
        "unsafety@city.example",
        "safety@city.example.org",
        "My card is 4111 1111 1111 1111",
        "I live at 1201 Market Street",
        "I live at 200 Market Street",
        "I live at 1200 Market Place",
        "I live at 5800 South Kingshighway Boulevard",
        "I live at 1200 Market Street, Apt 4",
        "Write me: P.O. Box 1241, or joe418 (at) example.org",
        "call three one four five five five 5 8 0 0",
    ],
)
def test_what_only_resembles_it_is_hidden(text):
    assert flags(text, Public()) != ""


@pytest.mark.usefixtures("_public_contacts")
def test_many_comments_full_of_contacts_are_read_in_half_a_second():
    make_initiative(
        title="Long", slug="long", body="The 1200 homes of 2016, in 314 blocks; it is said. " * 2000
    )
    texts = [" ".join(f"{n}{k} Oak St 314-556-{n}{k}" for k in range(10, 32)) for n in range(10, 60)]
    known, began = Public(), process_time()
    assert {masked(text, known).count("hidden") for text in texts} == {44}
    assert process_time() - began < 0.5


@pytest.mark.usefixtures("_public_contacts")
def test_a_city_number_beside_a_residents_own_leaves_that_hidden():
    assert (
        masked("314-231-1212 told me to call 314-555-0142", Public())
        == "314-231-1212 told me to call [phone hidden]"
    )


def test_a_draft_makes_no_number_public(db):
    make_initiative(title="Draft", slug="draft", body="Call 314-555-0123.", publish=False)
    assert flags("314-555-0123", Public()) == ",phone,"


def test_the_inbox_and_the_export_show_the_citys_number_and_read_the_report_once(as_, rita, _public_contacts):
    for _ in range(30):
        Comment.objects.create(
            text="314-231-1212 is busy, my own is 314-555-0142", page="/", date=date(2026, 1, 5)
        )
    shown = as_(rita).get(reverse("admin:feedback_comment_changelist")).content.decode()
    assert shown.count("314-231-1212 is busy") >= 30 and "314-555-0142" not in shown
    with CaptureQueriesContext(connection) as queries:
        rows = list(export.plain_rows(Comment.objects.all()))
    assert {row["comment"] for row in rows} == {"314-231-1212 is busy, my own is [phone hidden]"}
    assert len(queries) <= 4


def test_a_comment_with_the_citys_number_is_not_marked(post, page):
    post({"page": page, "comment": "999-555-0100 or 314-231-1212?"})
    assert Comment.objects.get().personal == ",phone,"
