"""The form of an item never costs anybody their text: not when two save at once, not when the item was
deleted meanwhile, not
when Save is pressed twice.
"""

import re
from typing import Any
from uuid import UUID

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from initiatives.admin.base import DeskAdmin
from initiatives.admin.conflicts.asking import AskFirst
from initiatives.admin.conflicts.conflict import Conflict, Pending, as_new
from initiatives.desk import presence
from initiatives.models import Revision
from initiatives.models.lock import lock_report

# The browser keeps what is typed until it is told, in this cookie, that the copy with this name was saved.
SAVED_COOKIE = "saved_copies"
COPY_NAME = re.compile(r"[0-9a-f-]{36}")
OVERTAKEN = (
    "{} saved this item while you were working on it. Nothing of yours is lost, and nothing is saved yet."
)
UNANSWERED = "Choose for each text that both of you changed. Nothing is saved yet."
DELETED = (
    "{} deleted this item while you were working on it. Your text is below. Save it to bring the item "
    "back as a draft."
)
BROUGHT_BACK = "Here is what you typed before. It is not saved yet."


class SafeFormAdmin(DeskAdmin):
    """Saves an item's form, or shows it again with what has to be decided first."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if request.method == "POST":
            return self.sent(request, None, form_url, extra_context)
        return super().add_view(request, form_url, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if request.method == "POST":
            return self.sent(request, object_id, form_url, extra_context)
        item = self.get_object(request, unquote(object_id))
        if item is None and self.has_add_permission(request):
            return self.gone(request, object_id)
        if item and self.has_change_permission(request, item):
            presence.open_form(item, request.user)
        return super().change_view(request, object_id, form_url, extra_context)

    def sent(
        self, request: HttpRequest, object_id: str | None, form_url: str, extra_context: dict | None
    ) -> HttpResponse:
        """Save the form that was sent, or show it again. Nobody else saves from the comparison to the end."""
        with transaction.atomic():
            lock_report()
            item = self.item_of(request, object_id)
            pending = None
            if item:
                pending = self.compare(request, item) if self.has_change_permission(request, item) else None
                object_id = str(item.pk)
            elif object_id is not None and self.was_deleted(request):
                pending, object_id = self.deleted(request, object_id), None
            if pending is None and "_bring_back" in request.POST:
                pending = Pending("brought back", BROUGHT_BACK)
            request.pending = pending  # type: ignore[attr-defined]
            try:
                with transaction.atomic():
                    response = self.changeform_view(request, object_id, form_url, extra_context)
            except AskFirst as ask:
                request.pending = pending = ask.pending  # type: ignore[attr-defined]
                response = self.changeform_view(request, object_id, form_url, extra_context)
        if pending and hasattr(response, "context_data"):
            response.context_data["errors"] = None  # what is pending says it better, at the top
        return response

    def item_of(self, request: HttpRequest, object_id: str | None) -> Any:
        """Return the item that the form is about: by its number, for a new one that was saved already by
        its key.
        """
        if object_id is None:
            return self.model._default_manager.filter(key=self.key_sent(request)).first()
        return self.get_object(request, unquote(object_id))

    def key_sent(self, request: HttpRequest) -> UUID | None:
        """Return the item's key as the form names it, None where it names none."""
        try:
            return UUID(request.POST.get("item_key", ""))
        except ValueError:
            return None

    def compare(self, request: HttpRequest, item: Any) -> Pending | None:
        """Bring the form together with what was saved since it was opened; return what is to be decided,
        if anything.
        """
        data: QueryDict = request.POST.copy()
        is_new = not data.get("base_revision") and "item_key" in data
        if is_new:
            data["base_revision"] = str(item.revisions.first().number)
        conflict = Conflict(self, request, item, data)
        conflict.take_answers()
        if conflict.is_overtaken or conflict.unanswered or is_new:
            conflict.bring_together()
        request.POST = data  # type: ignore[assignment]
        pending, newest = conflict.pending, conflict.newest
        if newest is None or not (conflict.is_overtaken or pending.questions):
            return None
        mine = newest.author_id == request.user.pk
        pending.who = "You, in another tab or window," if mine else newest.author_name or "Somebody"
        pending.when = newest.created
        pending.message = OVERTAKEN.format(pending.who) if conflict.is_overtaken else UNANSWERED
        return pending

    # Deleted meanwhile

    def was_deleted(self, request: HttpRequest) -> bool:
        """Say whether the form is of an item that has a record and no working copy, and the person may
        make it anew.
        """
        key = self.key_sent(request)
        recorded = Revision.objects.filter(key=key, kind=self.model.kind).exists() if key else False
        return recorded and self.has_add_permission(request)

    def deleted(self, request: HttpRequest, object_id: str) -> Pending | None:
        """Turn the form that was sent into one for a new item with the old key; ask first, once."""
        data = request.POST.copy()
        as_new(self, request, data)
        data["base_revision"] = ""
        request.POST = data  # type: ignore[assignment]
        if "_deleted_seen" in data:
            return None
        entry = self.deletion(object_id)
        return Pending("deleted", DELETED.format(presence.name(entry.user) if entry else "Somebody"))

    def deletion(self, object_id: str) -> LogEntry | None:
        """Return who deleted the item with a number and when, None where nobody did."""
        kind = ContentType.objects.get_for_model(self.model)
        return LogEntry.objects.filter(content_type=kind, object_id=object_id, action_flag=DELETION).first()

    def gone(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say that the item is not there. The page offers what the browser keeps of its form."""
        kind, entry = self.opts.verbose_name, self.deletion(unquote(object_id))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"This {kind} was deleted" if entry else f"There is no such {kind}",
            "entry": entry,
            "who": presence.name(entry.user) if entry else "",
        }
        return render(request, "admin/initiatives/item/gone.html", context, status=404)

    # What the form and the browser are told

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        form.pending = getattr(request, "pending", None)  # type: ignore[attr-defined]
        form.held = getattr(request, "held", None)  # type: ignore[attr-defined]
        return form

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return told_saved(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return told_saved(request, super().response_change(request, obj))


def told_saved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response with word for the browser that the copy it keeps of this form is not needed any
    more.
    """
    copy = request.POST.get("kept_copy", "")
    if COPY_NAME.fullmatch(copy):
        names = [
            name for name in request.COOKIES.get(SAVED_COOKIE, "").split(".") if COPY_NAME.fullmatch(name)
        ]
        response.set_cookie(
            SAVED_COOKIE,
            ".".join([*names[-19:], copy]),
            max_age=30 * 24 * 60 * 60,
            path="/admin/",
            secure=request.is_secure(),
            samesite="Lax",
        )
    return response
