"""What waits for a reviewer: each rule by name, the same thanks for everybody, and nothing dropped."""

from itertools import count

import pytest

from feedback.intake import holding, stamp
from feedback.intake.counters import memory
from feedback.models import Comment
from tests.feedback.conftest import typed


@pytest.fixture
def say(post, page, read_page):
    """Send a comment from an honest form, changed as told; return the names of the rules that hold it."""

    def send(comment="", address="203.0.113.1", **fields):
        response = post({"page": page, "stamp": read_page, "comment": comment, **fields}, REMOTE_ADDR=address)
        assert response.status_code == 303
        assert response["Location"].startswith("/feedback/thanks/")
        row = Comment.objects.get(text=comment, helpful={"yes": True, "no": False}.get(fields.get("helpful")))
        assert (row.state == "held") == bool(row.held_for)
        return row.held_for.strip(",").split(",") if row.held_for else []

    return send


@pytest.mark.parametrize(
    "words",
    [
        "Where is it held, and when?",
        "See https://www.stlouis-mo.gov/police for the same text.",
        "The page http://testserver/about/ says otherwise.",
        "It costs $10.50 e.g. for a child. Ask at 3.p.m.",
        "Write to me: someone@example.com",
        "Node.js etc. [sic] (1)",
        *[
            "Ask the U.S./Missouri office.",
            "Mon./Tue. at 9 a.m./10 a.m.",
            "It helps St.Louis/County and so on.",
            "The park.is/was closed. yes.no/maybe, end.So/and",
            "What would help: a map",
            "It helps: thanks",
            "Go to the park.Site is closed.Club too",
            "See ymca.org for hours",
        ],
        *[
            "https://www.stlouis-mo.gov/police?to=a@b",
            "Open stlouis-mo.gov/police first.",
            "Who leads it? He/she, and/or him.her",
        ],
        "¿Dónde está? 在哪里？",
    ],
)
def test_what_residents_write_is_not_held(say, words):
    assert say(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "Cheap pills http://pills.example/buy",
        "HTTPS://PILLS.EXAMPLE",
        "www.pills.example",
        "Go to best-casino.online now",
        '<a href="x">x</a>',
        "[url=x]x[/url]",
        "[Win](//x)",
        "https://stlouis-mo.gov.evil.example/",
        "http:///x",
        "https://",
        "https://stlouis.gov@evil.example/police",
        "https://stlouis.gov@a@evil.example",
        r"https://evil.example\@stlouis.gov/",
        *[
            "hxxp://pills.example",
            "Buy at cheap-pills.io",
            "cheap-pills.co.uk",
            "see pills.org/buy now",
            "t.me/pills",
        ],
    ],
)
def test_a_link_to_another_site_is_held(say, words):
    assert say(words) == ["links"]


def test_a_box_that_people_do_not_see_holds(say):
    assert say("Hello", second_comment="Hello") == ["trap"]


def test_a_form_that_is_very_old_holds_and_one_just_made_does_not(post, page, clock):
    made = stamp.make()
    for age, rules in ((0, ""), (1, ""), (8, ""), (9, ",stale,")):
        clock.set(f"2030-01-{10 + age:02} 00:00")
        made = made if age else stamp.make()
        post({"page": "/", "comment": f"Age {age}", "stamp": made})
        assert Comment.objects.get(text=f"Age {age}").held_for == rules


def test_the_same_short_word_from_many_places_is_held_after_the_tenth(say, post, page, read_page):
    for number in range(holding.SHORT_TIMES):
        post({"page": page, "stamp": read_page, "comment": "LOL!"}, REMOTE_ADDR=f"203.0.113.{number}")
    assert Comment.objects.filter(state="new").count() == holding.SHORT_TIMES
    assert say("lol", address="198.51.100.1") == ["flood"]


def test_a_text_sent_many_times_with_small_changes_is_held_from_the_fourth(say):
    text = (
        "Vote for the better plan: the city wastes your money on number {} and nobody in the city hall "
        "cares at all."
    )
    held = [say(text.format(number), address=f"203.0.113.{number}") for number in range(1, 6)]
    assert held == [[], [], [], ["alike"], ["alike"]]


