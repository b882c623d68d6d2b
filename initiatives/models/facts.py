"""What an initiative says in figures, dates, links and roles: rows that hang on it and are recorded with
it.
"""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from initiatives.models.lines import one_line
from initiatives.models.reference import Agency
from initiatives.models.tree import Initiative

EDTF = r"^\d{4}(-(0[1-9]|1[0-2]|2[1-4])(-(0[1-9]|[12]\d|3[01]))?)?$"


class Qualifier(models.TextChoices):
    """How exact a number is."""

    EXACTLY = "exactly", "exactly"
    MORE_THAN = "more_than", "more than"
    AT_LEAST = "at_least", "at least"
    ABOUT = "about", "about"
    NEARLY = "nearly", "nearly"
    UP_TO = "up_to", "up to"


class Fact(models.Model):
    """A row of an initiative, in the order in which it was typed."""

    fields: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True
        ordering = ["pk"]

    def clean(self) -> None:
        """Keep each column on one line."""
        super().clean()
        one_line(self)

    def recorded(self) -> dict[str, Any]:
        """Return the row as values that JSON can hold; decimals as text without needless zeros."""
        return {name: shortest_decimal(getattr(self, name)) for name in self.fields}


class ParticipationManager(models.Manager["Participation"]):
    """A row says little without its agency."""

    def get_queryset(self) -> "models.QuerySet[Participation]":
        return super().get_queryset().select_related("agency")


class Participation(Fact):
    """An agency's or partner's role in an initiative."""

    class Role(models.TextChoices):
        LEAD = "lead", "Lead"
        PARTNER = "partner", "Partner"
        FUNDER = "funder", "Funder"
        ASKED = "asked", "Asked to act"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="participations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="participations")
    role = models.CharField(max_length=20, choices=Role, default=Role.LEAD)

    objects = ParticipationManager()

    class Meta(Fact.Meta):
        verbose_name = "agency or partner"
        verbose_name_plural = "agencies and partners"
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "agency", "role"], name="participation_once_per_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agency} ({self.get_role_display()})"

    def recorded(self) -> dict[str, Any]:
        """Return the agency's key and the role."""
        return {"agency": str(self.agency.key), "role": self.role}


class Amount(Fact):
    """A sum of money, in whole units and cents of its currency."""

    fields: ClassVar = ("amount", "currency", "qualifier", "sort", "per", "purpose")

    class Sort(models.TextChoices):
        GRANT = "grant", "Grant"
        INVESTMENT = "investment", "Investment"
        LEVERAGED = "leveraged", "Leveraged from others"
        FUNDING = "funding", "Funding"
        FUND = "fund", "Fund"
        TOTAL = "total", "Total"
        WAGE = "wage", "Wage"
        DEPOSIT = "deposit", "Deposit"
        CAP = "cap", "Cap"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="amounts")
    qualifier = models.CharField("how exact", max_length=20, choices=Qualifier, default=Qualifier.EXACTLY)
    amount = models.DecimalField(max_digits=15, decimal_places=2)
    currency = models.CharField(
        max_length=3, default="USD", validators=[RegexValidator(r"^[A-Z]{3}$", "Three capitals: USD.")]
    )
    sort = models.CharField("kind", max_length=20, choices=Sort, default=Sort.GRANT)
    per = models.CharField(
        max_length=30, blank=True, help_text="“hour”, “account”; empty for a sum as a whole."
    )
    purpose = models.CharField(
        max_length=120,
        blank=True,
        help_text="What it is for, as a phrase of its own: “to train young adults”.",
    )

    class Meta(Fact.Meta):
        verbose_name = "amount of money"
        verbose_name_plural = "money"
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="amount_not_negative")]

    def __str__(self) -> str:
        return f"{self.get_qualifier_display()} {self.amount:,.0f} {self.currency}"


class Figure(Fact):
    """A number of people served or things done, or a range of such numbers."""

    fields: ClassVar = ("value", "value_to", "qualifier", "unit", "per", "counts")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="figures")
    qualifier = models.CharField("how exact", max_length=20, choices=Qualifier, default=Qualifier.EXACTLY)
    value = models.DecimalField(max_digits=15, decimal_places=2)
    value_to = models.DecimalField(
        "up to", max_digits=15, decimal_places=2, null=True, blank=True, help_text="For a range."
    )
    unit = models.CharField(max_length=40, help_text="“people”, “buildings”, “weeks”, “percent”.")
    per = models.CharField(
        max_length=30, blank=True, help_text="“month”, “week”; empty for a number as a whole."
    )
    counts = models.CharField("what it counts", max_length=120, blank=True)

    class Meta(Fact.Meta):
        verbose_name = "number"
        constraints = [
            models.CheckConstraint(
                condition=Q(value_to__isnull=True) | Q(value_to__gt=F("value")),
                name="figure_range_rises",
                violation_error_message="A range goes from the smaller number up to the larger.",
            )
        ]

    def __str__(self) -> str:
        return f"{shortest_decimal(self.value)} {self.unit}"


class KeyDate(Fact):
    """A date as exact as it is known, in the Extended Date/Time Format (ISO 8601-2, level 1, without
    uncertainty marks).
    """

    fields: ClassVar = ("qualifier", "date", "label")

    class Bound(models.TextChoices):
        IN = "in", "in or on"
        FROM = "from", "since"
        BY = "by", "by"

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="dates")
    qualifier = models.CharField("when", max_length=10, choices=Bound, default=Bound.IN)
    date = models.CharField(
        max_length=10,
        validators=[
            RegexValidator(
                EDTF, "Type 2015, 2015-12 or 2015-12-01; seasons are 2015-21 (spring) to 2015-24 (winter)."
            )
        ],
        help_text="2015, 2015-12 or 2015-12-01; 2015-21 is spring, -22 summer, -23 fall, -24 winter.",
    )
    label = models.CharField("what happened or is due", max_length=120)

    class Meta(Fact.Meta):
        verbose_name = "date"

    def __str__(self) -> str:
        return f"{self.get_qualifier_display()} {self.date}: {self.label}"

    def clean(self) -> None:
        """Refuse a day that its month does not have."""
        super().clean()
        if len(self.date) == 10:
            try:
                date.fromisoformat(self.date)
            except ValueError as error:
                raise ValidationError({"date": "There is no such day."}) from error


class Link(Fact):
    """An address elsewhere where a reader finds more."""

    fields: ClassVar = ("label", "url")

    initiative = models.ForeignKey(Initiative, on_delete=models.CASCADE, related_name="links")
    label = models.CharField(
        "words of the link", max_length=120, help_text="Name where it leads, not “click here”."
    )
    url = models.URLField("address", max_length=500)

    def __str__(self) -> str:
        return self.label


def shortest_decimal(value: Any) -> Any:
    """Return a decimal as the shortest text that says the same ("5000000", "10.1"); anything else as it
    is.
    """
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
