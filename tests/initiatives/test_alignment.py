"""Two texts compared: paragraphs find each other by likeness, and no text takes a reader's or the site's
time.
"""

import re
from functools import partial
from random import Random
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.publishing.publish import publish
from initiatives.report import comparison
from initiatives.text import merge
from initiatives.text.alignment import Effort, changed_runs
from tests.builders import change, make_initiative, make_pillar, make_section, make_site
from tests.initiatives.reading import words

WATCH = "Officers walk the streets of three wards in the evening and talk with the people who live there."
CAMP = "In summer the camp teaches two hundred children to swim, to read and to keep a garden."
JOBS = "A grant pays for the training of young adults who then find work in the city."


def told(*sides):
    """The comparison as a screen reader reads it."""
    return words(comparison.marked_words(*("\n\n".join(paragraphs) for paragraphs in sides)))


@pytest.mark.parametrize("place", range(4))
def test_an_inserted_paragraph_strikes_no_other(place):
    old, edited = [WATCH, CAMP, JOBS], [text.replace("the", "our") for text in (WATCH, CAMP, JOBS)]
    assert told(old, [*old[:place], "New here.", *old[place:]]).count("[") == 1
    read = told(old, [*edited[:place], "New here.", *edited[place:]])
    assert "[added: New here. ]" in read
    assert (
        "[removed: the ] [added: our ]" in read
        and "[removed: Officers" not in read
        and "[removed: In summer" not in read
    )


@pytest.mark.parametrize("place", range(3))
def test_a_removed_paragraph_strikes_no_other_though_each_was_edited(place):
    old, new = [WATCH, CAMP, JOBS], [text.replace("the", "our") for text in (WATCH, CAMP, JOBS)]
    read = told(old, [*new[:place], *new[place + 1 :]])
    assert f"[removed: {old[place]} ]" in read
    assert all(f"[removed: {text} ]" not in read for text in old if text != old[place])


def test_paragraphs_that_have_little_in_common_are_not_mixed():
    assert told([WATCH], [CAMP]) == f"[removed: {WATCH} ] [added: {CAMP} ]"
    assert told([WATCH, CAMP], [JOBS, CAMP.replace("two", "three")]).startswith(
        f"[removed: {WATCH} ] [added: {JOBS} ] In summer"
    )


def sides(html):
    """What stood there before and what stands there now, without the marks."""
    plain = re.sub(r'<span class="visually-hidden">.*?</span>', "", html)
    return [
        " ".join(words(re.sub(rf"<{tag}>.*?</{tag}>", "", plain, flags=re.DOTALL)).split())
        for tag in ("ins", "del")
    ]


text = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "d", "<e>"]), min_size=1, max_size=6), max_size=6
).map(lambda paragraphs: "\n\n".join(" ".join(one) for one in paragraphs))


@given(text, text)
def test_both_texts_can_be_read_whole_from_the_comparison(old, new):
    html = comparison.marked_words(old, new)
    assert sides(html) == [" ".join(words(comparison.marked_words(one, one)).split()) for one in (old, new)]


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_runs_hold_both_sides_in_order_however_little_it_may_cost(old, new):
    for effort in (Effort(), Effort(0)):
        found = list(changed_runs(old, new, effort))
        assert [part for gone, _, same in found for part in (*gone, *same)] == old
        assert [part for _, come, same in found for part in (*come, *same)] == new


LONG = Random(7).choices(["of", "the", "city", "and", "its", "people"], k=100_000)
HOSTILE = {
    "equal paragraphs": (["Same."] * 6000, ["Same."] * 3000 + ["Other."] + ["Same."] * 2900, False),
    "equal ones among others": (["a"] * 6000, ["a", "b"] * 3000, False),
    "short paragraphs that all changed": (
        [f"a{n} is here" for n in range(6000)],
        [f"b{n} is here" for n in range(6001)],
        True,
    ),
    "a word changed in 500 KB": ([" ".join(LONG)], [" ".join(["so", *LONG])], False),
    "500 KB of other words": ([" ".join(LONG)], [" ".join(LONG[::-1])], True),
    "250,000 words of one letter": (["a " * 250_000], ["a b " * 125_000], True),
    "every second word changed": (["a b " * 6000], ["a c " * 6000], False),
    "blank lines": (["\n" * 250_000], ["x", "\n \n" * 100_000, "y"], False),
}


def cost(compare):
    """The processor's time, the least of two tries: other work on the machine makes any single one longer."""
    spent = []
    for _ in range(2):
        start = process_time()
        compare()
        spent.append(process_time() - start)
    return min(spent)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_costs_half_a_second_and_a_coarse_comparison_says_so(name):
    *texts, is_coarse = HOSTILE[name]
    compare = partial(comparison.marked_words, *("\n\n".join(paragraphs) for paragraphs in texts))
    assert cost(compare) < 0.5
    assert (comparison.COARSE in compare()) == is_coarse


def test_no_list_costs_half_a_second():
    assert cost(partial(comparison.marked_list, ["a"] * 6000, ["a", "b"] * 3000)) < 0.5
    assert (
        cost(partial(comparison.marked_list, [f"a{n}" for n in range(6000)], [f"b{n}" for n in range(6000)]))
        < 0.5
    )


def test_what_two_editors_typed_is_brought_together_in_bounded_time_too():
    base, theirs, mine = "a\n\n" * 6000, "a\n\nb\n\n" * 3000, "c\n\n" + "a\n\n" * 6000
    assert cost(partial(merge.combine, base, theirs, mine)) < 0.5


@pytest.mark.django_db
def test_a_public_comparison_of_six_thousand_paragraphs_is_quick(client):
    make_site()
    section = make_section(pillar=make_pillar(slug="part"), slug="youth")
    camp = make_initiative(section=section, slug="camp", body="a\n\n" * 6000)
    publish(change(camp, body="a\n\nb\n\n" * 3000), by=None)
    assert cost(lambda: client.get("/initiatives/camp/compare/")) < 0.5
