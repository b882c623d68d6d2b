"""What the city answers to what residents said.

An item of the report like any other: drafts, publishing, the record.
"""

from typing import ClassVar
from uuid import UUID

from django.db import models
from markdownx.models import MarkdownxField

from initiatives.models import KINDS, Item

# Kinds of items whose pages can hold an answer
STANDS_ON = ("initiative", "section", "pillar", "site")


class Answer(Item):
    """An answer to one or several comments: what was asked, in the city's words, and what the city did or
    says.
    """

    kind = "answer"
    plain_fields: ClassVar = ("led_to",)
    markdown_fields: ClassVar = ("body",)
    required_to_publish: ClassVar = ("body",)
    needs_parent: ClassVar = False

    body = MarkdownxField("what the city did or says", blank=True, max_length=5000)
    about = models.UUIDField(
        "page",
        null=True,
        blank=True,
        help_text="The page that it stands on. It is on “You said, we did” in any case.",
    )
    led_to = models.CharField(
        "change that it led to",
        max_length=300,
        blank=True,
        help_text="Readers can follow it to what changed, word by word.",
    )

    class Meta(Item.Meta):
        ordering = ["-pk"]

    @property
    def parent_item(self) -> Item | None:
        """The item whose page it stands on."""
        found = (
            (KINDS[kind]._default_manager.filter(key=self.about).first() for kind in STANDS_ON)
            if self.about
            else ()
        )
        return next((item for item in found if item), None)

    @property
    def parent_key(self) -> UUID | None:
        """The key of that item, also where it has no working copy any more."""
        return self.about

    def hang_on(self, key: UUID | None) -> None:
        """Stand on the page of the item with a key, or on none."""
        self.about = key


KINDS[Answer.kind] = Answer
