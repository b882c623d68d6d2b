"""Moments that people type, in the city's time zone, and how the desk says them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from initiatives.models import Item, Revision
from initiatives.publishing import windows

FARTHEST = timedelta(days=3660)
DAY_INPUT = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment_in_words(at: datetime) -> str:
    """Return a moment in words, with the time zone: “March 8, 2026, 8:00 a.m. CDT”."""
    return date_format(timezone.localtime(at), "F j, Y, g:i a e")


class MomentField(forms.DateTimeField):
    """A date and time in the city's time zone. It says in words which times the clocks skip or show twice."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, *, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.lead = help_text

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Name the time zone in the help text: it is known only once the settings are."""
        zone = timezone.get_current_timezone_name()
        self.help_text = f"{self.lead} In the city's time zone, {zone}.".strip()
        return super().get_bound_field(form, field_name)

    def to_python(self, value: Any) -> datetime | None:
        try:
            moment = super().to_python(value)
        except ValidationError as error:
            naive = (getattr(error, "params", None) or {}).get("datetime")
            raise ValidationError(
                clock_change(naive) if isinstance(naive, datetime) else error.messages
            ) from error
        if moment and moment.year > (timezone.now() + FARTHEST).year:
            raise ValidationError("Choose a moment within the next ten years.")
        return moment


def clock_change(naive: datetime) -> str:
    """Return why a time of day is not one moment: the clocks skip it in spring, or show it twice in fall."""
    zone, time = timezone.get_current_timezone(), date_format(naive, "F j, Y, g:i a")
    early, late = (naive.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if early is None or late is None or early == late:
        return "Type a date and a time that there are."
    if early < late:
        return f"There is no {time}: the clocks go forward then. Choose a time an hour later."
    return f"{time} comes twice: the clocks go back then. Choose a time an hour earlier or later."


def foretold(items: Iterable[Item | Revision], at: datetime | None = None) -> list[str]:
    """Return a warning for each item in whose place something else comes after a moment, now by default:
    when, and what.
    """
    warnings = []
    for item in items:
        after = windows.upcoming_after(item.key, at)
        if after and after.live_from:
            comes = (
                "it leaves the site"
                if after.withdrawn
                else f"the text “{after.title}” of version {after.number} replaces this"
            )
            warnings.append(
                f"“{item.title}”: on {moment_in_words(after.live_from)} {comes}. To change that, open "
                "“Scheduled”."
            )
    return warnings
