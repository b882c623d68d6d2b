"""The report's tree: pillar, section, one level of numbered sub-sections, initiative."""

from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from markdownx.models import MarkdownxField

from initiatives.addresses import is_reserved
from initiatives.models.item import Item
from initiatives.models.reference import Agency, Audience, Document, Place
from initiatives.models.upload import Upload

PARENT_GONE = "What this stood under was removed. Restore that first."
SUMMARY_HELP = "One or two plain sentences, for lists and search results."


class Pillar(Item):
    """One of the report's main parts, with an address of its own at the top: /<pillar>/."""

    kind = "pillar"
    plain_fields: ClassVar = ("summary", "icon")
    markdown_fields: ClassVar = ("introduction",)
    required_to_publish: ClassVar = ("summary",)

    class Icon(models.TextChoices):
        PEOPLE = "people", "People"
        SHIELD = "shield", "Shield"
        HOME = "home", "House"
        BOOK = "book", "Book"
        HEART = "heart", "Heart"
        TREE = "tree", "Tree"

    summary = models.CharField(max_length=300, blank=True, help_text=SUMMARY_HELP)
    introduction = MarkdownxField(blank=True, max_length=20000, help_text="At the top of the pillar's page.")
    icon = models.CharField(max_length=20, choices=Icon, default=Icon.PEOPLE)

    def clean(self) -> None:
        """Refuse an address that another page of the site has or will have."""
        super().clean()
        if self.slug and is_reserved(self.slug):
            raise ValidationError(
                {"slug": f"The site itself uses “{self.slug}”. Choose a different address."}
            )


class Section(Item):
    """A part of a pillar, or a numbered sub-section of such a part. It hangs on the one or on the other.

    A draft may have no place yet; nothing without one goes before the public.
    """

    kind = "section"
    plain_fields: ClassVar = ("summary",)
    markdown_fields: ClassVar = ("introduction",)
    required_to_publish: ClassVar = ("summary",)
    place_field: ClassVar = "pillar"
    joined: ClassVar = ("owner", "pillar", "parent")

    pillar = models.ForeignKey(
        Pillar, null=True, blank=True, on_delete=models.PROTECT, related_name="sections"
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="subsections",
        limit_choices_to={"parent": None},
        verbose_name="section",
        help_text="Only for a numbered sub-section: the section that it belongs to.",
    )
    summary = models.CharField(max_length=300, blank=True, help_text=SUMMARY_HELP)
    introduction = MarkdownxField(blank=True, max_length=20000, help_text="At the top of the section's page.")

    class Meta(Item.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(pillar__isnull=True) | Q(parent__isnull=True),
                name="section_hangs_on_one_at_most",
                violation_error_message=(
                    "Choose a pillar, or for a numbered sub-section its section: one of the two."
                ),
            )
        ]

    def clean(self) -> None:
        """Refuse a second level of sub-sections, and an address that a pillar's own pages have."""
        super().clean()
        if self.slug in {"history", "compare", "feed"}:
            raise ValidationError(
                {"slug": f"The site itself uses “{self.slug}”. Choose a different address."}
            )
        if self.parent and (self.parent.parent_id or self.parent_id == self.pk):
            raise ValidationError(
                {"parent": "A sub-section cannot hold sub-sections. Choose a section that hangs on a pillar."}
            )
        if self.parent and self.pk and self.subsections.exists():
            raise ValidationError(
                {"parent": "This section holds sub-sections, so it cannot become one. Move those first."}
            )

    @property
    def parent_item(self) -> Item | None:
        """The pillar, or the section of a sub-section."""
        return self.parent or self.pillar

    def hang_on(self, key: UUID | None) -> None:
        """Hang it on the pillar or the section with a key."""
        self.pillar = Pillar.objects.filter(key=str(key)).first() if key else None
        self.parent = Section.objects.filter(key=str(key)).first() if key else None
        if key and not (self.pillar or self.parent):
            raise ValidationError(PARENT_GONE)

    def siblings(self) -> models.QuerySet["Section"]:
        """The sections of the same pillar, or the sub-sections of the same section."""
        return Section.objects.filter(pillar=self.pillar_id, parent=self.parent_id)


