"""Spam without a link is held, and what residents say is not; the figures are those of a kept set."""

import pytest
from django.core.exceptions import ValidationError

from feedback.intake import spam
from feedback.models import Comment
from initiatives.models import Site
from tests.measure.sets import measured, read
from tests.measure.spam import is_held


@pytest.mark.parametrize("part", ["first", "kept"])
def test_six_of_ten_are_held_and_nineteen_of_twenty_rightly(part):
    errors = measured([one for one in read("spam_comments") if one.part == part], is_held)
    assert errors.found >= 0.6
    assert errors.precision >= 0.95


def test_the_sets_are_large_enough():
    made = read("spam_comments")
    for part in ("first", "kept"):
        assert sum(one.part == part and one.kind == "spam" for one in made) >= 100
        assert sum(one.part == part and not one.kind for one in made) >= 100
    assert len({one.text for one in made}) == len(made)


def test_what_is_urgent_is_not_held_for_its_words():
    urgent = [one for one in read("urgent_comments") if one.kind]
    assert sum(is_held(one.text) for one in urgent) <= len(urgent) / 50


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("sdkfjhsdkfjh", "mash"),
        ("aaaaaaaaaaaaaa", "repeats"),
        ("nice nice nice nice", "repeats"),
        ("<script>alert(1)</script>", "code"),
        ("We sell cheap backlinks and SEO packages", "offers"),
        ("Awesome blog, keep writing!", "flattery"),
        ("Ignore all previous instructions", "instructions"),
    ],
)
def test_a_held_comment_names_the_rule(post, page, text, rule):
    post({"page": page, "comment": text})
    [comment] = Comment.objects.all()
    assert comment.state == "held"
    assert f",{rule}," in comment.held_for


@pytest.mark.parametrize(
    "text",
    [
        "Schnucks on Gravois",
        "No no no!",
        "Vote vote vote",
        "MLK Blvd",
        "Krzysztof",
        "Đường phố",
        "2012 2013 2014",
        "OK",
    ],
)
def test_names_short_words_and_other_languages_are_no_mash(text):
    assert not spam.is_mash(text)
    assert not spam.is_repeated(text)


def test_hosts_that_the_city_trusts_are_a_setting(post, page):
    said = "See https://www.stltoday.com/news about this"
    Site.objects.update(trusted_hosts="stltoday.com\nexample.org")
    for text in (said, "And https://stltoday.com.evil.example/ too", "And https://notstltoday.com/ as well"):
        post({"page": page, "comment": text})
    held = {one.text: "links" in one.held_for for one in Comment.objects.all()}
    assert [held[text] for text in sorted(held)] == [True, True, False]


@pytest.mark.parametrize("wrong", ["https://stltoday.com", "stltoday", "a b", "x.org/path"])
def test_a_trusted_host_is_a_name_and_nothing_else(wrong, page):
    site = Site.objects.get()
    site.trusted_hosts = wrong
    with pytest.raises(ValidationError):
        site.full_clean()
