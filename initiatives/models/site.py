"""What a city says of itself and of the site as a whole."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from markdownx.models import MarkdownxField

from initiatives.models.item import Item


class Site(Item):
    """The site's own words. There is one row; an administrator edits it and publishes it like any item."""

    kind = "site"
    numbers: ClassVar = ("emergency_number", "crisis_number", "non_emergency_number", "tip_line")
    # Whom to ask about accessibility: the form of the site cannot write back
    access_contact: ClassVar = ("access_phone", "access_email", "access_address", "access_formats")
    plain_fields: ClassVar = ("city_name", "tagline", "as_of", *numbers, *access_contact)
    markdown_fields: ClassVar = (
        "introduction",
        "about",
        "contact",
        "privacy_note",
        "accessibility_note",
        "footer",
    )
    required_to_publish: ClassVar = ("city_name", "emergency_number")

    city_name = models.CharField(
        "city's name", max_length=80, blank=True, help_text="As in a sentence: “St. Louis”."
    )
    tagline = models.CharField(
        max_length=200, blank=True, help_text="One line under the title of the home page."
    )
    as_of = models.CharField(
        "speaks as of",
        max_length=60,
        blank=True,
        help_text="The time that the report describes, such as “2016”. Shown on pages.",
    )
    emergency_number = models.CharField(max_length=20, blank=True, default="911")
    crisis_number = models.CharField(
        max_length=20,
        blank=True,
        default="988",
        help_text="For who thinks of suicide or is in a crisis. Empty: it is not named.",
    )
    non_emergency_number = models.CharField(
        max_length=20, blank=True, help_text="Of the police, for what can wait. Empty: it is not named."
    )
    tip_line = models.CharField(
        max_length=20, blank=True, help_text="For tips about a crime. Empty: it is not named."
    )
    access_phone = models.CharField(
        "telephone",
        max_length=120,
        blank=True,
        help_text="On the page “Accessibility”, with hours or a relay number.",
    )
    access_email = models.EmailField("e-mail", blank=True, help_text="On the page “Accessibility”.")
    access_address = models.CharField(
        "address", max_length=200, blank=True, help_text="On “Accessibility”, for letters."
    )
    access_formats = models.CharField(
        "other formats",
        max_length=300,
        blank=True,
        help_text=(
            "What the city can send instead, such as “large print, braille or a recording, within ten days”."
        ),
    )
    introduction = MarkdownxField(blank=True, max_length=20000, help_text="On the home page.")
    about = MarkdownxField(blank=True, max_length=20000, help_text="The page “About this report”.")
    contact = MarkdownxField(
        blank=True, max_length=5000, help_text="How to reach the people behind the site."
    )
    privacy_note = MarkdownxField(
        blank=True,
        max_length=5000,
        help_text="Added to the privacy page, such as the city's own records policy.",
    )
    accessibility_note = MarkdownxField(
        blank=True,
        max_length=5000,
        help_text="Added to the accessibility page, such as whom to ask for another format.",
    )
    footer = MarkdownxField(blank=True, max_length=2000, help_text="At the foot of every page.")

    trusted_hosts = models.TextField(
        "sites that the city trusts",
        blank=True,
        max_length=2000,
        validators=[
            RegexValidator(
                r"^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+\s*)*$", "Type names such as stltoday.com, one on each line."
            )
        ],
        help_text=(
            "One on each line, such as stltoday.com. Links there hold no comment. In force as soon as "
            "it is saved."
        ),
    )
    needs_approval = models.BooleanField(
        "a second pair of eyes",
        default=False,
        help_text=(
            "Nobody publishes their own words: another person approves them first. In force as soon "
            "as it is saved."
        ),
    )
    is_sandbox = models.BooleanField(default=False, editable=False)

    class Meta(Item.Meta):
        verbose_name = verbose_name_plural = "site settings"

    @classmethod
    def trusted(cls) -> list[str]:
        """Return the names of the sites that the city trusts. One query."""
        return " ".join(cls.objects.values_list("trusted_hosts", flat=True)).lower().split()

    def recorded_fields(self) -> dict[str, Any]:
        """Add that all of it is made up, where it is."""
        return super().recorded_fields() | ({"sandbox": True} if self.is_sandbox else {})

    def clean(self) -> None:
        """Refuse a second row."""
        if Site.objects.exclude(pk=self.pk).exists():
            raise ValidationError("There is one site already. Edit that one.")
        super().clean()
