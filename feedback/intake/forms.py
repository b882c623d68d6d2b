"""The form under every page: yes or no, a comment, or both."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from feedback.text import excess, has_control, is_unseen, show_control, split_at_limit, with_plain_breaks

ANSWERS = {"yes": True, "no": False, "": None}


class CommentField(forms.Field):
    """In: the text as sent.

    Out: the text with plain line breaks, otherwise as typed; "" where nothing of it can be seen.
    """

    widget = forms.Textarea

    def to_python(self, value: str | None) -> str:
        return with_plain_breaks(value or "")

    def validate(self, value: str) -> None:
        over = excess(value)
        if over:
            raise ValidationError(
                f"Your comment is {over} character{'s' if over > 1 else ''} too long. Shorten it, then send "
                "it again."
            )
        if has_control(value):
            raise ValidationError(
                "Some characters of your comment cannot be stored. They now show as “�”. Take them out, "
                "then send again."
            )

    def clean(self, value: str | None) -> str:
        text = super().clean(value)
        return "" if is_unseen(text) else text


class FeedbackForm(forms.Form):
    """Asks for an answer or a comment. `shown_comment` is what the text box holds when the form is shown
    again.
    """

    helpful = forms.Field(required=False)
    comment = CommentField(required=False)

    @property
    def shown_comment(self) -> str:
        """The text that was sent, whole, with what a page cannot show made visible."""
        return show_control(with_plain_breaks(self.data.get("comment", "")))

    @property
    def past_the_limit(self) -> str:
        """The part of that text which is too much; "" where all of it fits."""
        return split_at_limit(self.shown_comment)[1]

    def sent(self, name: str) -> str:
        """Return a field as it was sent, "" where it was not; also one that is no resident's to fill in."""
        return self.data.get(name) or ""

    def clean_helpful(self) -> bool | None:
        """Return True for "yes", False for "no", None for no answer."""
        answer = self.cleaned_data["helpful"] or ""
        if answer not in ANSWERS:
            raise ValidationError("Choose yes or no.")
        return ANSWERS[answer]

    def clean(self) -> dict[str, Any]:
        """Refuse a form that says nothing."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and said["helpful"] is None and not said["comment"]:
            self.add_error("helpful", "Choose yes or no, or write a comment.")
        return said
