"""One sending makes one row: a double click, a reload, Back, a retry after a lost answer; two people make
two.
"""

import pytest
from django.db import IntegrityError, OperationalError

from feedback.intake.counters import memory
from feedback.intake.idempotency import comment_id
from feedback.models import Comment
from tests.feedback.conftest import typed

ONCE, OTHER = "0123456789abcdef" * 2, "f" * 32


def test_a_repeat_with_the_forms_one_time_value_is_acknowledged_and_makes_no_second_row(post, page, stored):
    answers = [post({"page": page, "helpful": "yes", "comment": "Clear.", "once": ONCE}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [303] * 3
    assert stored() == [(page, True, "Clear.")]


def test_the_value_holds_however_late_and_wherever_the_retry_comes(post, page, stored):
    post({"page": page, "helpful": "yes", "once": ONCE}, REMOTE_ADDR="203.0.113.1")
    memory.wipe()
    post({"page": page, "helpful": "yes", "once": ONCE}, REMOTE_ADDR="203.0.113.2")
    assert len(stored()) == 1


def test_other_words_under_the_same_value_are_another_comment(post, page, stored):
    post({"page": page, "comment": "First thought.", "once": ONCE})
    post({"page": page, "comment": "Second thought.", "once": ONCE})
    assert len(stored()) == 2


def test_two_people_with_scripts_behind_one_address_who_say_the_same_are_two(post, page, stored):
    for once in (ONCE, OTHER):
        post({"page": page, "helpful": "yes", "once": once})
    assert len(stored()) == 2


def test_without_scripts_the_same_words_from_one_address_are_one_comment_for_ten_minutes(post, page, stored):
    for moment, rows in ((1000.0, 1), (1590.0, 1), (1610.0, 2)):
        memory.clock = lambda moment=moment: moment
        assert (
            post({"page": page, "comment": "I could not find where the camp is held, or when."}).status_code
            == 303
        )
        assert len(stored()) == rows


@pytest.mark.parametrize("said", [{"helpful": "yes"}, {"comment": "Very helpful, thank you."}])
def test_without_scripts_what_neighbours_may_both_say_is_one_for_ten_seconds_only(post, page, stored, said):
    for moment, rows in ((1000.0, 1), (1009.0, 1), (1011.0, 2)):
        memory.clock = lambda moment=moment: moment
        assert post({"page": page, **said}).status_code == 303
        assert len(stored()) == rows


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"helpful": "yes"}, {"helpful": "no"}),
        ({"comment": "Clear."}, {"comment": "Clear!"}),
        ({"helpful": "yes", "comment": "Clear."}, {"comment": "Clear."}),
    ],
)
def test_what_differs_is_not_the_same(post, page, stored, first, second):
    post({"page": page, **first})
    post({"page": page, **second})
    assert len(stored()) == 2


def test_the_same_words_about_another_page_or_from_another_address_are_another_comment(post, page, stored):
    post({"page": page, "comment": "Clear."})
    post({"page": "/", "comment": "Clear."})
    post({"page": page, "comment": "Clear."}, REMOTE_ADDR="203.0.113.2")
    assert len(stored()) == 3


def test_behind_a_proxy_that_names_nobody_nothing_of_the_city_is_taken_for_one(post, page, stored, settings):
    settings.TRUST_PROXY = True
    for _ in range(2):
        post({"page": page, "helpful": "yes"})
        post({"page": page, "comment": "I could not find where the camp is held, or when."})
    assert len(stored()) == 4


@pytest.mark.parametrize("once", ["", "x", "0" * 31, "0" * 33, "A" * 32, "é" * 32, "\0" * 32, "0" * 100_000])
def test_an_odd_one_time_value_is_as_none(post, page, stored, once):
    assert [post({"page": page, "comment": "Clear.", "once": once}).status_code for _ in range(2)] == [
        303,
        303,
    ]
    assert len(stored()) == 1


def test_what_was_not_stored_is_not_acknowledged_when_it_comes_again(post, page, stored, monkeypatch):
    def fail(*args, **kwargs):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(Comment, "save", fail)
        assert post({"page": page, "comment": "Clear."}).status_code == 503
    assert stored() == []
    assert post({"page": page, "comment": "Clear."}).status_code == 303
    assert len(stored()) == 1


def test_another_refusal_of_the_database_is_not_taken_for_a_repeat(post, page, monkeypatch, caplog):
    def refuse(*args, **kwargs):
        raise IntegrityError("CHECK constraint failed: Keep me.")

    monkeypatch.setattr(Comment, "save", refuse)
    assert post({"page": page, "comment": "Keep me."}).status_code == 503
    assert "IntegrityError" in caplog.text
    assert "Keep me." not in caplog.text


def test_any_other_failure_hands_the_text_back_and_keeps_it_out_of_the_log(post, page, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise RuntimeError("Keep me.")

    monkeypatch.setattr(Comment, "save", fail)
    response = post({"page": page, "comment": "Keep me."})
    assert (response.status_code, typed(response)) == (503, "Keep me.")
    assert "RuntimeError at test_once.py:" in caplog.text
    assert "Keep me." not in caplog.text


def test_ids_look_like_any_other_and_say_nothing_of_the_order(db):
    ids = [comment_id(f"{number:032x}", "", "/", "yes", "") for number in range(50)]
    assert {(one.version, one.variant) for one in ids} == {(4, "specified in RFC 4122")}
    assert len(set(ids)) == 50
    assert ids != sorted(ids)
