"""Who is editing now: seen by colleagues in the form, in lists and in the outline, for as long as it is
so.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.desk import presence
from initiatives.models import Presence
from tests.builders import make_initiative, make_site
from tests.initiatives.test_admin_items import url

pytestmark = pytest.mark.django_db


def beat(client, item, kind=None, key=None, **body):
    body = {"user": client.session.get("_auth_user_id", ""), **body}
    return client.post(reverse("admin:presence", args=[kind or item.kind, key or item.key]), body)


def test_a_colleague_sees_who_has_the_form_open_and_since_when(as_, edith, arthur, clock):
    item = make_initiative()
    clock.set("2026-03-02 14:05")
    as_(edith).get(url("change", item))
    page = as_(arthur).get(url("change", item)).content.decode()
    assert "edith is editing this now (since 2:05 p.m.)." in page
    assert "arthur is editing" not in page


def test_a_name_is_said_where_the_account_has_one(as_, edith, arthur):
    edith.first_name, edith.last_name = "Edith", "Jones"
    edith.save()
    item = make_initiative()
    as_(edith).get(url("change", item))
    assert "Edith Jones is editing this now" in as_(arthur).get(url("change", item)).content.decode()


@pytest.mark.parametrize("page", [url("changelist"), reverse("admin:outline")], ids=["list", "outline"])
def test_lists_show_it_beside_the_item(as_, edith, arthur, page):
    item = make_initiative()
    as_(edith).get(url("change", item))
    assert "edith is editing" in as_(arthur).get(page).content.decode()
    assert "edith is editing" not in as_(edith).get(page).content.decode()


def test_it_ends_when_the_form_is_closed(as_, edith, arthur):
    item = make_initiative()
    as_(edith).get(url("change", item))
    beat(as_(edith), item, gone="1")
    assert "is editing" not in as_(arthur).get(url("change", item)).content.decode()


def test_it_ends_after_ninety_seconds_of_silence_and_old_rows_go(as_, edith, arthur, clock):
    item = make_initiative()
    as_(edith).get(url("change", item))
    clock.now += timedelta(seconds=89)
    assert beat(as_(arthur), item).json()["others"].startswith("edith is editing this now")
    clock.now += timedelta(seconds=2)
    assert beat(as_(arthur), item).json() == {"others": ""}
    assert [row.user for row in Presence.objects.all()] == [arthur]


def test_a_beat_keeps_the_time_since_when(as_, edith, clock):
    item = make_initiative()
    clock.set("2026-03-02 14:05")
    as_(edith).get(url("change", item))
    for _ in range(3):
        clock.now += timedelta(seconds=30)
        beat(as_(edith), item)
    row = Presence.objects.get()
    assert row.seen - row.since == timedelta(seconds=90)


def test_the_cost_is_fixed(edith, django_assert_num_queries):
    item = make_initiative()
    with django_assert_num_queries(4):  # a savepoint around the two
        presence.here(item.kind, item.key, edith)
    with django_assert_num_queries(1):
        presence.others_editing([item.key], edith)


def test_who_may_only_look_is_not_editing(as_, edith):
    site = make_site()
    as_(edith).get(url("change", site, "site"))
    assert beat(as_(edith), site).status_code == 200
    assert not Presence.objects.exists()


def test_a_reviewer_is_refused(as_, rita):
    assert beat(as_(rita), make_initiative()).status_code == 403


def test_a_form_whose_session_became_another_persons_stops_asking_and_notes_nothing(as_, edith, arthur):
    item = make_initiative()
    assert beat(as_(edith), item, user=str(arthur.pk)).json() == {"ended": True}
    assert beat(as_(edith), item, user=str(arthur.pk), gone="1").json() == {"ended": True}
    assert not Presence.objects.exists()


def test_an_outdated_token_is_no_refusal_that_stands_in_the_browsers_console(edith):
    client = Client(enforce_csrf_checks=True)
    client.force_login(edith)
    assert beat(client, make_initiative()).status_code == 200


def test_a_stranger_is_asked_to_sign_in(client):
    assert beat(client, make_initiative()).status_code == 302


def test_what_is_not_there_is_not_found(as_, edith):
    item = make_initiative()
    assert beat(as_(edith), item, key=uuid4()).status_code == 404
    assert beat(as_(edith), item, kind="nothing").status_code == 404


def test_looking_at_the_address_is_refused(as_, edith):
    item = make_initiative()
    assert as_(edith).get(reverse("admin:presence", args=[item.kind, item.key])).status_code == 405
