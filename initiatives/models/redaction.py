"""What had to go for good, by law: that it went, when, by whom and why. What it said is not kept."""

from datetime import UTC
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from initiatives.models.revision import Revision
from initiatives.models.seal import digest_of


class Redaction(models.Model):
    """One removal of words, or of a file, from everything that is kept.

    Written once, never changed but by a later one.
    """

    reason = models.CharField(max_length=300, help_text="Why, for the public. Do not repeat what is removed.")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.reason

    def row_digest(self) -> str:
        """Return SHA-256 of what the record says of the redaction: when and why it was, and what it
        changed.
        """
        columns = (
            "revision__key",
            "revision__number",
            "digest_before",
            "digest_after",
            "row_before",
            "row_after",
        )
        touched = self.erasures.order_by("revision_id").values_list(*columns)
        said: list[Any] = [
            self.at.astimezone(UTC).isoformat(),
            self.reason,
            [[str(key), *rest] for key, *rest in touched],
        ]
        reasons = self.reason_erasures.order_by("earlier_id").values_list(
            "earlier_id", "row_before", "row_after"
        )
        return digest_of([*said, [list(one) for one in reasons]] if reasons else said)


class Erasure(models.Model):
    """What one redaction did to one revision: the digests of text and row before and after it."""

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="erasures")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="erasures")
    digest_before = models.CharField(max_length=64)
    digest_after = models.CharField(max_length=64)
    row_before = models.CharField(max_length=64)
    row_after = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["redaction", "revision"], name="erasure_once_per_redaction")
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.redaction}"


class ReasonErasure(models.Model):
    """What one redaction did to the reason of an earlier one: the digests of that one's row before and
    after it.
    """

    redaction = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="reason_erasures")
    earlier = models.ForeignKey(Redaction, on_delete=models.PROTECT, related_name="own_erasures")
    row_before = models.CharField(max_length=64)
    row_after = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["redaction", "earlier"], name="reason_erasure_once_per_redaction")
        ]

    def __str__(self) -> str:
        return f"{self.earlier}: {self.redaction}"
