"""The page on which a reviewer takes words out of a comment for good: first a look at the result, then for
good.

What looks personal stays hidden here too: it is named by what it is. To see it is on record
(feedback/admin/comment.py).
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods

from feedback import personal
from feedback.admin.base import inbox_frame, sure_selection
from feedback.admin.comment import found
from feedback.contacts import Public
from feedback.inbox.addresses import inbox_address
from feedback.inbox.redaction import missing, redact_comment, without
from feedback.models import Comment
from feedback.permissions import CHANGE
from initiatives.admin.base import only
from initiatives.admin.lines import LineField


class RedactionForm(forms.Form):
    """Asks which passages to replace and why. `passages` holds those found and those typed, once valid.

    `seen` names the text that the form was made from, so that no number means another passage after a
    colleague's redaction.
    """

    found = forms.MultipleChoiceField(
        label="What looks personal", required=False, widget=forms.CheckboxSelectMultiple
    )
    typed = forms.CharField(
        label="Other words to remove",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text="One passage on each line, as it stands in the comment. It is replaced wherever it stands.",
    )
    seen = forms.CharField(widget=forms.HiddenInput)
    reason = LineField(
        label="Reason", max_length=300, help_text="It stays on record. Do not repeat what you remove."
    )

    def __init__(self, data: Any, comment: Comment) -> None:
        super().__init__(data, label_suffix="")
        self.comment = comment
        self.public = Public()
        self.findings = personal.find_personal(comment.text, self.public)
        field: Any = self.fields["found"]
        field.choices = [
            (str(number), f"{personal.KINDS[one.kind]}, {one.end - one.start} characters".capitalize())
            for number, one in enumerate(self.findings)
        ]
        field.initial = [number for number, _ in field.choices]
        self.fields["seen"].initial = digest(comment.text)

    @property
    def passages(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["typed"].splitlines()]
        found = (self.findings[int(number)] for number in self.cleaned_data["found"])
        return [*(self.comment.text[one.start : one.end] for one in found), *(line for line in lines if line)]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("seen") != digest(self.comment.text):
            raise ValidationError("The comment was changed meanwhile. Open this page anew.")
        if self.errors:
            return said
        lost = missing(self.comment.text, self.passages)
        if lost:
            self.add_error("typed", f"Not in the comment: {'; '.join(lost)}. Type it as it stands there.")
        elif not self.passages:
            self.add_error("typed", "Choose or type what is to be removed.")
        elif without(said["reason"], self.passages)[1]:
            self.add_error("reason", "The reason repeats what you remove. Say it in other words.")
        return said


def digest(text: str) -> str:
    """Return what tells a text from others and gives nothing of it away."""
    return salted_hmac("feedback.redacting", text).hexdigest()


@require_http_methods(["GET", "HEAD", "POST"])
@only(CHANGE)
def redact_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The form; with `look` the result beside it; with `redact` it is done."""
    comment, selected = found(pk), sure_selection(request)
    form = RedactionForm(request.POST if request.method == "POST" else None, comment)
    result = ""
    if form.is_bound and form.is_valid():
        if "redact" in request.POST and finish(request, comment, form):
            return redirect(inbox_address("change", selected.query(), pk))
        result = personal.masked(without(comment.text, form.passages)[0], form.public)
    comment.masked = personal.masked(comment.text, form.public)  # type: ignore[attr-defined]
    title = f"Redact a comment on {comment.title}"
    context = inbox_frame(
        request,
        f"Error: {title}" if form.errors else title,
        comment=comment,
        form=form,
        result=result,
        query=selected.query(),
    )
    return render(request, "admin/feedback/redact.html", context)


def finish(request: HttpRequest, comment: Comment, form: RedactionForm) -> bool:
    """Redact, and say so. Out: whether it was done; a colleague may have been quicker."""
    try:
        done = redact_comment(comment, request.user, form.passages, form.cleaned_data["reason"])
    except ValidationError as error:
        form.add_error(None, error)
        return False
    messages.success(
        request, f"Removed for good: {done.passages} passage{'' if done.passages == 1 else 's'}."
    )
    return True
