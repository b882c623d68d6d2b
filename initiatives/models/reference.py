"""What initiatives refer to: who does it, for whom, where, and the documents.

Each is published like the rest.
"""

from typing import Any, ClassVar

from django.db import models
from markdownx.models import MarkdownxField

from initiatives.models.item import Item
from initiatives.models.upload import Upload


class Reference(Item):
    """What initiatives name.

    It stands in no tree, so its lists are by title, also those that a revision records.
    """

    class Meta(Item.Meta):
        abstract = True
        ordering = ["title"]


class Agency(Reference):
    """A department, partner or funder."""

    kind = "agency"
    plain_fields: ClassVar = ("short_name", "sort")
    markdown_fields: ClassVar = ("summary",)

    class Sort(models.TextChoices):
        CITY = "city", "City department or office"
        POLICE = "police", "Police"
        JUSTICE = "justice", "Courts and prosecutors"
        COUNTY = "county", "County government"
        STATE = "state", "State government"
        FEDERAL = "federal", "Federal government"
        REGIONAL = "regional", "Regional body"
        EDUCATION = "education", "School, college or university"
        NONPROFIT = "nonprofit", "Nonprofit or community group"
        BUSINESS = "business", "Business, union or trade body"

    short_name = models.CharField(
        max_length=30, blank=True, help_text="The letters people know it by, such as SLATE."
    )
    sort = models.CharField("kind", max_length=20, choices=Sort, default=Sort.CITY)
    summary = MarkdownxField("what it does", blank=True, max_length=5000)

    class Meta(Reference.Meta):
        verbose_name_plural = "agencies and partners"


class Audience(Reference):
    """A group of people whom initiatives serve."""

    kind = "audience"
    markdown_fields: ClassVar = ("summary",)

    summary = MarkdownxField("who they are", blank=True, max_length=5000)


class Place(Reference):
    """Where an initiative acts: a neighborhood, a ZIP code, the whole city."""

    kind = "place"
    plain_fields: ClassVar = ("sort",)
    markdown_fields: ClassVar = ("summary",)

    class Sort(models.TextChoices):
        CITYWIDE = "citywide", "The whole city"
        NEIGHBORHOOD = "neighborhood", "Neighborhood"
        ZIP = "zip", "ZIP code"
        DISTRICT = "district", "District or ward"
        AREA = "area", "Part of the city"
        COUNTY = "county", "County or part of one"
        REGION = "region", "Region"
        STATE = "state", "State"

    sort = models.CharField("kind", max_length=20, choices=Sort, default=Sort.NEIGHBORHOOD)
    summary = MarkdownxField("about it", blank=True, max_length=5000)


class Document(Reference):
    """A study or report that the site names; with a file of ours, an address elsewhere, or neither."""

    kind = "document"
    plain_fields: ClassVar = ("description", "url", "leading")
    required_to_publish: ClassVar = ("description",)
    joined: ClassVar = ("owner", "file")

    description = models.CharField(
        max_length=300, blank=True, help_text="One sentence: what a reader finds in it."
    )
    file = models.ForeignKey(
        Upload,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        limit_choices_to={"sort": Upload.Sort.DOCUMENT, "redaction": None},
        help_text="Upload the file first under “Files and images”.",
    )
    url = models.URLField(
        "address elsewhere", blank=True, help_text="Where it can be read, if the file is not ours."
    )
    leading = models.BooleanField("on the home page", default=False)

    def recorded_fields(self) -> dict[str, Any]:
        """Add the file's name, type and size to the plain fields."""
        return {**super().recorded_fields(), "file": self.file.recorded() if self.file else None}

    def used_uploads(self) -> set[int]:
        """Return the file's id."""
        return {self.file_id} if self.file_id else set()
