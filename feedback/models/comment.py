"""What is kept of a resident's feedback, and by the lack of other columns all that can ever be known of them.

The first columns are the resident's and are never changed but by a recorded redaction; the rest is what
reviewers add.
"""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from feedback.text import MAX_COMMENT


class Tag(models.Model):
    """A word that reviewers sort comments by."""

    name = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Comment(models.Model):
    """One answer to “Was this page helpful?”: the page, yes or no, the comment and the day.

    There is deliberately nothing here that tells people apart or puts the comments of a day in order: the id
    is random, the day has no hour, and version, title and address are those of the morning, whatever was
    published later. On SQLite the table has no hidden row number either (see feedback/models/rowid.py).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    page = models.CharField(
        max_length=300, help_text="The page's address on this site when the day began, such as /about/."
    )
    title = models.CharField("page title", max_length=300, help_text="As it was when that day began.")
    helpful = models.BooleanField(null=True, help_text="Empty where only a comment was sent.")
    text = models.CharField("comment", max_length=MAX_COMMENT, blank=True)
    date = models.DateField(
        default=timezone.localdate, help_text="The day in the city's time zone. No hour is kept."
    )
    language = models.CharField(max_length=10, default="en", help_text="Of the page that was read.")
    item = models.UUIDField(
        null=True, help_text="The key of the report's item that the page shows; empty for other pages."
    )
    version = models.PositiveIntegerField(
        null=True, help_text="The number of the item's revision when that day began."
    )

    class State(models.TextChoices):
        NEW = "new", "New"
        READ = "read", "Read"
        IN_HAND = "in_hand", "In hand"
        ANSWERED = "answered", "Answered"
        CLOSED = "closed", "Closed"
        HELD = "held", "Held"
        SPAM = "spam", "Spam"

    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    held_for = models.CharField(max_length=120, blank=True, help_text="Rules that held it: “,links,flood,”.")
    personal = models.CharField(
        max_length=120, blank=True, help_text="What in it looks like personal data: “,phone,email,”."
    )
    shape = models.BigIntegerField(null=True, help_text="SimHash of the text: near for near-duplicates.")
    urgent = models.BooleanField(
        default=False, help_text="A mark beside the state: a threat, self-harm, a crime that goes on."
    )
    told = models.BooleanField(
        default=False, help_text="An e-mail that something urgent waits went out since it came."
    )
    redacted = models.BooleanField(default=False)
    read_on = models.DateField(null=True, help_text="The day on which a reviewer first opened or sorted it.")
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    tags = models.ManyToManyField(Tag, blank=True, related_name="comments", through="feedback.Tagging")
    answer = models.ForeignKey(
        "feedback.Answer", null=True, blank=True, on_delete=models.SET_NULL, related_name="comments"
    )
    answer_counted = models.BooleanField(
        default=False, help_text="Its answer was public, and it was counted as answered for that."
    )

    class Meta:
        ordering = ["-date", "id"]
        permissions = [("export_records", "Can export all that is kept of comments")]
        constraints = [
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), MAX_COMMENT), name="feedback_comment_is_short"
            ),
            models.CheckConstraint(condition=~Q(helpful=None, text=""), name="feedback_says_something"),
        ]
        indexes = [
            models.Index(fields=["-date", "id"], name="feedback_newest_first"),
            models.Index(fields=["page"], name="feedback_by_page"),
            models.Index(fields=["item", "date"], name="feedback_by_item"),
            models.Index(fields=["state", "-date"], name="feedback_by_state"),
            models.Index(fields=["state"], condition=Q(urgent=True), name="feedback_urgent"),
            models.Index(fields=["shape"], name="feedback_by_shape"),
        ]

    def __str__(self) -> str:
        # Without the comment: the admin's log of deletions keeps this line after the comment is gone.
        return f"{self.title}, {self.date:%B} {self.date.day}, {self.date.year}"

    @classmethod
    def ended(cls) -> Q:
        """Return the condition that a comment's day has ended: then it can be answered in public.

        When an answer went out is public to the second. A comment of the same day would be known to be older
        than that.
        """
        return Q(date__lt=timezone.localdate())

    @classmethod
    def urgent_ones(cls) -> models.QuerySet["Comment"]:
        """Return the urgent comments that nobody has sorted yet, held ones included."""
        return cls.objects.filter(urgent=True, state__in=(cls.State.NEW, cls.State.HELD))

    @classmethod
    def first_state(cls, text: str, held_for: str) -> State:
        """Return the state to begin with.

        A bare yes or no is counted and asks for no reader: it would bury what was written.
        """
        if held_for:
            return cls.State.HELD
        return cls.State.NEW if text else cls.State.CLOSED


class Tagging(models.Model):
    """That a comment has a tag.

    The id is random: a running one would tell in which order comments were tagged.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="+")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "tag"], name="feedback_tagged_once")]

    def __str__(self) -> str:
        return f"{self.tag} on {self.comment}"
