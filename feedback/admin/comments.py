"""The reviewers' desk: what residents said, to read and to search. Nobody can add to it or change a word of it."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.text import Truncator

from feedback.models import Comment

ANSWERS: dict[bool | None, str] = {True: "Yes", False: "No", None: "No answer"}


@admin.register(Comment)
class CommentAdmin(admin.ModelAdmin):
    """Comments as they came. Only an administrator can delete one, such as one that names a victim."""

    list_display = ["date", "page_link", "helpfulness", "excerpt"]
    list_filter = ["helpful", "date", "page"]
    search_fields = ["text", "title", "page"]
    date_hierarchy = "date"
    fields = ["page_link", "date", "helpfulness", "text"]
    readonly_fields = ["page_link", "date", "helpfulness", "text"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return request.user.is_active and request.user.is_superuser

    def view_on_site(self, obj: Comment) -> str:  # type: ignore[override]
        """Return the address of the page as the public sees it."""
        return obj.page

    @admin.display(description="Page", ordering="title")
    def page_link(self, comment: Comment) -> str:
        """Return the page's title at the time, leading to the page."""
        return format_html('<a href="{}">{}</a>', comment.page, comment.title)

    @admin.display(description="Helpful", ordering="helpful")
    def helpfulness(self, comment: Comment) -> str:
        """Return the answer as a word."""
        return ANSWERS[comment.helpful]

    @admin.display(description="Comment")
    def excerpt(self, comment: Comment) -> str:
        """Return the comment's beginning, for the list."""
        return Truncator(comment.text).chars(120) or "No comment"
