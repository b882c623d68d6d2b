"""Handing in, approving and returning drafts, from an item's form and on a page of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives.admin.base import refuse_unless
from initiatives.admin.conflicts.asking import labels, with_release
from initiatives.admin.lines import LineField
from initiatives.admin.moments import MomentField, foretold, moment_in_words
from initiatives.desk.outcome import outcome, public_path
from initiatives.models import KINDS, Revision, Submission
from initiatives.models.lock import lock_report
from initiatives.publishing import approval, authorship
from initiatives.publishing.batch import messages_of
from initiatives.publishing.carrying import undone
from initiatives.publishing.publish import SAME_ADDRESS, refuse_unexplained
from initiatives.report import comparison
from initiatives.report.states import State


class DecisionForm(forms.Form):
    """What an editor says of a text that waits."""

    remark = LineField(
        max_length=1000,
        required=False,
        label="Remark for the author",
        help_text="Needed to return it: say what to change.",
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
    )
    note = LineField(
        max_length=300,
        required=False,
        label="Change note for the public",
        help_text="What changed and why, in a sentence. Kept when you publish.",
    )
    minor = forms.BooleanField(required=False, label="Minor change, no news for the public")
    at = MomentField(required=False, label="Publish later, at", help_text="Leave empty to publish at once.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # The item's own form on the same page has fields of the same names.
        super().__init__(*args, **{"auto_id": "decision_%s", **kwargs})


@dataclass
class Panel:
    """What a page shows of a submission to one person."""

    submission: Submission
    user: Any
    form: DecisionForm

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has decided it yet."""
        return self.submission.state == Submission.State.WAITING

    @cached_property
    def may_decide(self) -> bool:
        """Whether this person may approve or return it."""
        return self.is_waiting and authorship.may_decide(self.submission, self.user)

    @property
    def is_mine(self) -> bool:
        """Whether this person handed it in."""
        return self.submission.submitted_by_id == self.user.pk

    @property
    def next(self) -> str:
        """Who has to do something now, in words."""
        if self.is_waiting:
            return (
                "You can approve it or return it."
                if self.may_decide
                else "Next: an editor who did not write it."
            )
        if self.published:
            return self.published
        return {
            Submission.State.RETURNED: "Next: the author. Save a better draft and submit it again.",
            Submission.State.OVERTAKEN: "Next: whoever finishes the newer draft submits that.",
            Submission.State.APPROVED: "Next: an editor publishes it.",
        }.get(Submission.State(self.submission.state), "")

    @cached_property
    def published(self) -> str:
        """What became of an approved text that went out or is to, in words; "" for neither."""
        return outcome(self.submission)

    @cached_property
    def url(self) -> str:
        """The address of the page on the site, "" where the text is not on it."""
        return public_path(self.submission) if self.published else ""

    @cached_property
    def live(self) -> Revision | None:
        """What the public reads now."""
        return Revision.objects.live().filter(key=self.submission.key).first()

    @cached_property
    def later(self) -> list[str]:
        """What is scheduled to take the place of the text, and what of it that undoes, in words."""
        text = self.submission.revision
        planned = Revision.objects.upcoming().filter(key=text.key)
        return [
            replaced(one, undone(self.live, text, one))
            for one in planned
            if one.withdrawn or one.digest != text.digest
        ]

    @cached_property
    def differences(self) -> list[comparison.Difference]:
        """What differs from the live text; all of it where nothing is live."""
        text = self.submission.revision
        return comparison.between(self.live or Revision(kind=text.kind, key=text.key), text)


def replaced(planned: Revision, undoes: list[str]) -> str:
    """Return when a planned text takes another one's place, and what it then undoes."""
    at = moment_in_words(planned.live_from) if planned.live_from else ""
    if planned.withdrawn:
        return f"It is scheduled to leave the site {at}."
    words = f", and undoes the change of: {labels(planned, undoes)}" if undoes else ""
    return (
        f"On {at}{with_release(planned)} the text “{planned.title}” of version {planned.number} takes "
        f"its place{words}."
    )


def panel_of(state: State, user: Any) -> Panel | None:
    """Return what an item's form shows about approval, None for nothing."""
    if state.submission is None:
        return None
    text = Submission.objects.select_related("revision").get(pk=state.submission.pk)
    return Panel(text, user, DecisionForm(initial=text.revision.to_say))


