"""Reviews: somebody read an item and confirmed that it still holds, and when that is next due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Greatest
from django.utils import timezone

from initiatives.models.revision import Revision
from initiatives.models.seal import digest_of
from initiatives.models.workflow import USER, OfItem


@dataclass(frozen=True)
class Upkeep:
    """What held of an item at a moment; `on` is that moment's day in the city.

    Empty values where nothing is on record.
    """

    on: date
    reviewed: datetime | None = None
    reviewed_by: str = ""
    due: date | None = None
    # Whether it has no review although something on the site has one
    is_behind: bool = False

    @property
    def is_overdue(self) -> bool:
        """Whether the day on which a review was due has gone by."""
        return self.due is not None and self.due < self.on

    @property
    def is_due(self) -> bool:
        """Whether a review is due on that day or was due before."""
        return self.due is not None and self.due <= self.on


class ReviewQuerySet(models.QuerySet["Review"]):
    """What held at a moment follows from the newest rows up to it."""

    def in_force(self, at: datetime | None = None) -> Self:
        """Keep of each item the newest row and the newest confirmed one, up to the moment asked for: one
        row or two.
        """
        rows = self.filter(at__lte=at or timezone.now())
        return rows.filter(~Exists(later(at)) | Q(confirmed=True) & ~Exists(later(at).filter(confirmed=True)))

    def public(self) -> Any:
        """Keep rows of items that went before the public; `public_from` is the moment from which a row's
        dates could be read.
        """
        began = Revision.objects.filter(key=OuterRef("key"), live_from__isnull=False).order_by("live_from")
        rows = self.annotate(item_public_from=Subquery(began.values("live_from")[:1])).exclude(
            item_public_from=None
        )
        return rows.annotate(public_from=Greatest("at", "item_public_from"))

    def due(self, on: date) -> Self:
        """Keep the newest row of each item whose next review is due on a day or was due before it."""
        return self.filter(~Exists(later()), at__lte=timezone.now(), due__lte=on)

    def dated(self) -> Self:
        """Keep the newest row of each item that has a date for its next review."""
        return self.filter(~Exists(later()), at__lte=timezone.now(), due__isnull=False)

    def status(self, keys: Iterable[UUID], at: datetime | None = None) -> dict[UUID, Upkeep]:
        """Return what held of each item at a moment, now by default, in one query however many there are."""
        keys, on = list(keys), timezone.localdate(at)
        found: dict[UUID, dict[str, Any]] = {key: {} for key in keys}
        rows, are_any = self.in_force(at), False
        any_review = rows.filter(confirmed=True).order_by("pk").values("pk")[:1]
        for row in rows.filter(models.Q(key__in=keys) | models.Q(pk__in=any_review)).order_by("at", "pk"):
            are_any |= row.confirmed
            if row.key in found:
                found[row.key] |= {"due": row.due}
            if row.confirmed and row.key in found:
                found[row.key] |= {"reviewed": row.at, "reviewed_by": row.by_name}
        return {
            key: Upkeep(on, is_behind=are_any and "reviewed" not in values, **values)
            for key, values in found.items()
        }


def later(at: datetime | None = None) -> "models.QuerySet[Review]":
    """Return the reviews of the same item that come after an outer one, up to a moment."""
    rows = Review.objects.filter(key=OuterRef("key"), at__lte=at or timezone.now())
    return rows.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))


class Review(OfItem):
    """Somebody read an item and confirmed that it still holds, or only set when that is next due. Never
    changed.

    What holds at a moment is the newest row up to it: `due` of the newest of all, `at` of the newest that is
    confirmed.
    """

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    confirmed = models.BooleanField(help_text="Reviewed, nothing changed. False where only the date was set.")
    due = models.DateField(
        null=True, blank=True, help_text="When it is next to be reviewed; empty for no date."
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["key", "at"], name="review_by_item")]

    def __str__(self) -> str:
        return f"{'Reviewed' if self.confirmed else 'Date set'}, {self.at:%Y-%m-%d}"

    @property
    def sealed_as(self) -> tuple[str, int]:
        """What a seal calls the row."""
        return f"review of {self.key}", self.pk

    def row_digest(self) -> str:
        """Return SHA-256 of what the public reads of the row: of which item, when, whether confirmed, the
        next day due.
        """
        due = self.due.isoformat() if self.due else None
        return digest_of([str(self.key), self.at.astimezone(UTC).isoformat(), self.confirmed, due])
