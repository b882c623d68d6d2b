"""What the city answers to what residents said. An item of the report like any other: drafts, publishing, the record."""

from typing import Any, ClassVar

from django.db import models
from markdownx.models import MarkdownxField

from initiatives.models import KINDS, Item


class Answer(Item):
    """An answer to one or several comments: what was asked, in the city's words, and what the city did or says."""

    kind = "answer"
    plain_fields: ClassVar = ()
    markdown_fields: ClassVar = ("body",)
    required_to_publish: ClassVar = ("body",)

    body = MarkdownxField("what the city says", blank=True, max_length=5000)
    about = models.UUIDField(null=True, blank=True, help_text="The key of the item whose page it stands on; empty for none.")
    led_to = models.UUIDField(null=True, blank=True, help_text="The key of the item that was changed because of it.")
    led_to_version = models.PositiveIntegerField(null=True, blank=True, help_text="The version that the change made.")

    class Meta(Item.Meta):
        ordering = ["-pk"]

    def recorded_fields(self) -> dict[str, Any]:
        """Add what it is about and the change that it led to."""
        return {
            **super().recorded_fields(),
            "about": str(self.about) if self.about else None,
            "led_to": {"key": str(self.led_to), "version": self.led_to_version} if self.led_to else None,
        }


KINDS[Answer.kind] = Answer