class Initiative(Item):
    """One thing that the city or its partners do, did, plan, study or call for."""

    kind = "initiative"
    plain_fields: ClassVar = ("summary", "status", "status_note", "image_alt", "image_decorative")
    markdown_fields: ClassVar = ("body",)
    required_to_publish: ClassVar = ("summary", "status")
    place_field: ClassVar = "section"
    joined: ClassVar = ("owner", "section", "image")
    related: ClassVar = (
        "participations",
        "audiences",
        "places",
        "documents",
        "amounts",
        "figures",
        "dates",
        "links",
    )

    class Status(models.TextChoices):
        UNDER_WAY = "under_way", "Under way"
        ONGOING = "ongoing", "Ongoing"
        RECURRING = "recurring", "Recurring"
        COMPLETED = "completed", "Completed"
        PLANNED = "planned", "Planned"
        PROPOSED = "proposed", "Proposed"
        STUDIED = "studied", "Being studied"
        SUPPORTED = "supported", "Called for"

    section = models.ForeignKey(
        Section,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="initiatives",
        help_text="The section or sub-section it belongs to. Needed to publish it.",
    )
    summary = models.CharField(max_length=300, blank=True, help_text=SUMMARY_HELP)
    body = MarkdownxField(
        blank=True, max_length=20000, help_text="The rest, in Markdown. Do not repeat the summary."
    )
    status = models.CharField(max_length=20, choices=Status, blank=True)
    status_note = models.CharField(
        max_length=100, blank=True, help_text="The nuance, such as “before the Board of Aldermen”."
    )
    agencies = models.ManyToManyField(Agency, through="Participation", related_name="initiatives")
    audiences = models.ManyToManyField(
        Audience, blank=True, related_name="initiatives", verbose_name="whom it serves"
    )
    places = models.ManyToManyField(Place, blank=True, related_name="initiatives")
    documents = models.ManyToManyField(Document, blank=True, related_name="initiatives")
    image = models.ForeignKey(
        Upload,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"sort": Upload.Sort.IMAGE, "redaction": None},
    )
    image_alt = models.CharField(
        "alt text",
        max_length=200,
        blank=True,
        help_text="What the image shows, for people who cannot see it.",
    )
    image_decorative = models.BooleanField(
        "decorative", default=False, help_text="The image says nothing that the text does not."
    )

    @property
    def parent_item(self) -> Item | None:
        """The section or sub-section."""
        return self.section if self.section_id else None

    def hang_on(self, key: UUID | None) -> None:
        """Hang it on the section with a key."""
        found = Section.objects.filter(key=str(key)).first() if key else None
        if key and not found:
            raise ValidationError(PARENT_GONE)
        self.section = found

    def siblings(self) -> models.QuerySet["Initiative"]:
        """The initiatives of the same section or sub-section."""
        return Initiative.objects.filter(section=self.section_id)

    def recorded_fields(self) -> dict[str, Any]:
        """Add what hangs on the initiative: other items by their key, facts by their values, the image by
        its name.
        """

        def keys(relation: Any) -> list[str]:
            return [str(item.key) for item in relation.all()]

        return {
            **super().recorded_fields(),
            "agencies": [row.recorded() for row in self.participations.all()],
            "audiences": keys(self.audiences),
            "places": keys(self.places),
            "documents": keys(self.documents),
            "amounts": [row.recorded() for row in self.amounts.all()],
            "figures": [row.recorded() for row in self.figures.all()],
            "dates": [row.recorded() for row in self.dates.all()],
            "links": [row.recorded() for row in self.links.all()],
            "image": self.image.recorded() if self.image else None,
        }

    def used_uploads(self) -> set[int]:
        """Add the image to the images in the text."""
        return super().used_uploads() | ({self.image_id} if self.image_id else set())
