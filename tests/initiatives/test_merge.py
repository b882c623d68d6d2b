"""Three versions brought together: whatever two people type, no change of either is lost, it stands or it
is asked about.
"""

from hypothesis import given
from hypothesis import strategies as st

from initiatives.text.merge import Outcome, Row, combine, field, merge_rows

text = st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six"]), max_size=8).map(" ".join)
long = st.lists(text.filter(bool), max_size=5).map("\n\n".join)
choices = st.sets(st.sampled_from("abcdef")).map(lambda found: tuple(sorted(found)))


def test_what_one_side_changed_is_taken():
    assert field("old", "theirs", "old").value == "theirs"
    assert field("old", "old", "mine").value == "mine"


def test_what_both_changed_alike_is_not_asked():
    assert field("old", "new", "new").outcome is Outcome.SAME


def test_what_both_changed_is_asked_and_mine_stays_in_the_form():
    merged = field("old", "theirs", "mine")
    assert (merged.outcome, merged.value) == (Outcome.ASKED, "mine")


def test_where_the_base_is_not_known_any_difference_is_asked():
    assert field(None, "theirs", "mine").outcome is Outcome.ASKED


@given(text, text, text)
def test_no_change_of_a_field_is_lost(base, theirs, mine):
    merged = field(base, theirs, mine)
    for side in (theirs, mine):
        assert side in (base, merged.value) or merged.outcome is Outcome.ASKED


@given(choices, choices, choices)
def test_every_tick_and_untick_of_either_holds(base, theirs, mine):
    merged = field(base, theirs, mine)
    assert merged.outcome is not Outcome.ASKED
    for side in (theirs, mine):
        assert set(side) - set(base) <= set(merged.value)
        assert not (set(base) - set(side)) & set(merged.value)


# The proposal for a text that both changed


def test_changes_in_different_places_are_both_in_the_proposal():
    assert combine(
        "We serve 20 people a week.", "We serve 30 people a week.", "We serve 20 people a month."
    ) == ("We serve 30 people a month.")


def test_changes_in_one_place_stand_one_after_the_other():
    assert combine("Twenty people.", "Thirty people.", "Forty people.") == "Forty Thirty people."


def test_paragraphs_stay_apart():
    assert combine("One.\n\nTwo.", "One!\n\nTwo.", "One.\n\nTwo.\n\nThree.") == "One!\n\nTwo.\n\nThree."


@given(st.one_of(st.tuples(text, text, text), st.tuples(long, long, long)))
def test_every_word_that_either_added_is_in_the_proposal(versions):
    base, theirs, mine = versions
    proposal = combine(base, theirs, mine).split()
    for side in (theirs, mine):
        for word in set(side.split()) - set(base.split()):
            assert proposal.count(word) >= 1


@given(long, long)
def test_one_sides_change_alone_is_the_proposal(base, mine):
    assert combine(base, base, mine).split() == mine.split() == combine(base, mine, base).split()


# Rows


def row(pk, amount, place=-1, **more):
    return Row(pk, (("amount", amount), ("purpose", "to train")), place=place, **more)


def outcomes(base, theirs, mine):
    return [
        (merged.outcome, merged.stands and merged.stands.values[0][1])
        for merged in merge_rows(base, theirs, mine)
    ]


def test_a_row_added_by_each_side_survives_twice():
    found = outcomes([row("1", "5")], [row("1", "5"), row("2", "6")], [row("1", "5", 0), row("", "7", 1)])
    assert found == [(Outcome.SAME, "5"), (Outcome.THEIRS, "6"), (Outcome.MINE, "7")]


def test_the_same_row_added_by_both_is_one_row():
    assert outcomes([], [row("2", "6")], [row("", "6", 0)]) == [(Outcome.SAME, "6")]


def test_a_row_changed_by_both_is_asked():
    assert outcomes([row("1", "5")], [row("1", "6")], [row("1", "7", 0)]) == [(Outcome.ASKED, "7")]


def test_a_row_changed_by_one_and_deleted_by_the_other_is_asked():
    assert outcomes([row("1", "5")], [row("1", "6")], [row("1", "5", 0, gone=True)]) == [
        (Outcome.ASKED, None)
    ]
    assert outcomes([row("1", "5")], [], [row("1", "7", 0)]) == [(Outcome.ASKED, "7")]


def test_a_row_deleted_by_one_side_alone_goes():
    assert outcomes([row("1", "5")], [row("1", "5")], [row("1", "5", 0, gone=True)]) == [(Outcome.MINE, None)]
    assert outcomes([row("1", "5")], [], [row("1", "5", 0)]) == [(Outcome.THEIRS, None)]


def test_a_row_that_was_made_anew_with_another_id_is_still_the_same_row():
    assert outcomes([row("1", "5")], [row("9", "5")], [row("1", "7", 0)]) == [(Outcome.MINE, "7")]


def test_a_row_that_the_form_did_not_hold_stays():
    assert outcomes([row("1", "5")], [row("1", "6")], []) == [(Outcome.THEIRS, "6")]


def test_a_row_without_an_answer_is_asked_again():
    assert outcomes([row("1", "6")], [row("1", "6")], [row("1", "7", 0, pending=True)]) == [
        (Outcome.ASKED, "7")
    ]


amounts = st.lists(st.sampled_from("123"), max_size=4)


@st.composite
def three_versions(draw):
    base = [row(str(n), amount) for n, amount in enumerate(draw(amounts))]
    return base, changed(draw, base, "t"), changed(draw, base, "")


def changed(draw, base, prefix):
    side = []
    for old in base:
        what = draw(st.sampled_from(["keep", "change", "delete"]))
        if what == "change":
            side.append(row(old.id, draw(st.sampled_from("45678")), len(side)))
        elif what == "keep" or not prefix:
            side.append(Row(old.id, old.values, gone=what == "delete", place=len(side)))
    for amount in draw(amounts):
        side.append(row(prefix and f"{prefix}{len(side)}", amount, len(side)))
    return side


@given(three_versions())
def test_no_row_of_either_side_is_lost(versions):
    base, theirs, mine = versions
    merged = merge_rows(base, theirs, mine)
    for side, name in ((theirs, "theirs"), (mine, "mine")):
        held = [getattr(one, name) for one in merged if getattr(one, name)]
        assert sorted(one.place for one in held) == sorted(one.place for one in side)
    for one in merged:
        old = one.base and one.base.values
        for side in (one.theirs, one.mine):
            if side and not side.gone and side.values != old and one.outcome is not Outcome.ASKED:
                assert one.stands.values == side.values
