"""The admin of what initiatives refer to, and of the site's own words."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from initiatives.admin.form.item import ItemAdmin
from initiatives.models import Agency, Audience, Document, Place, Site


@admin.register(Agency)
class AgencyAdmin(ItemAdmin):
    """Agencies and partners."""

    fieldsets: ClassVar[Any] = [(None, {"fields": ["title", "short_name", "slug", "sort", "summary"]})]
    list_display: Any = ["title", "short_name", "sort", "state_badge"]
    list_filter: ClassVar[Any] = [*ItemAdmin.list_filter, "sort"]
    search_fields: ClassVar[Any] = ["title", "short_name", "slug"]


@admin.register(Audience)
class AudienceAdmin(ItemAdmin):
    """Audiences."""

    fieldsets: ClassVar[Any] = [(None, {"fields": ["title", "slug", "summary"]})]


@admin.register(Place)
class PlaceAdmin(ItemAdmin):
    """Places."""

    fieldsets: ClassVar[Any] = [(None, {"fields": ["title", "slug", "sort", "summary"]})]
    list_display: Any = ["title", "sort", "state_badge"]
    list_filter: ClassVar[Any] = [*ItemAdmin.list_filter, "sort"]


@admin.register(Document)
class DocumentAdmin(ItemAdmin):
    """Documents."""

    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["title", "slug", "description", "file", "url", "leading"]}),
    ]
    list_filter: ClassVar[Any] = [*ItemAdmin.list_filter, "leading"]


@admin.register(Site)
class SiteAdmin(ItemAdmin):
    """The site's own words: one row, which the list leads straight to."""

    fieldsets: ClassVar[Any] = [
        ("Names", {"fields": ["title", "city_name", "tagline", "as_of"]}),
        ("Whom to call", {"fields": [*Site.numbers]}),
        ("Whom to ask about accessibility", {"fields": [*Site.access_contact]}),
        ("Home page", {"fields": ["introduction"]}),
        ("Other pages", {"fields": ["about", "contact", "privacy_note", "accessibility_note", "footer"]}),
        ("How staff work", {"fields": ["needs_approval", "trusted_hosts"]}),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and not Site.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "needs_approval" in form.changed_data:
            words = (
                "another person approves what is published"
                if obj.needs_approval
                else "nobody else has to approve what is published"
            )
            messages.info(
                request, f"From now on {words}. That is in force whether or not these settings are published."
            )

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        site = Site.objects.first()
        if site and self.has_view_permission(request, site):
            return redirect(self.address("change", site))
        return super().changelist_view(request, extra_context)
