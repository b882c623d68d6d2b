"""The way back from an item's form to the page of the desk that led there: ?back=/admin/…"""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request: HttpRequest) -> str:
    """Return the path that the query names, "" where it names none of the desk."""
    path = request.GET.get("back", "")
    is_ours = path.startswith(reverse("admin:index")) and url_has_allowed_host_and_scheme(
        path, allowed_hosts=None
    )
    return path if is_ours else ""


class BackAdmin(admin.ModelAdmin):
    """Shows the way back, also after the form was saved and is shown again."""

    def render_change_form(
        self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        return super().render_change_form(
            request, {**context, "way_back": way_back(request)}, *args, **kwargs
        )

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        response = super().response_change(request, obj)
        back = way_back(request)
        if back and response.get("Location") == request.path:
            response["Location"] += "?" + urlencode({"back": back})
        return response
