"""What was pasted from a word processor and is no Markdown gets advice before it is published."""

import pytest

from initiatives.checks import examine
from initiatives.checks.markup import unread_marks
from initiatives.publishing.publish import publish
from tests.builders import make_initiative


def told(text):
    return list(unread_marks(text))


@pytest.mark.parametrize(
    "sign", ["• ", "•\t", "·\t", "▪ ", "● ", "◦ ", "\uf0b7\t", "– ", "— ", "o\t", "✓ ", "➢ "]
)
def test_a_bullet_that_makes_no_list_gets_advice(sign):
    [message] = told(f"We offer:\n\n{sign}jobs\n{sign}training\n")
    assert message.startswith("Line 3 begins with “")
    assert "“- ”" in message


@pytest.mark.parametrize(
    "text",
    ["- one\n- two", "1. one\n2. two", "* one", "It is open 9–5.", "A – B", "own things\n", "```\n• x\n```"],
)
def test_lists_and_signs_in_a_sentence_get_none(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["Year\tSum\n2015\t$5\n", "Year\tSum\tWho\n", "Intro.\n\nA\tB\n1\t2\n3\t4", "A \t B\nC \t D"]
)
def test_a_table_of_tabs_gets_advice(text):
    [message] = told(text)
    assert "holds tabs" in message
    assert "| one | two |" in message


@pytest.mark.parametrize(
    "text", ["| a | b |\n| --- | --- |\n| 1 | 2 |", "\tcode\there\n", "one\ttab alone in a text"]
)
def test_tables_and_code_get_none(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "See **x.**y",
        "**Jobs.**Now",
        "** spaced **",
        "a **(b)**c",
        "__open.__now",
        "~~gone.~~now",
        "never **closed",
        "*x.*y and *(a)*b",
    ],
)
def test_marks_that_readers_would_see_get_advice(text):
    [message] = told(text)
    assert "shows its marks" in message


@pytest.mark.parametrize(
    "text",
    [
        "**x.** y",
        "**x**.y",
        "*a* and _b_",
        "5 * 3 = 15",
        "`**x.**y`",
        r"\*\*x.\*\*y",
        "snake_case_name",
        "~~old~~ new",
        "- *one*\n- two",
    ],
)
def test_marks_that_work_get_none(text):
    assert told(text) == []


def test_a_heading_without_its_space_gets_advice():
    assert "no heading" in told("Text.\n\n##Jobs")[0]
    assert told("## Jobs\n\nWe are #1 there.\n\n#") == []


def test_a_long_text_is_read_in_bounded_time_and_advised_once_each():
    assert len(told("• a\tb\tc **x.**y\n\n" * 2500)) == 2


@pytest.mark.django_db
def test_the_advice_names_the_field_and_stops_nothing():
    item = make_initiative(publish=False, title="Jobs", summary="It helps people.", body="• one\n• two")
    [finding] = examine(item).advice
    assert finding.field == "body"
    publish(item, by=None)
