"""The shape of a text: near for near-duplicates, far for all others, a number that the database can hold."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.intake.shape import NEAR, distance, shape
from feedback.models import Comment

LETTER = (
    "The city should open the gym in our neighborhood on more nights, because children have nowhere to go "
    "after school and their parents work late. Please read this and tell us when it will happen."
)


@given(st.text(max_size=500))
def test_a_shape_fits_the_column_and_is_the_same_each_time(text):
    found = shape(text)
    assert found is None or -(1 << 63) <= found < (1 << 63)
    assert found == shape(text)


def test_a_text_without_words_has_none():
    assert [shape(text) for text in ("", "  ", "?!…", "👍🏽")] == [None] * 4


def test_it_is_the_same_on_every_machine_for_good():
    assert shape("Clear and short.") == shape("CLEAR, and short") == 5078130200036796475


def test_case_accents_punctuation_and_spaces_do_not_count():
    assert shape("¿Dónde está?") == shape("donde  ESTA")


def test_small_changes_stay_near():
    for changed in (
        LETTER.replace("children", "kids"),
        LETTER + " Thanks!",
        LETTER.replace("Please read", "Kindly read"),
        LETTER.upper(),
        "Hi. " + LETTER,
    ):
        assert distance(shape(LETTER), shape(changed)) <= NEAR


def test_other_texts_are_far():
    others = (
        "I could not find the phone number of the station on this page.",
        "Why does the program end when children are sixteen years old?",
        "The figures for last year are missing, and the link to the report is broken.",
    )
    shapes = [shape(text) for text in (LETTER, *others)]
    assert all(distance(one, other) > NEAR for one in shapes for other in shapes if one is not other)


def test_it_is_stored_with_the_comment(post, page):
    post({"page": page, "comment": LETTER})
    post({"page": page, "helpful": "yes"})
    assert set(Comment.objects.values_list("text", "shape")) == {(LETTER, shape(LETTER)), ("", None)}
