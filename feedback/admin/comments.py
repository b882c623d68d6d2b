"""The inbox in the admin: its addresses and who may open them.

Nobody adds, changes or deletes a comment, whoever they are.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.cache import never_cache

from feedback.admin import comment, digest, downloads, figures, inbox, redact, rules, steps, triage
from feedback.inbox.answering import count_as_answered
from feedback.models import Comment
from portal.admin import StrictAdmin

PAGES: list[tuple[str, Any, str]] = [
    ("sort/", inbox.sort_chosen, "sort"),
    ("undo/", inbox.undo, "undo"),
    ("steps/", steps.steps_page, "steps"),
    ("triage/", triage.triage_page, "triage"),
    ("rules/", rules.rules_page, "rules"),
    ("numbers/", figures.figures_page, "figures"),
    ("digest/", digest.digest_page, "digest"),
    ("records/", downloads.records, "records"),
    ("export.csv", downloads.csv_response, "csv"),
    ("export.json", downloads.as_json, "json"),
    ("<uuid:pk>/show/", comment.reveal, "show"),
    ("<uuid:pk>/note/", comment.note, "note"),
    ("<uuid:pk>/redact/", redact.redact_page, "redact"),
]


@admin.register(Comment)
class CommentAdmin(StrictAdmin):
    """Comments as they came.

    The pages are of our own; the stock ones that would change a comment are refused to all.
    """

    def get_urls(self) -> list:
        own = [
            path(route, self.wrapped(view), name=f"feedback_comment_{name}") for route, view, name in PAGES
        ]
        return [
            *own,
            path("<uuid:pk>/change/", self.wrapped(comment.comment_page), name="feedback_comment_change"),
            *super().get_urls(),
        ]

    def wrapped(self, view: Any) -> Any:
        """Return the view for staff alone, never cached, with what answers went out meanwhile counted."""

        def current(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            count_as_answered()
            return view(request, *args, **kwargs)

        return self.admin_site.admin_view(never_cache(current))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Comment | None = None) -> bool:
        """To sort comments is not to change them: no stock form of one is for anybody."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        """The inbox."""
        count_as_answered()
        return inbox.inbox_page(request)

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is no id of a comment."""
        raise Http404

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """Lead to the comment, whose page tells what was done with it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return redirect("admin:feedback_comment_change", object_id)
