"""500 as a person counts, what cannot be seen, and what cannot be stored."""

import html
from urllib.parse import quote, quote_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.intake.forms import FeedbackForm
from feedback.text import MAX_COMMENT, excess, has_control, is_unseen, show_control, with_plain_breaks
from tests.feedback.conftest import typed

# What a browser can hold in a text box and send: anything but lone surrogates and control characters.
TYPED = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=2 * MAX_COMMENT
)


def as_posted(value):
    """Return a text box's value as a browser posts it."""
    return value.replace("\n", "\r\n")


@given(TYPED)
def test_the_server_counts_what_the_browser_counts(value):
    assert with_plain_breaks(as_posted(value)) == value
    assert excess(with_plain_breaks(as_posted(value))) == max(len(value) - 500, 0)


@given(TYPED)
def test_a_comment_is_taken_whole_or_refused_whole(value):
    form = FeedbackForm({"helpful": "yes", "comment": as_posted(value)})
    if form.is_valid():
        assert form.cleaned_data["comment"] == ("" if is_unseen(value) else value)
        assert len(value) <= 500
    else:
        assert len(value) > 500
    assert form.shown_comment == value


def test_500_with_ten_line_breaks_is_accepted_as_the_browser_posts_it(post, page, stored):
    value = "line\n" * 10 + "x" * 450
    assert len(value) == 500
    assert post({"page": page, "comment": as_posted(value)}).status_code == 303
    assert stored() == [(page, None, value)]


@pytest.mark.parametrize("character", ["x", "é", "👩", "𝄞", "م"])
def test_500_of_any_character_is_accepted_and_501_refused_whole(post, page, stored, character):
    assert post({"page": page, "comment": character * 500}).status_code == 303
    response = post({"page": page, "comment": character * 501})
    assert (response.status_code, typed(response)) == (422, character * 501)
    assert stored() == [(page, None, character * 500)]


def test_a_joined_emoji_counts_as_the_code_points_it_is_made_of(post, page):
    family = "👨‍👩‍👧"
    assert len(family) == 5
    assert post({"page": page, "comment": family * 100}).status_code == 303
    assert post({"page": page, "comment": family * 100 + "!"}).status_code == 422


@pytest.mark.parametrize(
    ("length", "words"), [(501, "1 character too long"), (512, "12 characters too long")]
)
def test_the_refusal_says_by_how_many(post, page, length, words):
    response = post({"page": page, "helpful": "yes", "comment": "x" * length})
    text = response.content.decode()
    assert words in text
    assert 'href="#feedback-comment"' in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="feedback-comment-error feedback-hint feedback-counter"' in text


def test_a_very_long_text_comes_back_whole(post, page, stored):
    response = post({"page": page, "comment": "word " * 20000})
    assert (response.status_code, typed(response)) == (422, "word " * 20000)
    assert stored() == []


# What cannot be seen

UNSEEN = [
    "   ",
    "\r\n\t",
    "\u200b",
    "\u200e\u202e\u2066",
    "\ufe0f",
    "\u00a0\u3000",
    "\u2028\u2029",
    "\u0301",
    "\u3164",
    "\u2800",
    "\U000e0041",
]


@pytest.mark.parametrize("text", UNSEEN)
def test_a_comment_of_which_nothing_can_be_seen_counts_as_none(post, page, stored, text):
    assert post({"page": page, "comment": text}).status_code == 422
    assert post({"page": page, "helpful": "no", "comment": text}).status_code == 303
    assert stored() == [(page, False, "")]


@pytest.mark.parametrize("text", [".", "0", "\u200b!\u200b", "👍🏽", "\u200fسلام", "한글"])
def test_a_comment_of_which_anything_can_be_seen_is_kept_as_typed(post, page, stored, text):
    assert post({"page": page, "comment": text}).status_code == 303
    assert stored() == [(page, None, text)]


# What cannot be stored


@pytest.mark.parametrize("control", ["\0", "\x01", "\x08", "\x0b", "\x1b", "\x7f", "\x85"])
def test_a_control_character_is_refused_and_made_visible(post, page, stored, control):
    response = post({"page": page, "comment": f"Good{control} page"})
    assert (response.status_code, typed(response)) == (422, "Good\ufffd page")
    assert "cannot be stored" in html.unescape(response.content.decode())
    assert stored() == []


@given(st.text())
def test_what_is_shown_again_holds_no_control_character(text):
    assert not has_control(show_control(text))


@pytest.mark.parametrize(
    "comment",
    [
        b"caf\xe9",
        quote_from_bytes(b"caf\xe9").encode(),
        b"%ED%A0%80",
        b"%C0%80",
        b"\xff\xfe",
        b"%F5%80%80%80",
    ],
    ids=["latin-1", "latin-1, encoded", "lone surrogate", "overlong", "utf-16 mark", "beyond unicode"],
)
def test_text_that_is_not_utf_8_is_refused_and_comes_back_as_far_as_it_can_be_read(
    post, page, stored, comment
):
    response = post(raw=b"page=" + quote(page).encode() + b"&comment=Ah+" + comment)
    assert response.status_code == 400
    assert typed(response).startswith("Ah ")
    assert "\ufffd" in typed(response)
    assert stored() == []


def test_a_replacement_character_that_somebody_typed_is_a_character_like_any_other(post, page, stored):
    assert post({"page": page, "comment": "What is \ufffd?"}).status_code == 303
    assert stored() == [(page, None, "What is \ufffd?")]
