"""The buttons of an item's form that go beyond saving: preview, publish, schedule."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html

from initiatives.admin.base import DeskAdmin, refuse_unless
from initiatives.admin.form.reviews import record_check
from initiatives.admin.form.submitting import hand_in, word_to_approver
from initiatives.admin.moments import foretold, moment_in_words
from initiatives.models import Revision
from initiatives.permissions import MAY_PUBLISH
from initiatives.publishing import beside
from initiatives.publishing.batch import messages_of
from initiatives.publishing.publish import SAME_ADDRESS, UNEXPLAINED, publish, refuse_unexplained, schedule

TO_THE_NOTE = format_html('<a href="#id_change_note" autofocus>{}</a>', "Go to the change note")

CHECKED_TOO_EARLY = (
    "“I checked the whole text” is not kept: it is a review of what the public reads, and that is not this "
    "text yet. "
    "Once it is out, choose “Reviewed, nothing changed”."
)


class PublishingAdmin(DeskAdmin):
    """Publishes an item from its form, now or later."""

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self.respond(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.respond(request, obj) or super().response_change(request, obj)

    def respond(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Do what the button asked beyond saving; return where to go, None for the admin's own way."""
        if "_submit" in request.POST:
            hand_in(request, obj)
            return None if "_popup" in request.POST else redirect(self.address("change", obj))
        self.tell_unsent(request, obj)
        if "_publish" in request.POST or "_schedule" in request.POST:
            self.publish(request, obj, **request.publishing)  # type: ignore[attr-defined]
        if "_popup" in request.POST:
            return None
        if "_preview" in request.POST:
            return redirect(self.address("preview", obj))
        if "_publish" in request.POST or "_schedule" in request.POST:
            return redirect(self.address("change", obj))
        if "_draft" in request.POST:
            messages.success(request, "The draft is saved. The public does not see it until it is published.")
            return redirect(self.address("change", obj))
        return None

    def tell_unsent(self, request: HttpRequest, obj: Any) -> None:
        """Hand back what was typed for another button than the one pressed: it is not kept with the draft."""
        word = word_to_approver(request)
        if word:
            messages.warning(
                request,
                f"Your word to the person who approves is not sent: “{word}” Choose “Submit for approval”.",
            )
        if {"_publish", "_schedule"} & request.POST.keys():
            return
        publishing, newest = request.publishing, obj.revisions.texts().last()  # type: ignore[attr-defined]
        if publishing["publish_at"]:
            messages.warning(
                request,
                (
                    f"Nothing is scheduled for {moment_in_words(publishing['publish_at'])}. Choose "
                    "“Schedule” "
                    "for that."
                ),
            )
        note = publishing["change_note"]
        if note and newest.live_from and note != newest.note:
            messages.warning(
                request, f"Your change note is not kept, for nothing in the text changed: “{note}”"
            )

    def publish(
        self, request: HttpRequest, obj: Any, change_note: str, minor: bool, publish_at: datetime | None
    ) -> None:
        """Publish the item, now or at the time typed, and say so, or say what is missing.

        Raises PermissionDenied for those who may not.
        """
        refuse_unless(request, MAY_PUBLISH)
        try:
            with transaction.atomic():
                live = obj.revisions.live().first()
                if "_publish" in request.POST and publish_at:
                    raise ValidationError(
                        f"Now, or {moment_in_words(publish_at)}? Choose “Schedule” for then, or empty the "
                        "time for now."
                    )
                if "_schedule" in request.POST:
                    if publish_at is None:
                        raise ValidationError("Type when it should be published.")
                    revision = schedule(obj, request.user, publish_at, change_note, minor)
                else:
                    revision = publish(obj, request.user, change_note, minor)
                refuse_unexplained(live, revision, change_note, minor)
                if request.carried:  # type: ignore[attr-defined]
                    beside.carry_on(obj, request.user, request.carried)  # type: ignore[attr-defined]
                if "_publish" in request.POST:
                    record_check(request, obj)
        except ValidationError as error:
            for message in [*messages_of(obj, error), *to_the_note(error)]:
                messages.error(request, message)
            messages.warning(request, "Your draft is saved, but it is not published.")
        except IntegrityError:
            messages.error(request, SAME_ADDRESS)
        else:
            self.tell_done(request, obj, live, revision, publish_at if "_schedule" in request.POST else None)

    def tell_done(
        self, request: HttpRequest, obj: Any, live: Revision | None, revision: Revision, at: datetime | None
    ) -> None:
        """Say what was published or, for a moment, scheduled; and where the public reads this text
        already, that nothing was.
        """
        if at:
            messages.success(
                request,
                f"“{obj}” is scheduled for {moment_in_words(at)}. You can change that under “Scheduled”.",
            )
            if "checked" in request.POST:
                messages.warning(request, CHECKED_TOO_EARLY)
        elif revision == live:
            messages.warning(request, unchanged(obj, live))
        else:
            link = self.view_on_site(obj)
            words = (
                "“{}” is published."
                if not link
                else '“{}” is published. <a href="{}">See it on the site</a>.'
            )
            messages.success(request, format_html(words, obj, link))
        self.foretell(request, obj, at)

    def foretell(self, request: HttpRequest, obj: Any, at: datetime | None = None) -> None:
        """Say what is scheduled to take the item's place after what was just done."""
        for warning in foretold([obj], at):
            messages.warning(request, warning)


def to_the_note(error: ValidationError) -> list[str]:
    """Return a link to the field of the change note, which takes the focus, where that is what is missing."""
    return [TO_THE_NOTE] if UNEXPLAINED in error.messages else []


def unchanged(item: Any, live: Revision) -> str:
    """Return why a publish changed nothing; a new place in the order is told apart from a new text."""
    words = f"“{item}” is on the site with this very text already: nothing was published."
    if item.position == live.position:
        return words
    return (
        f"{words} Only its place in the list is new: the outline publishes that, with “Publish this order”."
    )
