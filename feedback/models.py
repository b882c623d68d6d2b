"""What is kept of a resident's feedback, and by the lack of other columns all that can ever be known of them."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from feedback.text import MAX_COMMENT


class Comment(models.Model):
    """One answer to “Was this page helpful?”: the page, yes or no, the comment and the day.

    There is deliberately nothing here that tells people apart or puts the comments of a day in order: the id is random
    and the day has no hour. On SQLite the table has no hidden row number either (see feedback/rowid.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    page = models.CharField(max_length=300, help_text="The page's address on this site, such as /about/.")
    title = models.CharField("page title", max_length=300, help_text="As it was on that day.")
    helpful = models.BooleanField(null=True, help_text="Empty where only a comment was sent.")
    text = models.CharField("comment", max_length=MAX_COMMENT, blank=True)
    date = models.DateField(default=timezone.localdate, help_text="The day in the city's time zone. No hour is kept.")

    class Meta:
        ordering = ["-date", "id"]
        constraints = [
            models.CheckConstraint(condition=LessThanOrEqual(Length("text"), MAX_COMMENT), name="feedback_comment_is_short"),
            models.CheckConstraint(condition=~Q(helpful=None, text=""), name="feedback_says_something"),
        ]
        indexes = [
            models.Index(fields=["-date", "id"], name="feedback_newest_first"),
            models.Index(fields=["page"], name="feedback_by_page"),
        ]

    def __str__(self) -> str:
        # Without the comment: the admin's log of deletions keeps this line after the comment is gone.
        return f"{self.title}, {self.date:%B} {self.date.day}, {self.date.year}"
