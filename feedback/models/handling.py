"""What reviewers do with comments, on record: sorted, noted, redacted; and which digests they ask for.

The day alone is kept: a comment came before it was handled, so an hour of that would tell one of this. Nor
does a row tell which of a day was first: the ids are random, as those of comments are. Only the steps of one
comment have an order, its own.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from feedback.models.comment import Comment

USER = settings.AUTH_USER_MODEL


class Handling(models.Model):
    """One change of what reviewers add to a comment.

    Those made together share a batch and are taken back together.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    batch = models.UUIDField(default=uuid4, db_index=True)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="handlings")
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    done_on = models.DateField(default=timezone.localdate)
    changes = models.JSONField(help_text="By field: what it was and what it became.")
    taken_back = models.BooleanField(default=False)
    number = models.PositiveIntegerField(
        default=0, help_text="How many steps of the same comment came before."
    )

    class Meta:
        ordering = ["done_on", "number"]

    def __str__(self) -> str:
        return f"{', '.join(self.changes)} by {self.by_name}"


class Note(models.Model):
    """A reviewer's remark on a comment, for colleagues."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField(max_length=2000)
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    done_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["done_on", "pk"]

    def __str__(self) -> str:
        return f"Note by {self.by_name}"


class CommentRedaction(models.Model):
    """That words of a comment were replaced for good: by whom, on which day, why. The words are not kept.

    It stays when the comment is gone because it was old, with the page and the day that it was about.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    comment = models.ForeignKey(Comment, null=True, on_delete=models.SET_NULL, related_name="redactions")
    page = models.CharField(max_length=300, blank=True)
    day = models.DateField(null=True, help_text="Of the comment.")
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True)
    done_on = models.DateField(default=timezone.localdate)
    reason = models.CharField(max_length=300, help_text="Do not repeat what is removed.")
    passages = models.PositiveSmallIntegerField(help_text="How many passages were replaced.")
    applied = models.BooleanField(default=False, help_text="Set by the database when the text changed: once.")

    class Meta:
        ordering = ["done_on", "pk"]

    def __str__(self) -> str:
        return self.reason


class Export(models.Model):
    """That comments left the site as a file: by whom, on which day, which ones, and for what."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150, blank=True, help_text="Empty for the command line.")
    done_on = models.DateField(default=timezone.localdate)
    kind = models.CharField(
        max_length=10, help_text="csv and json hide what looks personal; records holds all that is kept."
    )
    filter = models.CharField(max_length=1000, blank=True, help_text="The query of the list's address.")
    reason = models.CharField(max_length=300, blank=True)
    comments = models.PositiveIntegerField()

    class Meta:
        ordering = ["-done_on", "pk"]

    def __str__(self) -> str:
        return f"{self.comments} comments as {self.kind}"


class DigestPreference(models.Model):
    """How often a reviewer asks for the digest by e-mail. Without a row: never."""

    class Every(models.TextChoices):
        NEVER = "never", "Never"
        DAY = "day", "Every day"
        WEEK = "week", "Every week"

    user = models.OneToOneField(USER, on_delete=models.CASCADE, related_name="digest_preference")
    every = models.CharField(max_length=5, choices=Every, default=Every.NEVER)
    urgent = models.BooleanField(
        "Tell me at the next quarter hour when something urgent waits",
        default=False,
        help_text="The e-mail says only that. It has no page, no words and no number.",
    )
    sent_on = models.DateField(null=True, editable=False)

    def __str__(self) -> str:
        return f"Digest for {self.user}: {self.get_every_display()}"