@never_cache
@require_http_methods(["GET", "POST"])
def submission_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A submission with its differences from the live text; a POST decides it.

    In: do=approve, publish, return or take_back.
    """
    submission = get_object_or_404(Submission.objects.select_related("revision"), pk=pk)
    model = KINDS[submission.kind]
    refuse_unless(request, "initiatives.view_submission", model.permission("view"))
    item = model._default_manager.filter(key=submission.key).first()
    form = DecisionForm(request.POST or None, initial=submission.revision.to_say)
    if request.method == "POST" and form.is_valid() and carry_out(request, submission, form):
        return redirect(model.desk_path("change", item.pk)) if item else redirect("admin:index")
    submission.refresh_from_db()
    context = {
        **admin.site.each_context(request),
        "title": f"Approval of {submission.revision.title}",
        "panel": Panel(submission, request.user, form),
        "edit_url": model.desk_path("change", item.pk) if item else "",
        "preview_url": model.desk_path("preview", item.pk) if item else "",
        "list_url": model.desk_path("changelist"),
        "kind_plural": model._meta.verbose_name_plural,
    }
    return render(request, "admin/initiatives/approval.html", context)


def carry_out(request: HttpRequest, submission: Submission, form: DecisionForm) -> bool:
    """Do what the button asked and say so; return whether it was done.

    What stands in the way is added to the form.
    """
    act = ACTIONS.get(request.POST.get("do", ""))
    if act is None:
        raise BadRequest("There is no such action.")
    item: Any = KINDS[submission.kind]._default_manager.filter(key=submission.key).first()
    try:
        with transaction.atomic():
            lock_report()
            words = act(submission, request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, messages_of(item, error) if item else error.messages)
        return False
    except IntegrityError:
        form.add_error(None, SAME_ADDRESS)
        return False
    messages.success(request, f"“{submission.revision.title}” {words}")
    if act is publish_form:
        for warning in foretold([submission.revision], form.cleaned_data["at"]):
            messages.warning(request, warning)
    return True


def approve_form(submission: Submission, by: Any, remark: str, note: str, minor: bool, at: Any) -> str:  # noqa: PLR0913, PLR0917
    """Approve it, and keep with it the change note that was typed.

    Raises ValidationError where a time is typed too.
    """
    if at:
        raise ValidationError(
            "A time is typed. Choose “Approve and publish” for that time, or empty it to approve alone."
        )
    approval.approve(submission, by, remark)
    authorship.keep_note(submission.revision, note=note, minor=minor)
    return "is approved. It is not public yet: publish it when it is time."


def publish_form(submission: Submission, by: Any, remark: str, note: str, minor: bool, at: Any) -> str:  # noqa: PLR0913, PLR0917
    """Approve it and put it before the public, now or later, with the reason that every change of a live
    text needs.
    """
    live = Revision.objects.live().filter(key=submission.key).first()
    revision = approval.approve_and_publish(submission, by, remark, at, note=note, minor=minor)
    refuse_unexplained(live, revision, note, minor)
    return "is approved and scheduled." if at else "is approved and published."


def return_form(submission: Submission, by: Any, remark: str, **_: Any) -> str:
    """Return it with the remark."""
    approval.return_(submission, by, remark)
    return "is returned to its author with your remark."


def take_back_form(submission: Submission, by: Any, **_: Any) -> str:
    """Let the author have it back."""
    approval.take_back(submission, by)
    return "no longer waits for approval."


ACTIONS: dict[str, Callable[..., str]] = {
    "approve": approve_form,
    "publish": publish_form,
    "return": return_form,
    "take_back": take_back_form,
}


class ApprovalFilter(admin.SimpleListFilter):
    """Filters a list by where items stand on their way to being approved."""

    title = "approval"
    parameter_name = "approval"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("waiting", "Waiting for approval"),
            ("returned", "Returned or overtaken"),
            ("approved", "Approved, not public"),
        ]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        rows = Submission.objects.filter(key=OuterRef("key"))
        chosen = {"waiting": rows.waiting, "returned": rows.unfinished, "approved": rows.approved_not_public}
        act = chosen.get(self.value() or "")
        return queryset.filter(Exists(act())) if act else queryset
