"""“Edit what is on the site now”: the form with the public text while another waits, and a publish that
leaves that waiting.
"""

from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.html import format_html

from initiatives.admin.base import refuse_unless
from initiatives.admin.conflicts.asking import AskFirst, ask_first
from initiatives.admin.conflicts.conflict import Pending
from initiatives.admin.conflicts.save import SafeFormAdmin, told_saved
from initiatives.admin.conflicts.values import sorts_of_rows
from initiatives.admin.form.publishing import to_the_note
from initiatives.admin.form.reviews import record_check
from initiatives.desk import presence
from initiatives.models import Revision
from initiatives.models.lock import lock_report
from initiatives.permissions import MAY_PUBLISH
from initiatives.publishing import beside
from initiatives.publishing.batch import messages_of
from initiatives.publishing.publish import SAME_ADDRESS, UNEXPLAINED
from initiatives.publishing.restore import copy_onto

REFUSED = "Nothing is saved and nothing is published yet:"
ONLY_PUBLISH = (
    "This form holds the text on the site. It can only be published: what waits is edited in its own form."
)
SAME_TEXT = "Nothing was published: the site says this already."
DONE = "“{}” is published, and what waits goes on waiting. {}"


class Written(Exception):  # noqa: N818 - nothing went wrong
    """Raised in the middle of a save of the public text's form: the text is known, and the save is to be
    undone.
    """

    def __init__(self, prepared: beside.Prepared, said: dict[str, Any]) -> None:
        super().__init__()
        self.prepared, self.said = prepared, said


class BesideAdmin(SafeFormAdmin):
    """Shows the public text in an item's form at ?text=live, and publishes it beside what waits."""

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        if request.GET.get("text") != "live":
            return super().change_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            lock_report()
            item = self.get_object(request, unquote(object_id))
            if item is None:
                return super().change_view(request, object_id, form_url, extra_context)
            refuse_unless(request, MAY_PUBLISH, item.permission("change"))
            live, newest = item.revisions.live().first(), item.revisions.texts().last()
            if live is None or live.digest == newest.digest:
                return redirect(self.address("change", item))
            if request.method == "POST":
                return self.sent_beside(request, item, live)
            presence.open_form(item, request.user)
            return self.look(request, item, live, None, None)

    def look(
        self, request: HttpRequest, item: Any, live: Revision, data: QueryDict | None, pending: Pending | None
    ) -> HttpResponse:
        """Return the form with the public text, or what was sent of it; the working copy is as before at the
        end.

        In: what was sent; why it is shown again. Raises Written where it is to be published.
        """
        with beside.for_a_look():
            copy_onto(live)
            request.held = live  # type: ignore[attr-defined]
            if data is not None:
                request.POST = sent = data.copy()  # type: ignore[assignment]
                self.name_rows(request, item, live, sent)
                pending = pending or self.compare(request, item)
            request.pending = pending  # type: ignore[attr-defined]
            response: Any = self.changeform_view(request, str(item.pk), "", {"held": live})
            if pending and hasattr(response, "context_data"):
                response.context_data["errors"] = None
            return response.render() if hasattr(response, "render") else response

    def name_rows(self, request: HttpRequest, item: Any, live: Revision, data: QueryDict) -> None:
        """Give the rows that were sent the numbers that the same rows have now: each time they are made
        anew.
        """
        is_same = data.get("base_revision") == str(live.number)
        for rows in sorts_of_rows(self, request, item):
            there = rows.theirs()
            for n in range(rows.count(data, "INITIAL")):
                data[f"{rows.prefix}-{n}-{rows.pk}"] = (
                    there[n].id if is_same and n < len(there) else f"-{n + 1}"
                )

    def sent_beside(self, request: HttpRequest, item: Any, live: Revision) -> HttpResponse:
        """Publish the form that was sent, or show it again with what stands in the way.

        The caller has the lock.
        """
        data = request.POST.copy()
        refused = None if "_publish" in data else Pending("refused", ONLY_PUBLISH)
        try:
            return self.look(request, item, live, data, refused)
        except Written as written:
            try:
                with transaction.atomic():
                    return self.put_out(request, item, live, written)
            except AskFirst as ask:
                pending = ask.pending
            except ValidationError as error:
                pending = refusal_beside([*messages_of(item, error), *to_the_note(error)])
            except IntegrityError:
                pending = refusal_beside([SAME_ADDRESS])
        except ValidationError as error:
            pending = refusal_beside(messages_of(item, error))
        return self.look(request, item, live, data, pending)

    def put_out(self, request: HttpRequest, item: Any, live: Revision, written: Written) -> HttpResponse:
        """Publish what was written and say so. Raises AskFirst and ValidationError."""
        draft, note, minor = written.prepared.draft, written.said["change_note"], written.said["minor"]
        if draft.digest == live.digest:
            raise ValidationError(SAME_TEXT)
        if not (note or minor):
            raise ValidationError(UNEXPLAINED)
        carried = ask_first(request, item, live, draft)
        beside.publish_beside(item, written.prepared, request.user, note, minor)
        if carried:
            beside.carry_on(item, request.user, carried)
        record_check(request, item)
        self.log_change(request, item, "Published beside what waits.")
        more = "It has your change too." if carried else ""
        messages.success(request, format_html("{} {}", DONE.format(draft.title, more), self.link_to(item)))
        return told_saved(request, redirect(self.address("change", item)))

    def link_to(self, item: Any) -> Any:
        """Return a link to the item's page on the site, "" where it has none."""
        url = self.view_on_site(item)
        return format_html('<a href="{}">See it on the site</a>.', url) if url else ""


def refusal_beside(reasons: list[str]) -> Pending:
    """Return why nothing is published."""
    return Pending("refused", REFUSED, kept=reasons)
