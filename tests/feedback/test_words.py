"""Words that set a page's comments apart."""

from random import Random
from time import process_time

import pytest

from feedback.personal import KINDS, masked
from feedback.statistics.words import telling, telling_words
from tests.feedback.many import WORDS
from tests.measure.words import SIZES, false_alarms, finds

ELSEWHERE = ["The page was clear to me", "I could not find the phone number", "Good page, thank you"] * 30


def test_a_word_that_is_frequent_here_and_rare_elsewhere_stands_out():
    here = [
        "The lamp is broken again",
        "When will the lamp come?",
        "A lamp, please",
        "Good page, thank you",
        "My lamp is dark",
    ]
    found = telling(here, ELSEWHERE)
    assert [word.word for word in found] == ["lamp"]
    assert found[0].comments == 4


def test_what_fewer_than_three_comments_have_is_never_shown():
    assert telling(["Xylophone street", "Xylophone park"], ELSEWHERE) == []


def test_a_word_repeated_in_one_comment_counts_once():
    assert telling(["spam " * 50, "spam"], ELSEWHERE) == []


def test_a_word_that_is_everywhere_does_not_stand_out():
    assert telling(["Good page, thank you"] * 5, ELSEWHERE) == []


def test_nothing_comes_of_nothing():
    assert telling([], []) == telling([], ELSEWHERE) == []
    assert telling(["lamp"] * 3, []) == []


def test_words_are_small_whole_and_telling():
    assert telling_words("The LAMP’s light, l'été at 5 a.m.") == {"lamp’s", "light", "l'été"}


@pytest.mark.parametrize(("here", "elsewhere"), SIZES[:2])
def test_random_text_names_no_word_in_nineteen_of_twenty_runs_and_a_frequent_word_is_found(here, elsewhere):
    assert false_alarms(here, elsewhere, runs=40) <= 0.05
    assert finds(here, elsewhere, 0.3, runs=5) == 1


@pytest.mark.parametrize("length", [1, 20])
def test_words_that_shut_each_other_out_or_are_in_every_other_comment_name_none_either(length):
    chance, named = Random(20260104), 0
    for _ in range(60):
        here, elsewhere = (
            [" ".join(chance.choices(WORDS.split(), k=length)) for _ in range(count)] for count in (60, 400)
        )
        named += bool(telling(here, elsewhere))
    assert named <= 3


def test_longer_comments_than_elsewhere_make_no_words_of_numbers_and_marks():
    marked = ["[phone hidden] 911 4th covid19 m² ½ snake_case [removed] [social security number hidden]"] * 40
    assert telling_words(marked[0]) == set()
    assert telling(marked, ELSEWHERE) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_stands_for_hidden_data_of_any_kind_is_no_word(kind):
    assert telling_words(f"The lamp [{KINDS[kind].removeprefix('perhaps an ')} hidden] fell") == {
        "lamp",
        "fell",
    }
    assert telling_words(masked("My phone: 314-555-0142 or a.b@example.com")) == {"phone"}


def test_ten_thousand_comments_are_compared_in_a_second():
    chance = Random(1)
    here, elsewhere = ([" ".join(chance.choices(WORDS.split(), k=20)) for _ in range(5000)] for _ in range(2))
    start = process_time()
    telling(here, elsewhere)
    assert process_time() - start < 1
