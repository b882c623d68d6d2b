"""An item's page as it will look once its newest draft is published."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from initiatives.admin.base import DeskAdmin
from initiatives.admin.uploads import through_staff_address
from initiatives.record import Report
from initiatives.views.pages import page_for


class PreviewAdmin(DeskAdmin):
    """Previews an item."""

    def get_urls(self) -> list[Any]:
        return [path("<int:pk>/preview/", self.wrapped(self.preview_view), name=self.name_of("preview")), *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the page as it will look once the newest draft is published."""
        return require_safe(self._preview)(request, pk)

    def _preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.find(pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        draft = item.revisions.texts().last()
        if not draft:
            raise Http404
        report = Report.with_drafts(draft)
        node = report.by_key[item.key]
        response = page_for(request, report, node, preview=self.address("change", item))
        response["X-Robots-Tag"] = "noindex"
        return through_staff_address(response)
