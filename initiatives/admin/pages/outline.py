"""The report as a tree in the admin: what is live, what is not, and the order, changed by buttons."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives.admin.base import only, refuse_unless
from initiatives.desk import presence
from initiatives.models import Initiative, Item, Pillar, Section
from initiatives.models.lock import lock_report
from initiatives.permissions import MAY_PUBLISH
from initiatives.publishing.beside import publish_position
from initiatives.publishing.publish import save_draft
from initiatives.report.states import State, states
from portal.digits import whole_number

MODELS: dict[str, type[Item]] = {"pillar": Pillar, "section": Section, "initiative": Initiative}


@dataclass
class Row:
    """An item in the outline with what is below it; `place` is where it stands among its siblings."""

    item: Any
    state: State
    below: list["Row"] = field(default_factory=list)
    is_first: bool = False
    is_last: bool = False
    editing: str = ""

    @property
    def ref(self) -> str:
        """What names the item in a form: its kind and number."""
        return f"{self.item.kind}-{self.item.pk}"

    @property
    def edit_url(self) -> str:
        """The path of the item's form."""
        return self.item.desk_path("change", self.item.pk)

    @property
    def groups(self) -> Iterator[tuple[str, list["Row"]]]:
        """The rows below by kind: an order is an order of one kind."""
        for kind in ("initiative", "section"):
            rows = [row for row in self.below if row.item.kind == kind]
            if rows:
                yield kind, rows

    @property
    def order_differs(self) -> bool:
        """Whether the live order of what is below is another than the order here."""
        return any(differs(rows, self.item.key) for _, rows in self.groups)


def differs(rows: list[Row], parent: UUID | None = None) -> bool:
    """Say whether the public sees those of these siblings that are live there in another order than this one.

    In: the siblings in their order; the key of what they hang on, None for pillars.
    """
    found = [row.state.live for row in rows if row.state.live and row.state.live.parent == parent]
    live = [(revision.position, revision.title) for revision in found]
    return live != sorted(live)


def build() -> tuple[list[Row], list[Row]]:
    """Return the pillars with all below them, and the drafts without a place; in eight queries whatever
    the report's size.
    """
    pillars, sections = list(Pillar.objects.all()), list(Section.objects.all())
    initiatives = list(Initiative.objects.defer("body"))
    found = states(item.key for item in (*pillars, *sections, *initiatives))
    rows = {(item.kind, item.pk): Row(item, found[item.key]) for item in (*pillars, *sections, *initiatives)}
    loose: list[Row] = []
    for item in (*sections, *initiatives):
        above = place_of(item)
        (rows[above].below if above else loose).append(rows[item.kind, item.pk])
    top = [rows["pillar", pillar.pk] for pillar in pillars]
    mark_ends(top)
    for row in rows.values():
        for _, group in row.groups:
            mark_ends(group)
    return top, loose


def place_of(item: Any) -> tuple[str, int] | None:
    """Return kind and number of what a section or an initiative hangs on, None for a draft without a
    place.
    """
    pillar, section = (item.pillar_id, item.parent_id) if item.kind == "section" else (None, item.section_id)
    return ("section", section) if section else ("pillar", pillar) if pillar else None


def mark_ends(rows: list[Row]) -> None:
    """Mark the first and the last of siblings."""
    if rows:
        rows[0].is_first = rows[-1].is_last = True


def tell_editing(rows: list[Row], user: Any) -> None:
    """Note in the rows who else is editing what, in one query."""
    everything, waiting = [], list(rows)
    while waiting:
        row = waiting.pop()
        everything.append(row)
        waiting += row.below
    found = presence.others_editing([row.item.key for row in everything], user)
    for row in everything:
        row.editing = presence.in_short(found.get(row.item.key, []))


@require_safe
@never_cache
@only([kind.permission("view") for kind in MODELS.values()])
def outline_page(request: HttpRequest) -> HttpResponse:
    """The outline page."""
    rows, loose = build()
    tell_editing([*rows, *loose], request.user)
    context = {
        **admin.site.each_context(request),
        "title": "Outline of the report",
        "rows": rows,
        "loose": loose,
        "order_differs": differs(rows),
        "may_move": request.user.has_perm("initiatives.change_initiative"),
        "may_publish": request.user.has_perm(MAY_PUBLISH),
    }
    return render(request, "admin/initiatives/outline.html", context)


@require_POST
@transaction.atomic
def reorder(request: HttpRequest) -> HttpResponse:
    """Move an item up or down among its siblings, or put the order of what is below an item before the
    public.
    """
    action, _, ref = request.POST.get("do", "").partition(":")
    lock_report()
    if action == "publish":
        publish_order(request, ref)
    elif action in ("up", "down"):
        swap_with_sibling(request, item_named(ref), -1 if action == "up" else 1)
    else:
        raise BadRequest("There is no such action.")
    return redirect(reverse("admin:outline") + (f"#{ref}" if ref else ""))


def item_named(ref: str) -> Any:
    """Return the item that a form named. Raises BadRequest or Http404."""
    kind, _, number = ref.partition("-")
    pk = whole_number(number)
    if kind not in MODELS or pk is None:
        raise BadRequest("There is no such item.")
    return get_object_or_404(MODELS[kind]._default_manager, pk=pk)


def swap_with_sibling(request: HttpRequest, item: Any, by: int) -> None:
    """Change places with the sibling before (-1) or after (1); at an end nothing happens.

    Recorded as drafts.
    """
    refuse_unless(request, item.permission("change"))
    order = list(item.siblings().order_by("position", "title"))
    place = order.index(item)
    if not 0 <= place + by < len(order):
        return
    order[place], order[place + by] = order[place + by], order[place]
    places = sorted({sibling.position for sibling in order})
    for position, sibling in zip(
        places if len(places) == len(order) else range(len(order)), order, strict=True
    ):
        if sibling.position != position:
            sibling.position = position
            sibling.save(update_fields=["position"])
            save_draft(sibling, request.user)
    messages.success(request, f"“{item}” is moved. Visitors see the new order once you publish it.")


def publish_order(request: HttpRequest, ref: str) -> None:
    """Put the order of what is below an item, or of the pillars where none is named, before the public."""
    refuse_unless(request, MAY_PUBLISH)
    for item in children(item_named(ref)) if ref else Pillar.objects.all():
        publish_position(item, request.user)
    messages.success(request, "The order is published.")


def children(item: Any) -> list[Item]:
    """Return the working copies directly below an item."""
    if item.kind == "pillar":
        return list(item.sections.all())
    return [*item.subsections.all(), *item.initiatives.all()] if item.kind == "section" else []