def test_texts_about_the_same_thing_are_not_near_duplicates(say):
    texts = [
        "The basketball nights keep my son off the street. Please go on with them.",
        "Please open the gym on more nights; my daughter would come too.",
        "Is there basketball at night in the north of the city? I found no place.",
        "My children love the late basketball, but the bus stops running before it ends.",
        "The times on this page are wrong: it began at eight, not at nine.",
    ]
    assert [say(text) for text in texts] == [[]] * 5


@pytest.fixture
def answer(post, page, read_page):
    """Send the answer of one more person behind an address."""
    numbers = count()

    def send(address="203.0.113.1", **more):
        fields = {"page": page, "stamp": read_page, "helpful": "yes", "once": f"{next(numbers):032x}"}
        return post(fields | more.pop("fields", {}), REMOTE_ADDR=address, **more)

    return send


def test_two_hundred_people_behind_one_address_get_through_in_an_hour(answer):
    assert [answer().status_code for _ in range(200)] == [303] * 200
    assert Comment.objects.filter(held_for="").count() == 200


def test_above_the_limit_the_text_is_handed_back_with_when_to_try_again_and_leaves_no_row(
    answer, say, monkeypatch
):
    monkeypatch.setattr(holding, "LIMIT", 3)
    memory.clock = lambda: 1000.0
    for _ in range(3):
        answer()
    memory.clock = lambda: 1000.0 + 20 * 60
    refused = answer(fields={"comment": "Keep me."})
    assert (refused.status_code, refused["Retry-After"], typed(refused)) == (429, "2400", "Keep me.")
    assert "Send it again in 40 minutes." in refused.content.decode()
    assert "no-store" in refused["Cache-Control"]
    assert Comment.objects.count() == 3
    assert say("From elsewhere", address="198.51.100.1") == []


def test_nothing_that_is_stored_tells_that_it_was_refused_before(answer, monkeypatch):
    monkeypatch.setattr(holding, "LIMIT", 1)
    memory.clock = lambda: 1000.0
    answer()
    late = {"comment": "Later.", "once": "f" * 32}
    assert answer(fields=late).status_code == 429
    memory.clock = lambda: 1000.0 + holding.HOUR + 1
    assert answer(fields=late).status_code == 303
    assert Comment.objects.get(text="Later.").held_for == ""


def test_a_retry_of_what_was_taken_is_thanked_also_above_the_limit(answer, monkeypatch):
    monkeypatch.setattr(holding, "LIMIT", 1)
    same = {"once": "f" * 32}
    assert [answer(fields=same).status_code for _ in range(3)] == [303] * 3
    assert Comment.objects.count() == 1


def test_a_retry_counts_once_for_every_rule(say):
    text = "The same words, sent again and again because no answer came back to me."
    for _ in range(20):
        assert say(text) == []
        assert say("Hm") == []


def test_a_household_with_many_addresses_of_one_network_is_one_place(answer, monkeypatch):
    monkeypatch.setattr(holding, "LIMIT", 3)
    assert [answer(f"2001:db8:1:2::{number:x}").status_code for number in range(4)] == [303, 303, 303, 429]


@pytest.mark.parametrize("address", ["", "unknown", "203.0.113.1, 10.0.0.1", "é", "unix:"])
def test_an_address_that_is_none_counts_for_nobody(answer, settings, monkeypatch, address):
    settings.TRUST_PROXY = True
    monkeypatch.setattr(holding, "LIMIT", 3)
    assert {answer("10.0.0.1", HTTP_X_REAL_IP=address).status_code for _ in range(5)} == {303}


def test_the_header_of_a_proxy_counts_only_where_a_proxy_is_trusted(answer, monkeypatch):
    monkeypatch.setattr(holding, "LIMIT", 3)
    assert [answer(HTTP_X_REAL_IP=f"198.51.100.{number}").status_code for number in range(4)] == [
        303,
        303,
        303,
        429,
    ]


def test_every_rule_has_words_for_reviewers_and_all_names_fit_the_column():
    assert set(holding.RULES) == {"trap", "unsigned", "stale", "links", "flood", "alike"} | {
        *("mash", "repeats", "code", "offers", "flattery", "instructions")
    }
    assert all(words[0].isupper() and not words.endswith(".") for words in holding.RULES.values())
    assert len(f",{','.join(holding.RULES)},") <= Comment._meta.get_field("held_for").max_length


def test_several_rules_are_all_named(say):
    assert say("http://pills.example/", second_comment="x", stamp="") == ["trap", "unsigned", "links"]
