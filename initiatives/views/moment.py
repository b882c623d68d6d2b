"""The site as it stood at the end of a day: which day a request asks for, and what follows from it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest
from django.utils import timezone

from initiatives.models import Revision
from initiatives.report.report import Report


@dataclass(frozen=True)
class Past:
    """A day that a page is shown as of: `moment` is its end in the city's time zone, `path` the page's
    address today.

    `picker` and `record` are the addresses, outside of the past, where a day is chosen and where the record
    is explained.
    """

    day: date
    moment: datetime
    path: str
    picker: str
    record: str
    today: date


class NothingYetError(Exception):
    """The record begins later than the day asked for."""


def end_of(day: date) -> datetime:
    """Return the last microsecond of a day in the city's time zone; for today, now."""
    if day >= timezone.localdate():
        return timezone.now()  # also for the last day that a calendar has, which no other follows
    following = datetime.combine(day + timedelta(days=1), time.min, timezone.get_current_timezone())
    return following - timedelta(microseconds=1)


def moment_asked(request: HttpRequest) -> datetime | None:
    """Return the moment that the request asks to see the site at, None for now."""
    past: Past | None = getattr(request, "past", None)
    return past.moment if past else None


def is_public_today(request: HttpRequest) -> bool:
    """Say whether the request is for the site as the public has it now: neither for the past nor for a
    preview.
    """
    return moment_asked(request) is None and getattr(request, "preview", None) is None


def report_for(request: HttpRequest) -> Report:
    """Return the report that the request asks for: at a moment, or for a preview with drafts in it.

    Raises NothingYetError before the first publish.
    """
    preview = getattr(request, "preview", None)
    if preview:
        return Report.with_drafts(*preview.drafts)
    at = moment_asked(request)
    report = Report.live(at)
    if at and not report.by_key:
        raise NothingYetError
    return report


def first_day() -> date | None:
    """Return the day on which the record begins, None while nothing was published."""
    first = Revision.objects.once_live().order_by("live_from").values_list("live_from", flat=True).first()
    return timezone.localdate(first) if first else None
