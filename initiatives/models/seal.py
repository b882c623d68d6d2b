"""What makes the record hard to rewrite unseen: a seal for each day, chained to the one before it."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models


def canonical(value: Any) -> bytes:
    """Return a plain value as compact JSON with sorted keys, in UTF-8: the very bytes that a digest is
    made from.
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def digest_of(value: Any) -> str:
    """Return SHA-256, in hexadecimal, of canonical()."""
    return hashlib.sha256(canonical(value)).hexdigest()


class Rule(models.IntegerChoices):
    """By which rule a seal is made. A seal holds for good by the rule of its day."""

    TEXTS = 1, "Versions and redactions"
    REVIEWS = 2, "Versions, redactions and reviews"


class DaySeal(models.Model):
    """What went before the public on one day, and what the whole report said at its end. Written once, never
    changed.

    `until` is the instant at which the day ended. `entries` lists [key, number, digest of the row] of each
    version that became public that day, ["redaction", id, digest of the row] of each redaction, and, from
    Rule.REVIEWS on, ["review of <key>", id, digest of the row] of each review; the first of these seals has
    all reviews before it too. `report` is the digest of the whole report at `until`. `digest` covers all of
    that, the digest of the seal before, `previous`, and from Rule.REVIEWS on the rule.
    """

    day = models.DateField(unique=True)
    until = models.DateTimeField()
    entries = models.JSONField()
    report = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)
    version = models.PositiveSmallIntegerField(choices=Rule, default=Rule.REVIEWS)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"Seal of {self.day:%Y-%m-%d}"

    def content(self) -> list[Any]:
        """Return what the digest covers, as plain values."""
        said = [self.day.isoformat(), self.until.timestamp(), self.entries, self.report, self.previous]
        return said if self.version == Rule.TEXTS else [*said, self.version]

    def compute_digest(self) -> str:
        """Return the digest that follows from content()."""
        return digest_of(self.content())


def report_digest(rows: Iterable[tuple[UUID, int, str, int]]) -> str:
    """Return the digest of a whole report.

    In: key, number, digest and place of each revision that is shown.
    """
    return digest_of(sorted([str(key), *rest] for key, *rest in rows))
