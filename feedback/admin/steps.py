"""Steps that change many comments: asked before, listed after, taken back one by one."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.paginator import Paginator
from django.db.models import CharField, Count, Min
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from feedback.admin.base import inbox_frame
from feedback.inbox.actions import ACTIONS
from feedback.inbox.addresses import comments_counted
from feedback.inbox.handling import STEP_DAYS, recent
from feedback.inbox.selection import Selection
from feedback.models import Comment, Handling, Tag
from feedback.permissions import CHANGE
from initiatives.admin.base import only

SHOWN = 50
UNCHANGED = ("csrfmiddlewaretoken", "sure")


@dataclass(frozen=True)
class Step:
    """One step: its batch, on which day, by whom, what it did to how many comments, and whether the person
    may take it back.
    """

    batch: UUID
    done_on: date
    by: str
    words: str
    is_own: bool


def ask_for_step(request: HttpRequest, selected: Selection, total: int) -> HttpResponse:
    """Ask whether a step is meant for so many comments.

    The form sends the same again, with the number agreed to.
    """
    action = ACTIONS.get(request.POST.get("do", ""))
    sent = [
        (name, value) for name, values in request.POST.lists() if name not in UNCHANGED for value in values
    ]
    context = inbox_frame(
        request,
        f"{action.label if action else 'Change'}: {comments_counted(total)}?",
        label=action.label if action else "Change",
        total=total,
        days=STEP_DAYS,
        sent=sent,
        query=selected.query(),
    )
    return render(request, "admin/feedback/sure.html", context)


@require_safe
@only(CHANGE)
def steps_page(request: HttpRequest) -> HttpResponse:
    """The steps of the last STEP_DAYS that can be taken back, newest day first.

    In the query: `n`, the number of the page.

    Within a day their order is that of random ids. `one` is any row of the step: as text, for PostgreSQL has
    no least UUID.
    """
    batches: Any = (
        recent().values("batch", "done_on").annotate(count=Count("pk"), one=Min(Cast("pk", CharField())))
    )
    batches = batches.order_by("-done_on", "batch")
    page = Paginator(batches, SHOWN).get_page(request.GET.get("n", ""))
    context = inbox_frame(
        request,
        "Recent steps",
        steps=steps(list(page.object_list), request.user),
        page=page,
        pages=page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        query="",
        days=STEP_DAYS,
    )
    return render(request, "admin/feedback/steps.html", context)


def steps(batches: list[dict[str, Any]], user: Any) -> list[Step]:
    """Return the steps of some batches, in words. Three queries, however many there are."""
    found = Handling.objects.in_bulk([UUID(batch["one"]) for batch in batches])
    people = {str(pk): name for pk, name in get_user_model()._default_manager.values_list("pk", "username")}
    tags = dict(Tag.objects.values_list("pk", "name"))
    return [
        Step(
            one.batch,
            one.done_on,
            one.by_name,
            f"{comments_counted(batch['count'])}: {did(one, people, tags)}",
            one.by_id == user.pk,
        )
        for batch in batches
        if (one := found[UUID(batch["one"])])
    ]


def did(one: Handling, people: dict[str, str], tags: dict[int, str]) -> str:
    """Return what a step did, in a few words: "Spam"; "assigned to rita"."""
    changes = one.changes
    if "state" in changes:
        return Comment.State(changes["state"][1]).label
    if "assigned_to" in changes:
        return f"assigned to {people.get(str(changes['assigned_to'][1]), 'nobody')}"
    if "urgent" in changes:
        return "marked urgent" if changes["urgent"][1] else "no longer urgent"
    if "tags" in changes:
        was, became = map(set, changes["tags"])
        named = ", ".join(tags.get(pk, "a tag that is gone") for pk in was ^ became)
        return f"{'tagged' if became > was else 'rid of the tag'} “{named}”"
    return "marked read"
