"""Two people at one item: whoever saves second sees both texts, decides, and nothing of either is lost."""

import pytest

from initiatives.publishing.publish import save_draft
from tests.builders import change, make_audience, make_initiative, make_section
from tests.initiatives.sending import form, money, questions
from tests.initiatives.test_admin_items import typed, url

pytestmark = pytest.mark.django_db


def overtaken(as_, edith, arthur, mine, theirs):
    item = make_initiative(summary="At first.", status_note="then", title="Old")
    opened = typed(item, "_draft", **mine)
    change(item, by=arthur, **theirs)
    return item, as_(edith).post(url("change", item), opened)


def test_both_texts_stand_side_by_side_and_nothing_is_saved(as_, edith, arthur):
    item, response = overtaken(as_, edith, arthur, {"summary": "At last."}, {"summary": "At once."})
    page = response.content.decode()
    assert "arthur saved this item while you were working on it" in page
    assert "once.<" in page
    assert "last.<" in page
    assert questions(response) == ["summary"]
    assert item.revisions.last().fields["summary"] == "At once."


def test_what_only_one_changed_is_taken_and_said(as_, edith, arthur):
    item, response = overtaken(
        as_, edith, arthur, {"title": "Mine"}, {"summary": "Theirs.", "status": "planned"}
    )
    pending = response.context["adminform"].form.pending
    assert (pending.questions, pending.kept) == ([], ["Title"])
    assert [label for label, _ in pending.taken] == ["Summary", "Status"]
    assert item.revisions.last().title == "Old"
    as_(edith).post(url("change", item), form(response))
    newest = item.revisions.last()
    assert (newest.title, newest.fields["summary"], newest.fields["status"]) == ("Mine", "Theirs.", "planned")


@pytest.mark.parametrize(
    ("answer", "kept"),
    [("mine", "At last."), ("theirs", "At once."), ("both", "At once, and at last.")],
    ids=str,
)
def test_each_answer_is_what_is_saved(as_, edith, arthur, answer, kept):
    item, response = overtaken(as_, edith, arthur, {"summary": "At last."}, {"summary": "At once."})
    answers = {"merge-summary": answer, "merge-summary-text": "At once, and at last."}
    assert as_(edith).post(url("change", item), form(response) | answers).status_code == 302
    assert item.revisions.last().fields["summary"] == kept


def test_without_an_answer_it_is_asked_again_and_what_was_typed_stays(as_, edith, arthur):
    item, response = overtaken(as_, edith, arthur, {"summary": "At last."}, {"summary": "At once."})
    again = as_(edith).post(url("change", item), form(response) | {"merge-summary-text": "Half done"})
    assert questions(again) == ["summary"]
    assert "Half done" in again.content.decode()
    assert item.revisions.last().fields["summary"] == "At once."


def test_a_third_save_in_between_is_shown_too(as_, edith, arthur, alice):
    item, response = overtaken(as_, edith, arthur, {"summary": "At last."}, {"summary": "At once."})
    change(item, by=alice, summary="At noon.", status_note="each noon")
    again = as_(edith).post(url("change", item), form(response) | {"merge-summary": "mine"})
    assert questions(again) == ["summary"]
    assert "alice saved this item" in again.content.decode()
    as_(edith).post(url("change", item), form(again) | {"merge-summary": "mine"})
    newest = item.revisions.last()
    assert (newest.fields["summary"], newest.fields["status_note"]) == ("At last.", "each noon")


def test_what_had_no_answer_is_asked_against_the_third_text(as_, edith, arthur, alice):
    item, response = overtaken(as_, edith, arthur, {"summary": "At last."}, {"summary": "At once."})
    change(item, by=alice, title="Alice's title")
    again = as_(edith).post(url("change", item), form(response))
    assert questions(again) == ["summary"]
    as_(edith).post(url("change", item), form(again) | {"merge-summary": "theirs"})
    newest = item.revisions.last()
    assert (newest.title, newest.fields["summary"]) == ("Alice's title", "At once.")


def test_a_choice_that_both_changed_is_asked_in_the_words_of_the_form(as_, edith, arthur):
    item, response = overtaken(as_, edith, arthur, {"status": "planned"}, {"status": "completed"})
    assert questions(response) == ["status"]
    assert "Completed" in response.content.decode()
    as_(edith).post(url("change", item), form(response) | {"merge-status": "theirs"})
    assert item.revisions.last().fields["status"] == "completed"


def test_ticks_of_both_hold(as_, edith, arthur):
    children, seniors, drivers = (make_audience(title=title) for title in ("Children", "Seniors", "Drivers"))
    item = make_initiative()
    item.audiences.add(drivers)
    save_draft(item, by=arthur)
    opened = typed(item, "_draft", audiences=[children.pk, drivers.pk])
    item.audiences.set([seniors])
    save_draft(item, by=arthur)
    response = as_(edith).post(url("change", item), opened)
    as_(edith).post(url("change", item), form(response))
    assert set(item.audiences.all()) == {children, seniors}


