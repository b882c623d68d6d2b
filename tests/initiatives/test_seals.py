"""The seals of the days: when they are made, what they cover, what a wrong clock cannot do to them."""

import hashlib
import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from initiatives.audit.seals import seal_ended_days
from initiatives.audit.verify import verify
from initiatives.models import DaySeal, Revision
from initiatives.publishing import windows
from initiatives.publishing.publish import publish, schedule, unpublish
from initiatives.report.report import Report
from tests.builders import make_agency, make_document, make_many

pytestmark = pytest.mark.django_db


def republish(item, **fields):
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    return publish(item, by=None)


def days():
    return [str(seal.day) for seal in DaySeal.objects.all()]


def holds():
    return not list(verify(lambda text: None))


def test_a_day_is_sealed_an_hour_after_it_ended_and_only_if_something_changed(clock):
    clock.set("2026-03-01 12:00")
    agency = make_agency()
    clock.set("2026-03-02 00:30")
    assert seal_ended_days() == []
    clock.set("2026-03-04 09:00")
    assert [seal.day for seal in seal_ended_days()] == [date(2026, 3, 1)]
    republish(agency, title="Renamed")
    clock.set("2026-03-06 09:00")
    seal_ended_days()
    assert days() == ["2026-03-01", "2026-03-04"]
    assert seal_ended_days() == []
    assert holds()


def test_each_seal_covers_the_one_before_it_and_the_whole_report(clock):
    clock.set("2026-03-01 12:00")
    agency, _other = make_agency(), make_document()
    clock.set("2026-03-02 12:00")
    republish(agency, title="Renamed")
    clock.set("2026-03-03 12:00")
    first, second = seal_ended_days()
    assert second.previous == first.digest
    assert second.report == Report.live().digest
    assert [entry[:2] for entry in second.entries] == [[str(agency.key), 2]]


def test_what_goes_out_in_the_last_millisecond_of_a_day_is_sealed_with_that_day(clock):
    clock.set("2026-03-01 23:59:59.999999")
    agency = make_agency()
    republish(agency, title="At the very same moment")
    clock.set("2026-03-04 12:00")
    assert [(str(seal.day), len(seal.entries)) for seal in seal_ended_days()] == [
        ("2026-03-01", 1),
        ("2026-03-02", 1),
    ]
    assert holds()


def test_an_appointment_that_was_moved_across_midnight_is_sealed_where_it_took_place(clock):
    clock.set("2026-03-01 12:00")
    agency = make_agency()
    agency.title = "Later"
    agency.save()
    schedule(agency, None, timezone.now() + timezone.timedelta(hours=11))
    schedule(agency, None, timezone.now() + timezone.timedelta(hours=13))
    clock.set("2026-03-04 12:00")
    seal_ended_days()
    assert days() == ["2026-03-01", "2026-03-02"]
    assert holds()


def test_a_withdrawal_is_sealed_like_any_change(clock):
    clock.set("2026-03-01 12:00")
    agency = make_agency()
    clock.set("2026-03-02 12:00")
    unpublish(agency, None, "Closed.")
    clock.set("2026-03-03 12:00")
    assert [len(seal.entries) for seal in seal_ended_days()] == [1, 1]
    assert holds()


def test_a_day_sealed_while_the_clock_was_ahead_takes_nothing_more(clock):
    clock.set("2026-03-01 12:00")
    agency = make_agency()
    clock.set("2026-03-03 12:00")
    republish(agency, title="Published with a wrong clock")
    seal_ended_days()
    clock.set("2026-03-01 13:00")
    agency.title = "Published with the right clock"
    agency.save()
    with pytest.raises(ValidationError, match=r"March 1, 2026 is sealed already.*clock"):
        publish(agency, by=None)
    clock.set("2026-03-02 00:00")
    publish(agency, by=None)
    clock.set("2026-03-05 00:00")
    seal_ended_days()
    assert holds()


def test_what_a_sealed_day_holds_cannot_be_called_off(clock):
    clock.set("2026-03-02 12:00")
    revision = make_agency().revisions.get()
    clock.set("2026-03-04 12:00")
    seal_ended_days()
    clock.set("2026-03-02 11:00")
    with pytest.raises(ValidationError, match="sealed"):
        windows.cancel_scheduled(revision)
    assert Revision.objects.get().live_from


def test_a_new_time_zone_of_the_city_leaves_no_gap_and_no_second_seal_of_a_day(clock, settings):
    settings.TIME_ZONE = "UTC"
    clock.set("2026-03-01 12:00")
    agency = make_agency()
    clock.set("2026-03-02 03:00")
    republish(agency, title="Late in the evening of March 1 in St. Louis")
    first = seal_ended_days()
    settings.TIME_ZONE = "America/Chicago"
    clock.set("2026-03-05 12:00")
    assert [str(seal.day) for seal in (*first, *seal_ended_days())] == ["2026-03-01", "2026-03-02"]
    assert holds()


def test_two_at_once_make_one_seal(clock, monkeypatch):
    clock.set("2026-03-01 12:00")
    make_agency()
    clock.set("2026-03-03 12:00")
    seal_ended_days()
    monkeypatch.setattr(DaySeal.objects, "last", lambda: None)
    assert len(seal_ended_days()) == 1
    assert DaySeal.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_publish_seals_the_days_before_it(clock):
    clock.set("2026-03-01 12:00")
    agency = make_agency()
    clock.set("2026-03-03 12:00")
    republish(agency, title="Renamed")
    assert days() == ["2026-03-01"]


def test_sealing_costs_the_same_whatever_the_length_of_the_record(clock, django_assert_num_queries):
    clock.set("2026-03-01 12:00")
    make_many(10_000)
    clock.set("2026-03-03 12:00")
    seal_ended_days()
    with django_assert_num_queries(4):
        seal_ended_days()


def test_anyone_can_make_a_seal_again_from_what_the_site_gives_away(client, clock):
    clock.set("2026-03-01 12:00")
    make_agency()
    clock.set("2026-03-03 12:00")
    [seal] = seal_ended_days()
    response = client.get("/record/2026-03-01.json")
    assert hashlib.sha256(response.content).hexdigest() == seal.digest
    assert json.loads(response.content)[0] == "2026-03-01"
    assert client.get("/record/2026-03-02.json").status_code == 404
    assert client.get("/record/2026-02-31.json").status_code == 404
    assert client.post("/record/2026-03-01.json").status_code == 405
