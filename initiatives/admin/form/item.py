"""What the admin of every item has: its state, save draft, preview, publish, unpublish."""

from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Exists, OuterRef
from django.forms import Script
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from markdownx.models import MarkdownxField
from markdownx.widgets import AdminMarkdownxWidget

from initiatives.admin.conflicts.asking import ask_first, holds
from initiatives.admin.form.back import BackAdmin
from initiatives.admin.form.beside import BesideAdmin, Written
from initiatives.admin.form.delete import RemovalAdmin
from initiatives.admin.form.forms import ItemForm
from initiatives.admin.form.publishing import PublishingAdmin
from initiatives.admin.form.reviews import CareAdmin, CheckedForm, OwnerFilter, ReviewFilter
from initiatives.admin.form.submitting import missing_seen
from initiatives.admin.moments import foretold
from initiatives.admin.pages.approval import ApprovalFilter, panel_of
from initiatives.admin.pages.bulk import BulkAdmin
from initiatives.admin.pages.preview import PreviewAdmin
from initiatives.checks import before_publish, errors
from initiatives.desk import presence
from initiatives.links.inbound import Mention
from initiatives.links.moves import Move, moves, old_links
from initiatives.models import Release, Revision
from initiatives.models.access import kinds_open_to
from initiatives.permissions import MAY_PUBLISH, SEES_RELEASES
from initiatives.publishing.authorship import keep_note, needs_approval, waiting_of
from initiatives.publishing.beside import prepare_beside
from initiatives.publishing.carrying import Carried
from initiatives.publishing.publish import save_draft
from initiatives.publishing.releases import retell, waiting_releases
from initiatives.publishing.reviews import default_due
from initiatives.report.comparison import Difference, between
from initiatives.report.states import State, states

HTTPS: Any = {models.URLField: {"assume_scheme": "https"}}


class LiveFilter(admin.SimpleListFilter):
    """Filters a list by whether the public sees the item."""

    title = "on the site"
    parameter_name = "live"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Live"), ("no", "Not live")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        live = Exists(Revision.objects.live().filter(key=OuterRef("key")))
        return {"yes": queryset.filter(live), "no": queryset.filter(~live)}.get(self.value() or "", queryset)


