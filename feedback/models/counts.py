"""What stays of comments that are older than the site keeps them: numbers."""

from datetime import date

from django.db import models


class DailyCount(models.Model):
    """How many answers came on one day about one version of one page, in one language."""

    page = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    item = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=0, help_text="0 for a page that is no item of the report.")
    language = models.CharField(max_length=10, default="en")
    date = models.DateField()
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    unanswered = models.PositiveIntegerField(default=0, help_text="Comments without yes or no.")
    comments = models.PositiveIntegerField(default=0, help_text="Answers with a comment.")
    read_within = models.JSONField(
        default=dict,
        help_text="Of those with words, by days until a reviewer read it, “” for never: how many.",
    )

    class Meta:
        ordering = ["-date", "page"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "date", "language", "version"], name="feedback_count_once_a_day"
            )
        ]
        indexes = [models.Index(fields=["item", "date"], name="feedback_count_by_item")]

    def __str__(self) -> str:
        return f"{self.title}, {self.date}"


def waited(came: date, read_on: date | None) -> str:
    """Return in how many days a comment was read, as a text; "" for never."""
    return str(max((read_on - came).days, 0)) if read_on else ""
