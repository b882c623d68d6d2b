"""The open figures of feedback: what the public may know, rounded or withheld where few."""

import csv
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback.models import Comment, DailyCount
from feedback.statistics.public import figures, tens
from initiatives.report.report import Report
from tests.builders import make_initiative, make_pillar, make_section, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def may(clock):
    clock.set("2026-05-15 12:00")
    make_site()


def said(count, day, item=None, **fields):
    fields = {
        "page": "/",
        "title": "T",
        "helpful": True,
        "date": day,
        "item": item.key if item else None,
    } | fields
    Comment.objects.bulk_create(Comment(**fields) for _ in range(count))


def found():
    return {(group.name, one.name): one.value for group in figures(Report.live()) for one in group.figures}


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0"), (1, "fewer than 10"), (9, "fewer than 10"), (10, "10"), (1234, "1,230")]
)
def test_counts_are_in_tens_and_few_are_withheld(count, words):
    assert tens(count) == words


def test_answers_are_counted_by_whole_months(client):
    said(37, "2026-04-03")
    said(4, "2026-03-03")
    said(500, "2026-05-03")
    told = found()
    assert told["Answers", "April 2026"] == "40"
    assert told["Answers", "March 2026"] == "fewer than 10"
    assert ("Answers", "May 2026") not in told
    assert ("Answers", "February 2026") not in told


def test_one_answer_more_does_not_show():
    said(52, "2026-04-03")
    before = found()
    said(1, "2026-04-03")
    assert found() == before


def test_the_share_of_yes_is_told_by_pillar_where_there_are_enough():
    many, few = make_pillar(title="Many"), make_pillar(title="Few")
    said(30, "2026-04-03", make_initiative(section=make_section(many)))
    said(10, "2026-04-03", make_initiative(section=make_section(many)), helpful=False)
    said(19, "2026-04-03", make_initiative(section=make_section(few)))
    told = found()
    assert told["The page helped", "Many"] == "75%"
    assert told["The page helped", "Few"] == "too few answers"


def read():
    told = found()
    return [told["Comments read", f"within {days}"] for days in ("1 day", "7 days", "30 days")]


def test_it_says_how_soon_comments_were_read():
    said(20, "2026-03-03", text="A", read_on="2026-03-04")
    said(10, "2026-03-03", text="B", read_on="2026-03-20")
    said(10, "2026-03-03", text="C")
    assert read() == ["50%", "50%", "75%"]


def test_a_comment_that_still_had_time_when_the_month_began_is_not_told_as_unread(clock):
    said(20, "2026-03-03", text="A", read_on="2026-03-04")
    said(20, "2026-04-28", text="B")
    assert read() == ["50%", "100%", "100%"]
    Comment.objects.filter(text="B").update(read_on="2026-05-15")
    assert read() == ["50%", "100%", "100%"]
    clock.set("2026-06-15 12:00")
    assert read() == ["50%", "50%", "100%"]


def test_a_share_says_of_how_many_in_tens_and_each_group_of_what_time():
    said(44, "2026-04-03")
    said(19, "2026-04-03", make_initiative(section=make_section(make_pillar(title="Few"))), helpful=False)
    groups = {group.name: group for group in figures(Report.live())}
    assert groups["The page helped"].period == "To the end of April 2026"
    assert [(one.value, one.of, one.bar) for one in groups["The page helped"].figures] == [
        ("70%", "60", 70),
        ("too few answers", "", None),
    ]


def test_a_bar_is_as_long_as_what_is_told_and_few_have_none():
    said(44, "2026-04-03")
    said(17, "2026-03-03")
    said(4, "2026-02-03")
    bars = {one.name: one.bar for one in figures(Report.live())[0].figures}
    assert bars == {"April 2026": 100, "March 2026": 50, "February 2026": None}


def test_held_and_spam_do_not_count_and_old_daily_counts_do():
    said(50, "2026-04-03", state="spam")
    said(50, "2026-04-03", state="held")
    DailyCount.objects.create(
        page="/", title="T", date="2026-04-01", yes=20, no=10, unanswered=10, read_within={"0": 40}
    )
    told = found()
    assert told["Answers", "April 2026"] == "40"
    assert told["Comments read", "within 1 day"] == "100%"


def test_the_page_and_the_csv_say_the_same_and_no_comment(client):
    said(40, "2026-04-03", text="My secret words")
    page = client.get("/feedback/").content.decode()
    rows = list(csv.reader(client.get("/feedback/figures.csv").content.decode().splitlines()))
    assert rows[0] == ["about", "time", "what", "figure", "out of", "likely between"]
    for row in rows[1:]:
        assert all(words in page for words in row)
    assert "secret" not in page


def test_it_is_public_sets_no_cookie_and_is_only_read(client):
    for path in ("/feedback/", "/feedback/figures.csv"):
        response = client.get(path)
        assert response.status_code == 200
        assert not response.cookies
        assert "no-cache" in response["Cache-Control"]
    assert client.put("/feedback/").status_code == 405
    assert client.post("/feedback/figures.csv").status_code == 405


def test_more_comments_cost_no_more_queries(client, django_assert_num_queries):
    costs = []
    for count in (5, 300):
        said(count, "2026-04-03")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get("/feedback/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 12


def test_a_year_back_and_no_further():
    for months in range(1, 20):
        said(20, (timezone.localdate().replace(day=1) - timedelta(days=30 * months)).isoformat())
    assert sum(group == "Answers" for group, _ in found()) == 12


def test_a_share_has_its_interval_and_readers_are_told_that_they_chose_themselves(client):
    said(66, "2026-04-03")
    said(34, "2026-04-03", helpful=False)
    [figure] = [one for group in figures(Report.live()) for one in group.figures if one.name == "All pages"]
    assert (figure.value, figure.of, figure.likely) == ("66%", "100", "56 to 75%")
    page = " ".join(client.get("/feedback/").content.decode().split())
    assert "of about 100, likely 56 to 75%" in page and "Readers choose themselves" in page


def test_what_was_set_aside_is_told_by_what_it_said():
    said(40, "2026-04-03")
    said(30, "2026-04-03", helpful=False, state="spam")
    said(20, "2026-03-03", state="held")
    said(90, "2026-05-03", state="spam")
    told = found()
    names = ("said yes", "said no", "said neither")
    assert [told["Set aside and counted nowhere", name] for name in names] == ["20", "30", "0"]


def test_where_nothing_came_the_page_says_so_in_words(client):
    page = client.get("/feedback/").content.decode()
    assert page.count("There is nothing to count yet.") == 4
    assert not re.search(r"<tbody>\s*</tbody>", page)
