"""Words for money, numbers and dates: exact, and as people say them."""

import pytest
from django.template import Context, Template

from initiatives.models import Amount
from initiatives.report import wording


def amount(value, **more):
    return {
        "amount": value,
        "currency": "USD",
        "qualifier": "exactly",
        "sort": "grant",
        "per": "",
        "purpose": "",
    } | more


def figure(value, **more):
    return {
        "value": value,
        "value_to": None,
        "qualifier": "exactly",
        "unit": "people",
        "per": "",
        "counts": "",
    } | more


def shown(filters, row):
    return Template("{% load report_tags %}{{ row|" + filters + " }}").render(Context({"row": row}))


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (amount("5000000"), "$5 million"),
        (amount("24000000", qualifier="more_than"), "more than $24 million"),
        (amount("3700000"), "$3.7 million"),
        (amount("1250000"), "$1.25 million"),
        (amount("1234567"), "$1,234,567"),
        (amount("1000000"), "$1 million"),
        (amount("100000000", qualifier="more_than"), "more than $100 million"),
        (amount("2000000000"), "$2 billion"),
        (amount("500000"), "$500,000"),
        (amount("999999.99"), "$999,999.99"),
        (amount("50", per="account"), "$50 per account"),
        (amount("10.1", per="hour"), "$10.10 per hour"),
        (amount("11", qualifier="up_to"), "up to $11"),
        (amount("0"), "$0"),
        (amount("500000", currency="EUR"), "EUR 500,000"),
        (amount("3700000", currency="CAD", qualifier="about"), "about CAD 3.7 million"),
    ],
)
def test_money_is_read_out_without_rounding(row, words):
    assert wording.money_words(row) == words


def test_money_says_what_it_is_and_what_for():
    assert wording.money_for(amount("1", purpose="to train young adults")) == "Grant: to train young adults"
    assert wording.money_for(amount("1", sort="leveraged")) == "Leveraged from others"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (figure("3000"), "3,000 people"),
        (figure("1500", qualifier="nearly"), "nearly 1,500 people"),
        (figure("12", value_to="18", unit="years old"), "12–18 years old"),
        (figure("50", unit="percent"), "50 percent"),
        (figure("10", unit="children", per="month"), "10 children per month"),
        (figure("2.5", unit="hours"), "2.5 hours"),
        (figure("100", qualifier="at_least"), "at least 100 people"),
    ],
)
def test_numbers_are_read_out_with_their_unit(row, words):
    assert wording.figure(row) == words


def test_a_range_is_read_aloud_as_from_to():
    text = shown("figure|spoken", figure("12", value_to="18", unit="years old"))
    assert text == '12<span aria-hidden="true">–</span><span class="visually-hidden"> to </span>18 years old'


def test_other_dashes_and_markup_in_a_unit_stay_what_they_are():
    assert (
        shown("figure|spoken", figure("3", unit="<b>north–south</b>")) == "3 &lt;b&gt;north–south&lt;/b&gt;"
    )


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2015", "2015"),
        ("2015-12", "December 2015"),
        ("2015-12-01", "December 1, 2015"),
        ("2015-21", "spring 2015"),
        ("2015-23", "fall 2015"),
        ("2015-24", "winter 2015"),
        ("2015-13", "2015-13"),
        ("soon", "soon"),
    ],
)
def test_dates_are_read_out_as_exact_as_they_are_known(date, words):
    assert wording.edtf(date) == words


@pytest.mark.parametrize(
    ("bound", "date", "words"),
    [
        ("from", "2001", "since 2001"),
        ("by", "2020", "by 2020"),
        ("in", "2015-12", "December 2015"),
        ("by", "2015-23", "by fall 2015"),
    ],
)
def test_dates_keep_their_bounds(bound, date, words):
    assert wording.date({"qualifier": bound, "date": date}) == words


@pytest.mark.parametrize(
    ("bound", "date", "html"),
    [
        ("from", "2015-12", 'Since <time datetime="2015-12">December 2015</time>'),
        ("in", "2015-12-01", '<time datetime="2015-12-01">December 1, 2015</time>'),
        ("in", "2015-23", "Fall 2015"),
        ("by", "2015-23", "By fall 2015"),
        ("in", "<b>", "&lt;b&gt;"),
    ],
)
def test_dates_are_marked_up_only_where_html_can_say_them(bound, date, html):
    assert shown("when", {"qualifier": bound, "date": date}) == html


def test_every_status_has_its_words():
    assert wording.status("under_way") == "Under way"
    assert wording.status("supported") == "Called for"
    assert wording.status("") == "Status not given"


@pytest.mark.parametrize("sort", [name for name, _ in Amount.Sort.choices])
@pytest.mark.parametrize(
    "purpose", ["to train", "from private investors", "as the minimum wage", "North St. Louis", ""]
)
def test_no_kind_of_money_runs_into_its_purpose(sort, purpose):
    kind, row = Amount.Sort(sort).label, amount("5", sort=sort, purpose=purpose)
    assert wording.money_for(row) == (f"{kind}: {purpose}" if purpose else kind)
    assert wording.money_line(row) == f"$5 ({kind.lower()})" + (f": {purpose}" if purpose else "")
