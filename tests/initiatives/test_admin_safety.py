"""No text is lost: not by a double click, not where the item was deleted meanwhile, not where two save at
the same moment.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client

from initiatives.models import Initiative, Pillar
from initiatives.publishing.publish import save_draft
from tests.builders import change, make_initiative, make_pillar, make_section
from tests.conftest import person
from tests.initiatives.sending import form, money, questions
from tests.initiatives.test_admin_items import typed, url

pytestmark = pytest.mark.django_db


# A new item; one that was deleted meanwhile


def add(item, **more):
    key = "11111111-1111-4111-8111-111111111111"
    return typed(item, "_draft", item_key=key, base_revision="") | more


def test_saving_a_new_item_twice_makes_one(as_, edith):
    new = Initiative(title="Once", section=make_section())
    rows = money(new, ("", 5, "to train"))
    for _ in range(2):
        assert as_(edith).post(url("add"), add(new, **rows)).status_code == 302
    item = Initiative.objects.get(title="Once")
    assert (item.revisions.count(), item.amounts.count()) == (1, 1)


def test_going_back_and_saving_a_new_item_with_other_words_changes_it(as_, edith):
    new = Initiative(title="Once", section=make_section())
    as_(edith).post(url("add"), add(new))
    assert as_(edith).post(url("add"), add(new, title="Twice")).status_code == 302
    assert Initiative.objects.get().title == "Twice"


def test_a_new_item_cannot_take_the_key_of_another_kind(as_, edith):
    pillar = make_pillar()
    as_(edith).post(
        url("add"), add(Initiative(title="Mine", section=make_section()), item_key=str(pillar.key))
    )
    assert Initiative.objects.get(title="Mine").key != pillar.key


def test_deleted_in_between_the_text_comes_back_and_saving_restores_the_item(as_, edith, arthur):
    item = make_initiative(title="Old")
    row = item.amounts.create(amount=1)
    save_draft(item, by=arthur)
    opened = typed(
        item, "_draft", title="New", item_key=str(item.key), **money(item, (row.pk, 1, ""), ("", 2, "mine"))
    )
    path = url("change", item)
    as_(edith).post(url("delete", item), {"post": "yes"})
    response = as_(edith).post(path, opened)
    page = response.content.decode()
    assert response.status_code == 200
    assert "edith deleted this item while you were working on it" in page
    assert 'value="New"' in page
    assert not Initiative.objects.exists()
    assert as_(edith).post(path, form(response) | {"_deleted_seen": "1"}).status_code == 302
    back = Initiative.objects.get()
    assert (back.key, back.title, [int(row.amount) for row in back.amounts.all()]) == (
        item.key,
        "New",
        [1, 2],
    )


def test_the_address_of_a_deleted_item_says_who_deleted_it_and_offers_what_the_browser_kept(
    as_, edith, arthur
):
    item = make_initiative(title="Old")
    path, opened = url("change", item), typed(item, "_bring_back", title="Kept", item_key=str(item.key))
    as_(edith).post(url("delete", item), {"post": "yes"})
    response = as_(arthur).get(path)
    page = response.content.decode()
    assert response.status_code == 404
    assert "edith deleted “Old” on" in page
    assert 'id="kept"' in page
    assert "js/autosave.js" in page
    back = as_(arthur).post(path, opened).content.decode()
    assert 'value="Kept"' in back
    assert "belongs to another" not in back


def test_an_address_that_never_was_an_items_says_so(as_, edith):
    page = as_(edith).get("/admin/initiatives/initiative/99999/change/")
    assert page.status_code == 404
    assert "There is no such initiative" in page.content.decode()


# Typed before, brought back


def test_what_the_browser_kept_is_shown_in_the_form_and_not_saved(as_, edith):
    item = make_initiative(title="Old")
    sent = typed(item, "_bring_back", title="Typed", **money(item, ("", 7, "mine")))
    page = as_(edith).post(url("change", item), sent).content.decode()
    assert "Here is what you typed before. It is not saved yet." in page
    assert "Please correct" not in page
    assert 'value="Typed"' in page
    assert 'name="amounts-0-amount" value="7"' in page
    assert item.revisions.count() == 1


def test_what_the_browser_kept_of_an_older_text_is_brought_together_with_the_newer(as_, edith, arthur):
    item = make_initiative(summary="At first.")
    change(item, by=arthur, summary="At once.")
    sent = typed(item, "_bring_back", summary="At last.", base_revision="1")
    assert questions(as_(edith).post(url("change", item), sent)) == ["summary"]


def test_a_saved_form_says_which_copy_is_not_needed_any_more(as_, edith):
    item, copy = make_initiative(), "22222222-2222-4222-8222-222222222222"
    response = as_(edith).post(url("change", item), typed(item, "_draft", title="New", kept_copy=copy))
    assert response.cookies["saved_copies"].value == copy
    assert response.cookies["saved_copies"]["path"] == "/admin/"
    refused = as_(edith).post(url("change", item), typed(item, "_draft", slug="no address", kept_copy=copy))
    assert "saved_copies" not in refused.cookies
    forged = as_(edith).post(url("change", item), typed(item, "_draft", title="Newer", kept_copy="x; path=/"))
    assert "saved_copies" not in forged.cookies


# At the same moment


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_asked(alice):
    edith, arthur = alice, person("andy", is_superuser=True)
    item = make_initiative(summary="At first.")
    opened = {person: typed(item, "_draft", summary=f"By {person.username}.") for person in (edith, arthur)}

    def save(person):
        client = Client()
        client.force_login(person)
        try:
            return client.post(url("change", item), opened[person]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(save, (edith, arthur))) == [200, 302]
    assert item.revisions.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_save_makes_one_item(alice):
    new = Pillar(title="Once")
    sent = {
        "title": "Once",
        "icon": "home",
        "item_key": "33333333-3333-4333-8333-333333333333",
        "_draft": "1",
    }

    def save(_):
        client = Client()
        client.force_login(alice)
        try:
            return client.post(url("add", kind=new.kind), sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(save, range(2))) == [302, 302]
    assert Pillar.objects.get().revisions.count() == 1
