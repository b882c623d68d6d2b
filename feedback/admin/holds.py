"""Legal holds, for administrators and records officers."""

from django.contrib import admin

from feedback.models import LegalHold
from portal.admin import StrictAdmin


@admin.register(LegalHold)
class LegalHoldAdmin(StrictAdmin):
    """Legal holds: what they keep, and why. The history of each says who set it."""

    list_display = ["__str__", "reason"]
    list_select_related = ["tag"]
