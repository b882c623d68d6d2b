"""Taking an item off the site, and deleting its working copy. What was before the public stays on record."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from initiatives.admin.base import DeskAdmin
from initiatives.admin.forms import WithdrawForm
from initiatives.admin.publishing import MAY_PUBLISH
from initiatives.models import Item
from initiatives.record import Report


class RemovalAdmin(DeskAdmin):
    """Unpublishes and deletes an item."""

    def get_urls(self) -> list[Any]:
        return [
            path("<int:pk>/unpublish/", self.wrapped(self.unpublish_view), name=self.name_of("unpublish")),
            *super().get_urls(),
        ]

    def unpublish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether to take the item from the site, and do it."""
        return require_http_methods(["GET", "POST"])(self._unpublish)(request, pk)

    def _unpublish(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.find(pk)
        if not request.user.has_perm(MAY_PUBLISH) or not self.has_change_permission(request, item):
            raise PermissionDenied
        form = WithdrawForm(item, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                self.withdraw(request, item, **form.cleaned_data)
            except ValidationError as error:
                form.add_error("at", error)
            else:
                return redirect(self.address("change", item))
        node = Report.live().by_key.get(item.key)
        below = [one for one in node.walk() if one is not node] if node else []
        context = {**self.admin_site.each_context(request), "opts": self.opts, "item": item, "below": below, "form": form}
        return render(request, "admin/initiatives/item/unpublish.html", context | {"title": f"Unpublish {item}?"})

    def withdraw(self, request: HttpRequest, item: Item, reason: str, successor: Item | None, at: datetime | None) -> None:
        """Take the item from the site, now or later, and say so. Raises ValidationError for a time that is past."""
        item.withdraw(request.user, reason, successor, at)
        self.log_change(request, item, "Unpublished.")
        if at:
            when = date_format(localtime(at), "F j, Y, g:i a e")
            messages.success(request, f"“{item}” leaves the site on {when}. You can change that under “Scheduled”.")
        else:
            messages.success(request, f"“{item}” is no longer on the site. Its text is kept.")

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            obj.withdraw(request.user)
            super().delete_model(request, obj)
