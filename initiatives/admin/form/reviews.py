"""Who keeps an item true and when it is next reviewed: a part of its form, filters of its list, a list of
all that is due.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives.admin.base import DeskAdmin, only
from initiatives.admin.moments import DAY_INPUT
from initiatives.desk import due as care
from initiatives.models import Item, Review
from initiatives.permissions import MAY_PUBLISH, WORKS_ON_REPORT
from initiatives.publishing import reviews
from portal.digits import whole_number


class CareForm(forms.Form):
    """Who owns an item and when it is next due."""

    owner: Any = forms.ModelChoiceField(
        queryset=None, required=False, empty_label="Nobody", help_text="Who keeps it true."
    )
    due = forms.DateField(required=False, label="Next review", widget=DAY_INPUT)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "care_%s", **kwargs})
        field: Any = self.fields["owner"]
        field.queryset = reviews.keepers()
        field.label_from_instance = lambda user: user.get_full_name() or str(user)


class CheckedForm(forms.Form):
    """The tick beside the change note: the whole text was read, not only what changed."""

    checked = forms.BooleanField(
        required=False,
        label="I checked the whole text",
        help_text="Counts as its review when you publish now.",
    )
    next_review = forms.DateField(required=False, label="Next review", widget=DAY_INPUT)


class CareAdmin(DeskAdmin):
    """Assigns, reviews and dates an item from its form."""

    def get_urls(self) -> list[Any]:
        return [
            path("<int:pk>/care/", self.wrapped(self.care_view), name=self.name_of("care")),
            *super().get_urls(),
        ]

    def care_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do what a button of the part “Owner and review” asks. In: do=owner, date or reviewed."""
        return require_POST(self._care)(request, pk)

    def _care(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.find(pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        act = ACTIONS.get(request.POST.get("do", ""))
        if act is None:
            raise BadRequest("There is no such action.")
        form = CareForm(request.POST)
        try:
            if not form.is_valid():
                raise ValidationError([text for texts in form.errors.values() for text in texts])
            words = act(item, request.user, **form.cleaned_data)
        except ValidationError as error:
            for message in error.messages:
                messages.error(request, message)
        else:
            messages.success(request, words)
            self.log_change(request, item, words)
        return redirect(f"{self.address('change', item)}#care")

    def care_context(self, request: HttpRequest, item: Item) -> dict[str, Any]:
        """Return what the part “Owner and review” of the form shows."""
        held = Review.objects.status([item.key])[item.key]
        user: Any = request.user
        owner: Any = item.owner
        due = held.due if held.due and not held.is_due else reviews.default_due()
        return {
            "held": held,
            "owner": owner,
            "form": CareForm(initial={"owner": owner, "due": due}),
            "may_assign": reviews.may_assign(user, item),
            "may_review": reviews.may_care(user, item),
        }


def assign_form(item: Item, by: Any, owner: Any, **_: Any) -> str:
    """Set the owner."""
    reviews.assign(item, by, owner)
    return (
        f"“{item}” is kept by {owner.get_full_name() or owner}." if owner else f"“{item}” has no owner now."
    )


def set_due_form(item: Item, by: Any, due: Any, **_: Any) -> str:
    """Set the date of the next review."""
    reviews.set_due(item, by, due)
    return "The date of the next review is set." if due else "No next review is planned."


def confirm_form(item: Item, by: Any, due: Any, **_: Any) -> str:
    """Record a review."""
    reviews.confirm(item, by, due)
    return "Your review is on record. Nothing about it looks like a change."


ACTIONS: dict[str, Callable[..., str]] = {
    "owner": assign_form,
    "date": set_due_form,
    "reviewed": confirm_form,
}


def record_check(request: HttpRequest, item: Item) -> None:
    """Record the review that was ticked beside the change note, if it was.

    Raises ValidationError for a day that is wrong.
    """
    form = CheckedForm(request.POST)
    if "checked" not in request.POST:
        return
    if not form.is_valid():
        raise ValidationError("Next review: type a day.")
    reviews.confirm(item, request.user, form.cleaned_data["next_review"])


class ReviewFilter(admin.SimpleListFilter):
    """Filters a list by whether a review is due."""

    title = "review"
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("due", "Due or overdue"), ("none", "No date")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        rows = Review.objects.filter(key=OuterRef("key"))
        if self.value() == "due":
            return queryset.filter(Exists(rows.due(timezone.localdate())))
        return queryset.filter(~Exists(rows.dated())) if self.value() == "none" else queryset


class OwnerFilter(admin.SimpleListFilter):
    """Filters a list by who keeps the items true."""

    title = "owner"
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        owners = reviews.keepers().filter(pk__in=model_admin.model._default_manager.values("owner"))
        others = [
            (str(user.pk), user.get_full_name() or str(user)) for user in owners if user.pk != request.user.pk
        ]
        return [("me", "Me"), ("none", "Nobody"), *others]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        value = self.value() or ""
        if value == "me":
            return queryset.filter(owner=request.user.pk)
        if value == "none":
            return queryset.filter(owner=None)
        pk = whole_number(value)
        return queryset if pk is None else queryset.filter(owner=pk)


@never_cache
@require_safe
@only(WORKS_ON_REPORT)
def show_due(request: HttpRequest) -> HttpResponse:
    """Everything that is due for review, and what nobody keeps or no date watches over."""
    context = {
        **admin.site.each_context(request),
        "title": "Due for review",
        "due": care.due_items(request.user),
        "unkept": care.unkept_items(request.user),
        "may_assign": request.user.has_perm(MAY_PUBLISH),
    }
    return render(request, "admin/initiatives/due.html", context)
