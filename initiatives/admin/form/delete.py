"""Taking an item off the site, and deleting its working copy. What was before the public stays on record."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from initiatives.admin.base import DeskAdmin
from initiatives.admin.form.forms import WithdrawForm
from initiatives.admin.moments import foretold, moment_in_words
from initiatives.links import dead
from initiatives.models import Item
from initiatives.permissions import MAY_PUBLISH
from initiatives.publishing import delete
from initiatives.publishing.publish import unpublish

read_and_send = require_http_methods(["GET", "HEAD", "POST"])


class RemovalAdmin(DeskAdmin):
    """Unpublishes and deletes an item."""

    def get_urls(self) -> list[Any]:
        return [
            path("<int:pk>/unpublish/", self.wrapped(self.unpublish_view), name=self.name_of("unpublish")),
            *super().get_urls(),
        ]

    # Unpublish

    def unpublish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what becomes of the addresses and links, ask, and take the item from the site."""
        return read_and_send(self._unpublish)(request, pk)

    def _unpublish(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.find(pk)
        if not request.user.has_perm(MAY_PUBLISH) or not self.has_change_permission(request, item):
            raise PermissionDenied
        form = WithdrawForm(item, request.POST if request.method == "POST" else None)
        if form.is_valid() and self.tried(form, self.withdraw, request, item, **form.cleaned_data):
            return redirect(self.address("change", item))
        return self.ask(request, "unpublish", item, form, act="Unpublish", after=dead.consequences(item))

    def withdraw(
        self,
        request: HttpRequest,
        item: Item,
        reason: str,
        successor: Item | None = None,
        at: datetime | None = None,
    ) -> None:
        """Take the item from the site, now or later, and say so.

        Raises ValidationError where that cannot be.
        """
        scheduled, _ = dead.plans(item)
        unpublish(item, request.user, reason, successor, at)
        self.log_change(request, item, "Unpublished.")
        if at:
            messages.success(
                request,
                f"“{item}” leaves the site on {moment_in_words(at)}. You can change that under “Scheduled”.",
            )
            for warning in foretold([item], at):
                messages.warning(request, warning)
        else:
            messages.success(request, f"“{item}” is no longer on the site. Its text is kept.")
            say_dropped(request, scheduled)

    # Delete

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Say what becomes of the addresses, links and texts, ask, and delete the working copy."""
        return read_and_send(self._delete)(request, object_id)

    def _delete(self, request: HttpRequest, object_id: str) -> HttpResponse:
        item = self.get_object(request, object_id)
        if item is None:
            raise Http404
        if not self.has_delete_permission(request, item) or not self.may_take_off(request, item):
            raise PermissionDenied
        form = WithdrawForm(item, request.POST if request.method == "POST" else None, now=True)
        if form.is_valid() and self.tried(form, self.remove, request, item, **form.cleaned_data):
            return redirect(self.model.desk_path("changelist"))
        holding = [(one, one.desk_path("change", one.pk)) for one in delete.holding(item)]
        context = {
            "holding": holding,
            "loses": len(delete.naming_at_desk(item)),
            "after": dead.consequences(item),
        }
        return self.ask(request, "delete", item, form, act="Delete", **context)

    def may_take_off(self, request: HttpRequest, item: Item) -> bool:
        """Say whether a person may take from the site what is live or scheduled."""
        is_public = item.revisions.live().exists() or item.revisions.upcoming().exists()
        return not is_public or request.user.has_perm(MAY_PUBLISH)

    def remove(self, request: HttpRequest, item: Item, reason: str, successor: Item | None = None) -> None:
        """Delete the item and say where its text is. Raises ValidationError where that cannot be."""
        title = str(item)
        self.log_deletions(request, self.model._default_manager.filter(pk=item.pk))
        scheduled, _ = dead.plans(item)
        delete.delete_item(item, request.user, reason, successor)
        messages.success(request, f"“{title}” was deleted. Its text is kept under “Removed items”.")
        say_dropped(request, scheduled)

    # Both

    def tried(self, form: WithdrawForm, act: Any, *args: Any, **kwargs: Any) -> bool:
        """Do something in one transaction; where that is refused, put the reason on the form and return
        False.
        """
        try:
            with transaction.atomic():
                act(*args, **kwargs)
        except ValidationError as error:
            form.add_error(None, error)
        return not form.errors

    def ask(
        self, request: HttpRequest, page: str, item: Item, form: WithdrawForm, act: str, **more: Any
    ) -> HttpResponse:
        """Return the page that asks."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "item": item,
            "form": form,
            "act": act,
        }
        context |= {"title": f"{act} {item}?", **more}
        return render(request, f"admin/initiatives/item/{page}.html", context)


def say_dropped(request: HttpRequest, scheduled: list[dead.Plan]) -> None:
    """Say out of which scheduled releases an item went as it left. In: what was scheduled for it."""
    for _, release in scheduled:
        if release:
            messages.warning(
                request,
                f"It is out of the release “{release}” too. What else is in that goes out as scheduled.",
            )
