"""The admin of the tree: pillars, sections, initiatives."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from initiatives.admin.base import NoStrayDelete
from initiatives.admin.conflicts.values import MOST_ROWS
from initiatives.admin.form.item import HTTPS, ItemAdmin
from initiatives.models import Amount, Figure, Initiative, KeyDate, Link, Participation, Pillar, Section
from initiatives.models.labels import path_label

# Sections by pillar, each followed by its sub-sections.
AS_IN_THE_OUTLINE: tuple[str | Combinable, ...] = (
    *(Coalesce(f"parent__pillar__{field}", f"pillar__{field}") for field in ("position", "title", "pk")),
    *(Coalesce(f"parent__{field}", field) for field in ("position", "title", "pk")),
    F("parent").asc(nulls_first=True),
    "position",
    "title",
)


@admin.register(Pillar)
class PillarAdmin(ItemAdmin):
    """Pillars."""

    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["title", "slug", "icon", "summary", "introduction"]}),
    ]


@admin.register(Section)
class SectionAdmin(ItemAdmin):
    """Sections and their numbered sub-sections."""

    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["title", "slug", "pillar", "parent", "summary", "introduction"]}),
    ]
    list_display: Any = ["title", "hangs_on", "state_badge"]
    ordering: ClassVar[Any] = ["title"]
    list_filter: ClassVar[Any] = [*ItemAdmin.list_filter, "pillar"]
    list_select_related: ClassVar[Any] = ["pillar", "parent"]

    @admin.display(description="In")
    def hangs_on(self, section: Section) -> str:
        return str(section.parent_item or "no place yet")


class RowInline(NoStrayDelete, admin.StackedInline):
    """A sort of rows under an initiative; a new row is added with the link below."""

    extra = 0
    max_num = MOST_ROWS
    formfield_overrides = HTTPS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Refuse more rows than there may be. Of a made-up number only twice as many are ever made."""
        return super().get_formset(request, obj, validate_max=True, absolute_max=2 * MOST_ROWS, **kwargs)


class ParticipationInline(RowInline):
    model = Participation
    fields = [("agency", "role")]


class AmountInline(RowInline):
    model = Amount
    fields = [("qualifier", "amount", "currency"), ("sort", "per"), "purpose"]


class FigureInline(RowInline):
    model = Figure
    fields = [("qualifier", "value", "value_to"), ("unit", "per"), "counts"]


class KeyDateInline(RowInline):
    model = KeyDate
    fields = [("qualifier", "date"), "label"]


class LinkInline(RowInline):
    model = Link
    fields = ["label", "url"]


@admin.register(Initiative)
class InitiativeAdmin(ItemAdmin):
    """Initiatives with all that hangs on them."""

    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["title", "slug", "section"]}),
        ("Text", {"fields": ["summary", "body"]}),
        ("Status", {"fields": [("status", "status_note")]}),
        ("For whom and where", {"fields": ["audiences", "places"]}),
        ("Image and documents", {"fields": ["image", "image_alt", "image_decorative", "documents"]}),
    ]
    inlines = [ParticipationInline, AmountInline, FigureInline, KeyDateInline, LinkInline]
    list_display: Any = ["title", "section", "status", "state_badge"]
    ordering: ClassVar[Any] = ["title"]
    list_filter: ClassVar[Any] = [
        *ItemAdmin.list_filter,
        "status",
        ("section", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related: ClassVar[Any] = ["section"]
    search_fields: ClassVar[Any] = ["title", "slug", "summary", "body"]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name != "section":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        sections = Section.objects.select_related("pillar", "parent__pillar").order_by(*AS_IN_THE_OUTLINE)
        field: Any = super().formfield_for_foreignkey(db_field, request, queryset=sections, **kwargs)
        field.label_from_instance = path_label
        return field

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs.setdefault("widget", forms.CheckboxSelectMultiple(attrs={"class": "columns"}))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
