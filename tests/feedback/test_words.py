"""Words that set a page's comments apart."""

from feedback.statistics.words import telling, words_of

ELSEWHERE = ["The page was clear to me", "I could not find the phone number", "Good page, thank you"] * 30


def test_a_word_that_is_frequent_here_and_rare_elsewhere_stands_out():
    here = ["The lamp is broken again", "When will the lamp come?", "A lamp, please", "Good page, thank you", "My lamp is dark"]
    found = telling(here, ELSEWHERE)
    assert [word.word for word in found] == ["lamp"]
    assert found[0].comments == 4


def test_what_fewer_than_three_people_wrote_is_never_shown():
    assert telling(["Xylophone street", "Xylophone park"], ELSEWHERE) == []


def test_a_word_repeated_in_one_comment_counts_once():
    assert telling(["spam " * 50, "spam"], ELSEWHERE) == []


def test_a_word_that_is_everywhere_does_not_stand_out():
    assert telling(["Good page, thank you"] * 5, ELSEWHERE) == []


def test_nothing_comes_of_nothing():
    assert telling([], []) == telling([], ELSEWHERE) == []
    assert telling(["lamp"] * 3, []) == []


def test_words_are_small_whole_and_telling():
    assert words_of("The LAMP’s light, l'été at 5 a.m.") == {"lamp’s", "light", "l'été"}
