"""One comment: what was said, where, and what reviewers did with it."""

from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from feedback import personal
from feedback.admin.base import inbox_frame, sure_selection
from feedback.admin.inbox import buttons, dressed
from feedback.contacts import Public
from feedback.inbox.addresses import inbox_address
from feedback.inbox.handling import record
from feedback.inbox.selection import Selection
from feedback.models import Comment, Note, Tag
from feedback.pages import shows_settings
from feedback.permissions import CHANGE, VIEW
from feedback.text import show_control, unsteered
from initiatives.admin.base import only
from initiatives.models import KINDS
from initiatives.report.report import Report

MAX_NOTE = 2000
FIELD_WORDS = {
    "state": "State",
    "assigned_to": "Assigned to",
    "tags": "Tags",
    "read_on": "First read",
    "urgent": "Urgent",
    "shown": "Hidden parts shown",
}


@dataclass(frozen=True)
class Place:
    """Where in the report a comment belongs: the titles above, the version read, and where a member of
    staff may edit it.
    """

    above: str = ""
    version: int | None = None
    is_newest: bool = True
    edit_url: str = ""


def place_in_report(comment: Comment, report: Report, user: Any, back: str = "") -> Place:
    """Return where a comment's page is in the report of today.

    At most one query; `back` is the path to return to.
    """
    node = report.by_key.get(comment.item) if comment.item else None
    if node is None:
        node = next((node for node in report.nodes if node.url == comment.page), None)
    if node is None:
        settings = report.site.revision if report.site and shows_settings(comment.page) else comment.version
        return Place(version=comment.version, is_newest=comment.version in (None, settings))
    edit, model = "", KINDS[node.kind]
    if user.has_perm(model.permission("change")):
        pk = model._default_manager.filter(key=node.key).values_list("pk", flat=True).first()
        here = back or inbox_address("change", "", comment.pk)
        edit = f"{model.desk_path('change', pk)}?{urlencode({'back': here})}" if pk else ""
    above = " › ".join(one.title for one in node.ancestors)
    return Place(above, comment.version, comment.version in (None, node.revision), edit)


@require_safe
@only(VIEW)
def comment_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A comment with what looks personal hidden. The query is that of the list it was opened from."""
    return render_comment(request, found(pk), sure_selection(request))


@require_POST
@only(CHANGE)
def reveal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The same with nothing hidden. Who looked is on record."""
    comment = found(pk)
    record(uuid4(), request.user, {comment: {"shown": [None, personal.flags(comment.text, Public())]}})
    return render_comment(request, comment, sure_selection(request), whole=True)


def found(pk: UUID) -> Comment:
    return get_object_or_404(
        Comment.objects.select_related("assigned_to", "answer").prefetch_related("tags"),
        pk=pk,
    )


def render_comment(
    request: HttpRequest, comment: Comment, selected: Selection, whole: bool = False, note: str = ""
) -> HttpResponse:
    """Render the page of a comment, with nothing hidden where `whole`, and with a note that could not be
    kept in its box.
    """
    here = inbox_address("change", selected.query(), comment.pk)
    context = inbox_frame(
        request,
        f"Comment on {comment.title}",
        comment=dressed(comment, Public()),
        whole=unsteered(comment.text) if whole else "",
        place=place_in_report(comment, selected.report, request.user, here),
        selection=selected,
        note=note,
        query=selected.query(),
        buttons=buttons(comment.state, comment.urgent),
        seen=comment.state,
        events=events(comment),
        answer_url=f"{reverse('admin:feedback_answer_add')}?comments={comment.pk}"
        if comment.date < localdate()
        else "",
    )
    return render(request, "admin/feedback/comment.html", context)


@dataclass(frozen=True)
class Event:
    """Something that was done with a comment, and on which day."""

    done_on: date
    by: str
    words: str
    note: str = ""


def events(comment: Comment) -> list[Event]:
    """Return notes, handlings and redactions, by day, oldest first."""
    people = {str(pk): name for pk, name in get_user_model()._default_manager.values_list("pk", "username")}
    tags = {tag.pk: tag.name for tag in Tag.objects.all()}
    notes = (Event(note.done_on, note.by_name, "Note", note.text) for note in comment.notes.all())
    redactions = (
        Event(
            one.done_on,
            one.by_name,
            f"Redacted {one.passages} passage{'' if one.passages == 1 else 's'}: {one.reason}",
        )
        for one in comment.redactions.all()
    )
    handlings = (
        Event(
            one.done_on,
            one.by_name,
            told_changes(one.changes, people, tags) + (" (taken back)" if one.taken_back else ""),
        )
        for one in comment.handlings.all()
    )
    return sorted(chain(notes, redactions, handlings), key=lambda event: event.done_on)


def told_changes(changes: dict[str, list[Any]], people: dict[str, str], tags: dict[int, str]) -> str:
    """Return changes in words, always in one order: "State: New → Closed"."""
    return "; ".join(
        FIELD_WORDS[name]
        if name == "shown"
        else (
            f"{FIELD_WORDS[name]}: {told_value(name, was, people, tags)} → "
            f"{told_value(name, now, people, tags)}"
        )
        for name, (was, now) in sorted(changes.items(), key=lambda change: [*FIELD_WORDS].index(change[0]))
    )


def told_value(name: str, value: Any, people: dict[str, str], tags: dict[int, str]) -> str:
    if name == "tags":
        return ", ".join(tags.get(pk, "a tag that is gone") for pk in value) or "none"
    if name == "state":
        return Comment.State(value).label
    if name == "assigned_to" and value is not None:
        return people.get(str(value), "somebody who is gone")
    if name == "urgent":
        return "yes" if value else "no"
    return str(value or "none")


@require_POST
@only("feedback.add_note")
def note(request: Any, pk: UUID) -> HttpResponse:
    """Keep a remark for colleagues."""
    comment, selected = found(pk), sure_selection(request)
    text = show_control(request.POST.get("note", "").strip())
    if not text or len(text) > MAX_NOTE:
        messages.error(request, f"Type a note of at most {MAX_NOTE:,} characters; this has {len(text):,}.")
        return render_comment(request, comment, selected, note=text)
    Note.objects.create(comment=comment, by=request.user, by_name=request.user.get_username(), text=text)
    messages.success(request, "The note is kept.")
    return redirect(inbox_address("change", selected.query(), pk))