class ItemAdmin(BackAdmin, BesideAdmin, BulkAdmin, CareAdmin, PublishingAdmin, PreviewAdmin, RemovalAdmin):
    """The admin of an item. Saving keeps a draft; nothing reaches the public but through Publish."""

    form = ItemForm
    change_form_template = add_form_template = "admin/initiatives/item/change_form.html"
    formfield_overrides = {MarkdownxField: {"widget": AdminMarkdownxWidget}, **HTTPS}
    list_display: Any = ["title", "state_badge"]
    list_filter: ClassVar[Any] = [LiveFilter, ApprovalFilter, ReviewFilter, OwnerFilter]
    search_fields: ClassVar[Any] = ["title", "slug"]

    class Media:
        js = [
            "js/admin-editor.js",
            Script("js/autosave.js", type="module"),
            Script("js/presence.js", type="module"),
        ]

    # Lists

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        keys = [item.key for item in changelist.result_list]
        found, releases = states(keys), releases_for(request.user, keys)
        others = presence.others_editing(keys, request.user)
        for item in changelist.result_list:
            item.state, item.releases = found[item.key], releases.get(item.key, [])
            item.editing = presence.in_short(others.get(item.key, []))
        return changelist

    @admin.display(description="State")
    def state_badge(self, item: Any) -> str:
        state: State = item.state
        badge = format_html('<span class="state state-{}">{}</span>', state.name, state.label)
        if state.to_come:
            badge = format_html('{} <span class="to-come">{}</span>', badge, state.to_come)
        if item.editing:
            badge = format_html('{} <span class="editing">{}</span>', badge, item.editing)
        if state.submission:
            words = '{} <span class="approval approval-{}">{}</span>'
            badge = format_html(words, badge, state.submission.state, state.approval)
        links = ((reverse("admin:release", args=[release.pk]), release) for release in item.releases)
        return badge + format_html_join(
            "", ' <span class="in-release">in release <a href="{}">{}</a></span>', links
        )

    # The form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict | None = None,
    ) -> HttpResponse:
        context = {
            "may_publish": request.user.has_perm(MAY_PUBLISH),
            "may_submit": request.user.has_perm("initiatives.add_submission"),
            "needs_approval": needs_approval,
            "checked_form": CheckedForm(request.POST or None, initial={"next_review": default_due()}),
            **(extra_context or {}),
        }
        item = self.get_object(request, object_id) if object_id else None
        if item:
            context["state"] = states([item.key])[item.key]
            context["holds"] = holds(context["state"], context.get("held"))
            context["to_come"] = foretold([item])
            context["approval"] = panel_of(context["state"], request.user)
            context["differences"] = partial(unseen_differences, context["state"], context["approval"])
            context["care"] = partial(self.care_context, request, item)
            context["releases"] = releases_for(request.user, [item.key]).get(item.key, [])
            context["before_publish"] = partial(before_publish, item)
            context["missing_seen"] = partial(missing_seen, item)
            found = moves(item)
            context["moves"], context["old_links"] = found, partial(links_open_to, request.user, found)
            context["editing"] = presence.presence_sentence(
                presence.others_editing([item.key], request.user).get(item.key, [])
            )
        return super().changeform_view(request, object_id, form_url, context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change or {"section", "pillar", "parent"} & set(form.changed_data):
            obj.place_last()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        names = ("change_note", "minor", "publish_at")
        request.publishing = {name: form.cleaned_data.get(name) for name in names}  # type: ignore[attr-defined]
        if form.held:
            raise Written(prepare_beside(form.instance, request.user), request.publishing)  # type: ignore[attr-defined]
        waiting = waiting_of(form.instance.key)
        before, said = form.instance.revisions.texts().last(), typed_to_say(request, form)
        draft = save_draft(form.instance, request.user)
        request.carried = self.asked_first(request, form.instance, before, draft)  # type: ignore[attr-defined]
        keep_note(draft, **said)
        if "note" in said:
            retell(form.instance.key, before.to_say["note"] if before else "", said["note"])
        if waiting and "_submit" not in request.POST and not waiting_of(form.instance.key):
            words = (
                f"The draft that {waiting.submitted_by_name or 'somebody'} submitted for approval is "
                "overtaken by yours."
            )
            messages.warning(request, f"{words} Submit this one once it is ready.")

    def asked_first(
        self, request: HttpRequest, item: Any, before: Revision | None, draft: Revision
    ) -> list[Carried]:
        """Return what the change is to be carried into, where the form is to be published and is ready.

        Raises AskFirst.
        """
        at = request.publishing["publish_at"] if "_schedule" in request.POST else None  # type: ignore[attr-defined]
        is_going = "_publish" in request.POST or (at is not None and at > timezone.now())
        if not (is_going and before and request.user.has_perm(MAY_PUBLISH)) or (at is None and errors(item)):
            return []
        return ask_first(request, item, before, draft, at)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict | None = None
    ) -> HttpResponse:
        """Lead to the item's revisions, which say more than the admin's own log."""
        item = self.get_object(request, object_id)
        if item is None:
            raise Http404
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        return redirect("admin:item_history", item.key)


def releases_for(user: Any, keys: list[UUID]) -> dict[UUID, list[Release]]:
    """Return the releases that hold these items, by key, for a person who may see releases."""
    return waiting_releases(keys) if user.has_perm(SEES_RELEASES) else {}


def links_open_to(user: Any, found: list[Move]) -> list[Mention]:
    """Return the links to addresses that change, in what is public or a person may open."""
    kinds = kinds_open_to(user)
    return [one for one in old_links(found) if one.state == "live" or one.source.kind in kinds]


def unseen_differences(state: State, panel: Any) -> list[Difference]:
    """Return what a draft says otherwise than the live text; nothing where there is none, or its approval
    shows it already.

    In: what the form shows of the approval, None for nothing.
    """
    if (
        (panel and panel.is_waiting)
        or not state.live
        or not state.newest
        or state.live.digest == state.newest.digest
    ):
        return []
    return between(state.live, state.newest)


def typed_to_say(request: HttpRequest, form: Any) -> dict[str, Any]:
    """Return what a form has to go out with the draft: of the note and the tick beside it those that the
    person was shown.
    """
    shown = {"note": "change_note" in form.data, "minor": request.user.has_perm(MAY_PUBLISH)}
    said = {"note": form.cleaned_data["change_note"], "minor": form.cleaned_data["minor"]}
    return {name: value for name, value in said.items() if shown[name]}