def test_another_place_in_the_tree_is_taken(as_, edith, arthur):
    elsewhere = make_section(title="Elsewhere")
    item, response = overtaken(as_, edith, arthur, {"summary": "At last."}, {"section": elsewhere})
    as_(edith).post(url("change", item), form(response))
    item.refresh_from_db()
    assert (item.section, item.summary) == (elsewhere, "At last.")


# Rows


def rows_overtaken(as_, edith, arthur, mine, change):
    item = make_initiative()
    rows = [item.amounts.create(amount=amount, purpose=f"number {amount}") for amount in (1, 2)]
    save_draft(item, by=arthur)
    opened = typed(item, "_draft", **money(item, *mine([row.pk for row in rows])))
    change(item)
    save_draft(item, by=arthur)
    return item, as_(edith).post(url("change", item), opened)


def sums(item):
    return [int(row["amount"]) for row in item.revisions.last().fields["amounts"]]


def test_rows_added_by_each_survive(as_, edith, arthur):
    item, response = rows_overtaken(
        as_,
        edith,
        arthur,
        lambda pks: [(pks[0], 1, "number 1"), (pks[1], 2, "number 2"), ("", 3, "mine")],
        lambda item: item.amounts.create(amount=4, purpose="theirs"),
    )
    assert questions(response) == []
    as_(edith).post(url("change", item), form(response))
    assert sorted(sums(item)) == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("answer", "kept"), [("mine", [2, 10]), ("theirs", [2, 11]), ("both", [2, 10, 11])], ids=str
)
def test_a_row_that_both_changed_is_asked(as_, edith, arthur, answer, kept):
    item, response = rows_overtaken(
        as_,
        edith,
        arthur,
        lambda pks: [(pks[0], 10, "number 1"), (pks[1], 2, "number 2")],
        lambda item: item.amounts.filter(amount=1).update(amount=11),
    )
    (name,) = questions(response)
    as_(edith).post(url("change", item), form(response) | {f"merge-{name}": answer})
    assert sorted(sums(item)) == kept


@pytest.mark.parametrize(("answer", "kept"), [("mine", [2, 10]), ("theirs", [2])], ids=str)
def test_a_row_that_one_changed_and_the_other_deleted_is_asked(as_, edith, arthur, answer, kept):
    item, response = rows_overtaken(
        as_,
        edith,
        arthur,
        lambda pks: [(pks[0], 10, "number 1"), (pks[1], 2, "number 2")],
        lambda item: item.amounts.filter(amount=1).delete(),
    )
    (name,) = questions(response)
    as_(edith).post(url("change", item), form(response) | {f"merge-{name}": answer})
    assert sorted(sums(item)) == kept


@pytest.mark.parametrize(("answer", "kept"), [("mine", [2]), ("theirs", [2, 11])], ids=str)
def test_a_row_that_i_deleted_and_the_other_changed_is_asked(as_, edith, arthur, answer, kept):
    item, response = rows_overtaken(
        as_,
        edith,
        arthur,
        lambda pks: [(pks[0], 1, "number 1", "gone"), (pks[1], 2, "number 2")],
        lambda item: item.amounts.filter(amount=1).update(amount=11),
    )
    (name,) = questions(response)
    as_(edith).post(url("change", item), form(response) | {f"merge-{name}": answer})
    assert sorted(sums(item)) == kept


# Rights, odd requests


def test_nobody_is_shown_anything_of_a_conflict_without_the_right_to_change(as_, rita, arthur):
    item = make_initiative()
    opened = typed(item, "_draft", title="Mine")
    change(item, by=arthur, title="Secret")
    response = as_(rita).post(url("change", item), opened)
    assert response.status_code == 403
    assert "Secret" not in response.content.decode()


@pytest.mark.parametrize(
    "odd",
    [
        {
            "asked": ["summary", "nothing", "amounts-x", "amounts-99:1", "slug:99999999999"],
            "merge-summary": "all",
        },
        {"asked": "amounts-9", "merge-amounts-9": "both"},
        {"base_revision": "x"},
        {"base_revision": "²"},
        {"item_key": "x"},
        {"amounts-TOTAL_FORMS": "x"},
        {"amounts-TOTAL_FORMS": "99999999"},
    ],
    ids=str,
)
def test_odd_forms_are_refused_or_shown_again(as_, edith, arthur, odd):
    item = make_initiative()
    opened = typed(item, "_draft", title="Mine") | odd
    change(item, by=arthur, title="Theirs")
    assert as_(edith).post(url("change", item), opened).status_code in (200, 400)
    assert item.revisions.last().title == "Theirs"


def test_the_address_of_an_item_that_never_was_is_no_fault(as_, edith):
    item = make_initiative()
    path = url("change", item).replace(f"/{item.pk}/", "/x/")
    assert as_(edith).post(path, typed(item, "_draft")).status_code == 302


def test_a_form_that_says_it_has_more_rows_than_there_may_be_is_refused_in_words(as_, edith):
    item = make_initiative()
    response = as_(edith).post(url("change", item), typed(item, "_draft") | {"amounts-TOTAL_FORMS": "201"})
    assert "Please submit at most 200 forms." in response.content.decode()
