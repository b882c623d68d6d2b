"""Changes to many items, from the lists: first what would happen to each, then all of it or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives.admin.base import DeskAdmin
from initiatives.admin.pages import bulk_forms as forms
from initiatives.models import KINDS, Item, Release
from initiatives.models.lock import lock_report
from initiatives.permissions import MAY_PUBLISH
from initiatives.publishing import bulk, bulk_preview, releases
from portal.digits import whole_number

AT_MOST = 500
ASKED = (
    "Nothing was changed: drafts that others have not finished, or that have a date, would go out. "
    "Read which, then tick that they may."
)
CHANGE_RELEASE = "initiatives.change_release"


@dataclass(frozen=True)
class Operation:
    """A change to many items: its name in addresses, in words, what it asks, foretells and does, and who may.

    `tells_at_once`: what will happen is known before anything is typed.
    """

    name: str
    label: str
    form: type[forms.BulkForm]
    plan: Callable[[Sequence[Any], dict[str, Any], Any], list[bulk_preview.Plan]]
    act: Callable[[Sequence[Any], Any, dict[str, Any]], Any]
    permissions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = tuple(kind for kind in KINDS if kind != "site")
    tells_at_once: bool = False

    def is_for(self, user: Any, kind: str) -> bool:
        """Say whether a person may do this to items of a kind."""
        return kind in self.kinds and user.has_perms([*self.permissions, KINDS[kind].permission("change")])


@transaction.atomic
def gather_in_release(items: Sequence[Item], by: Any, data: dict[str, Any]) -> Release:
    """Put the items into a release, a new one where none was chosen; return it.

    Raises PermissionDenied and as add_all().
    """
    release = data["release"]
    if not release:
        if not by.has_perm("initiatives.add_release"):
            raise PermissionDenied
        release = Release.objects.create(name=data["name"].strip(), created_by=by)
    elif release.live_from and not by.has_perm(MAY_PUBLISH):
        raise PermissionDenied
    releases.add_all(release, items, by)
    return release


OPERATIONS = {
    one.name: one
    for one in (
        Operation(
            "publish",
            "Publish",
            forms.PublishForm,
            bulk_preview.publish_plans,
            lambda items, by, data: bulk.publish_all(items, by, data["note"], data["minor"]),
            (MAY_PUBLISH,),
            tells_at_once=True,
        ),
        Operation(
            "release",
            "Add to a release",
            forms.GatherForm,
            bulk_preview.release_plans,
            gather_in_release,
            (CHANGE_RELEASE,),
            tells_at_once=True,
        ),
        Operation(
            "owner",
            "Assign an owner",
            forms.OwnerForm,
            bulk_preview.assign_plans,
            lambda items, by, data: bulk.assign_all(items, by, data["owner"]),
            (MAY_PUBLISH,),
        ),
        Operation(
            "due",
            "Set the date of the next review",
            forms.DueForm,
            bulk_preview.due_plans,
            lambda items, by, data: bulk.set_due_all(items, by, data["due"]),
        ),
        Operation(
            "status",
            "Change the status",
            forms.StatusForm,
            bulk_preview.status_plans,
            lambda items, by, data: bulk.set_status_all(items, by, data["status"]),
            kinds=("initiative",),
        ),
        Operation(
            "move",
            "Move",
            forms.MoveForm,
            bulk_preview.move_plans,
            lambda items, by, data: bulk.move_all(items, by, data["parent"]),
            kinds=("section", "initiative"),
        ),
    )
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def bulk_page(request: HttpRequest, kind: str, name: str) -> HttpResponse:
    """Ask, foretell, do.

    In: the numbers of the items, `item`, once for each; posted with `do`: "preview" or "apply".
    """
    operation, model = OPERATIONS.get(name), KINDS.get(kind)
    if not operation or not model or kind not in operation.kinds:
        raise Http404
    if not operation.is_for(request.user, kind):
        raise PermissionDenied
    if request.method != "POST":
        items = chosen_items(model, request.GET.getlist("item"))
        return confirm_first(request, operation, model, items, operation.form(items, None))
    with transaction.atomic():
        lock_report()
        items = chosen_items(model, request.POST.getlist("item"))
        return confirm_first(request, operation, model, items, operation.form(items, request.POST))


def chosen_items(model: type[Item], numbers: Sequence[str]) -> list[Any]:
    """Return the items with these numbers.

    Raises Http404 where there are none, too many, or one is not there.
    """
    pks = {whole_number(one) for one in numbers}
    if not 0 < len(numbers) <= AT_MOST or None in pks:
        raise Http404
    found = list(model._default_manager.filter(pk__in=pks).select_related(*model.joined).order_by("title"))
    if len(found) != len(pks):
        raise Http404
    return found


def confirm_first(
    request: HttpRequest, operation: Operation, model: Any, items: Sequence[Any], form: forms.BulkForm
) -> HttpResponse:
    """Return the page that says what would happen, or do it where that was just seen and is still so."""
    is_typed = form.is_bound and form.is_valid()
    foretold = operation.plan(items, form.cleaned_data if is_typed else {}, request.user)
    problems: list[str] = []
    others = bulk_preview.plans_digest(foretold) if any(plan.asks for plan in foretold) else ""
    if is_typed and request.POST.get("do") == "apply":
        if request.POST.get("seen") != bulk_preview.plans_digest(foretold):
            problems = ["This is not what you saw before. Look at it again, then go on."]
        elif request.POST.get("others") != others and others:
            problems = [ASKED]
        else:
            try:
                done = operation.act(items, request.user, form.cleaned_data)
            except ValidationError as error:
                problems = ["Nothing was changed.", *error.messages]
            else:
                messages.success(
                    request, f"{operation.label}: done for {len(items)} item{'s' if len(items) != 1 else ''}."
                )
                where = (
                    reverse("admin:release", args=[done.pk])
                    if isinstance(done, Release)
                    else model.desk_path("changelist")
                )
                return redirect(where)
    context = {
        **admin.site.each_context(request),
        "title": operation.label,
        "opts": model._meta,
        "operation": operation,
        "action": reverse("admin:bulk", args=[model.kind, operation.name]),
        "form": form,
        "plans": foretold,
        "problems": problems,
        "seen": bulk_preview.plans_digest(foretold),
        "others": others,
        "is_blocked": any(plan.blocks for plan in foretold),
        "is_foretold": is_typed or operation.tells_at_once,
    }
    return render(request, "admin/initiatives/bulk.html", context)


class BulkAdmin(DeskAdmin):
    """The actions of an item's list."""

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer what the person may do to this kind; never the stock deletion, which would leave the
        public text standing.
        """
        offered = [one for one in OPERATIONS.values() if one.is_for(request.user, self.model.kind)]
        return {f"bulk_{one.name}": (start(one), f"bulk_{one.name}", one.label) for one in offered}


def start(operation: Operation) -> Callable[[Any, HttpRequest, models.QuerySet], HttpResponse]:
    """Return the action that opens the page of an operation for the items that are ticked."""

    def action(modeladmin: Any, request: HttpRequest, queryset: models.QuerySet) -> HttpResponse | None:
        numbers = [str(pk) for pk in queryset.values_list("pk", flat=True)]
        if len(numbers) > AT_MOST:
            messages.error(request, f"Choose {AT_MOST} items at most.")
            return None
        items = chosen_items(modeladmin.model, numbers)
        return confirm_first(request, operation, modeladmin.model, items, operation.form(items))

    return action  # type: ignore[return-value]
