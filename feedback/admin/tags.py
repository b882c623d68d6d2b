"""The words that reviewers sort comments by."""

from django.contrib import admin

from feedback.models import Tag
from portal.admin import StrictAdmin


@admin.register(Tag)
class TagAdmin(StrictAdmin):
    """Tags. Reviewers make them here or in the inbox; an administrator renames and deletes them."""

    search_fields = ["name"]
