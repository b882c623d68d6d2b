"""The desk of answers: a reviewer writes one to one or several comments, an editor publishes it."""

from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from feedback.contacts import Public
from feedback.inbox.answering import tie
from feedback.inbox.selection import Selection
from feedback.models import Answer, Comment
from feedback.permissions import CHANGE
from feedback.personal import masked
from initiatives.admin.form.forms import ItemForm
from initiatives.admin.form.item import ItemAdmin
from initiatives.permissions import MAY_PUBLISH
from initiatives.report import history
from initiatives.report.report import Report

CHANGES_OFFERED = 100
MOST_COMMENTS = 1000
IN_ADDRESS = 50  # more comments would make an address too long
TIED = "Comments that it answers"
TOO_EARLY = (
    "Comments of today are left out: an answer can be to them from tomorrow on. When an answer went out is "
    "public, "
    "and would tell that they came before it."
)


def pages_offered() -> list[tuple[str, str]]:
    """Return key and title of each page that an answer can stand on, in reading order."""
    report = Report.live()
    home = [(str(report.site.key), "Home page")] if report.site else []
    return home + [
        (str(node.key), " › ".join(one.title for one in [*node.ancestors, node])) for node in report.nodes
    ]


def changes_offered() -> list[tuple[str, str]]:
    """Return address and words of the newest public changes of the report."""
    report = Report.live()
    told = history.as_news(list(history.news().exclude(kind=Answer.kind)[:CHANGES_OFFERED]), report)
    return [(address_of(one), change_words(one)) for one in told if address_of(one)]


def address_of(change: history.Change) -> str:
    """Return where a reader sees what changed."""
    return change.compare_url or change.version_url


def change_words(change: history.Change) -> str:
    """Return a change in words: "July 3, 2026: Evening Gyms (wording, figures)"."""
    day = localdate(change.revision.live_from)
    return f"{day:%B} {day.day}, {day.year}: {change.revision.title} ({', '.join(change.kinds).lower()})"


def as_key(value: str | UUID) -> UUID:
    """Return an item's key from its text. Raises ValueError for a text that is none."""
    return UUID(str(value))


def keys_among(texts: Iterable[str]) -> Iterator[UUID]:
    """Yield the keys among texts; what is none is left out."""
    for text in texts:
        with suppress(ValueError):
            yield UUID(text)


def chosen_for_answer(keys: list[str], selected: Selection) -> str:
    """Return the query for the form of a new answer to comments.

    Many are named by the list that they are all of.
    """
    if len(keys) <= IN_ADDRESS:
        return urlencode({"comments": keys}, doseq=True)
    return urlencode({"list": selected.query()})


def named(request: Any) -> list[UUID]:
    """Return the ids of the comments that a request names, in its address or its form; looked up once for
    each request.
    """
    if not hasattr(request, "named_comments"):
        sent = (sent.getlist(name) for sent in (request.GET, request.POST) for name in ("comments", "shown"))
        found = list(keys_among(chain(*sent)))
        if "list" in request.GET:
            listed = (
                Selection(QueryDict(request.GET["list"]), request.user).comments().filter(Comment.ended())
            )
            found += listed.values_list("pk", flat=True)[:MOST_COMMENTS]
        request.named_comments = found[: 3 * MOST_COMMENTS]
    return request.named_comments


def tell_too_early(request: HttpRequest) -> None:
    """Say that comments which the request names are left out, where their day has not ended."""
    keys = named(request) if request.user.has_perm(CHANGE) else []
    if Comment.objects.filter(pk__in=keys).exclude(Comment.ended()).exists():
        messages.warning(request, TOO_EARLY)


class Ticks(forms.CheckboxSelectMultiple):
    """Boxes to tick, as a group with the name that screen readers announce: the stock pages of the admin
    give it none.
    """

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return format_html(
            '<div role="group" aria-label="{}">{}</div>', TIED, super().render(*args, **kwargs)
        )


class CommentsField(forms.ModelMultipleChoiceField):
    """Comments to tick, each with its page, its day and its words, without what looks personal. `answer`
    is the form's own.
    """

    answer: Any = None
    public: Container[str] = ()

    def label_from_instance(self, comment: Any) -> str:
        elsewhere = (
            f" (until now under “{comment.answer}”)" if comment.answer_id not in (None, self.answer) else ""
        )
        return f"{comment}: {masked(comment.text, self.public) or 'no comment, only yes or no'}{elsewhere}"


class AnswerForm(ItemForm):
    """An answer's form: its page and the change that it led to are chosen from lists.

    `comments` are those it answers, ticked among `offered`, which is set for each request; None where there
    are none or the person may not see them. `shown` are those that the form was served with: one that was not
    is never taken off.
    """

    offered: QuerySet[Comment] | None = None

    about = forms.TypedChoiceField(coerce=as_key, empty_value=None, required=False, label="Page")
    led_to = forms.ChoiceField(required=False, label="Change that it led to")
    comments = CommentsField(
        queryset=Comment.objects.none(),
        required=False,
        widget=Ticks,
        label=TIED,
        help_text="Untick those that it does not answer. The public never sees them.",
    )
    shown = forms.ModelMultipleChoiceField(
        queryset=Comment.objects.none(), required=False, widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("about", pages_offered(), "No page: only on “You said, we did”")
        self.offer("led_to", changes_offered(), "None")
        for name in ("comments", "shown"):
            if self.offered is None:
                del self.fields[name]
                continue
            field: Any = self.fields[name]
            field.queryset, field.answer, field.public = self.offered, self.instance.pk, Public()
            self.initial[name] = list(self.offered)

    def offer(self, name: str, choices: list[tuple[str, str]], none: str) -> None:
        """Let a field choose among these, none, and what is chosen already."""
        now = str(getattr(self.instance, name) or "")
        kept = [] if not now or now in dict(choices) else [(now, f"As it is: {now}")]
        field: Any = self.fields[name]
        field.choices = [("", none), *kept, *choices]
        field.help_text = Answer._meta.get_field(name).help_text  # type: ignore[union-attr]


@admin.register(Answer)
class AnswerAdmin(ItemAdmin):
    """Answers."""

    form = AnswerForm
    fieldsets: ClassVar[Any] = [
        (
            "What residents said",
            {
                "fields": ["title", "slug"],
                "description": (
                    "Sum it up in the city's words. Never quote a comment, and leave out names and details."
                ),
            },
        ),
        ("What the city did or says", {"fields": ["body", "led_to"]}),
        (
            "Where it stands",
            {
                "fields": ["about"],
                "description": "The public sees nothing of it until an editor publishes it.",
            },
        ),
    ]
    list_display: Any = ["title", "state_badge", "comment_count"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).annotate(answers=Count("comments"))

    @admin.display(description="Comments", ordering="answers")
    def comment_count(self, answer: Any) -> str:
        address = f"{reverse('admin:feedback_comment_changelist')}?state=all&reply={answer.pk}"
        return format_html('<a href="{}">{}</a>', address, answer.answers)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Take from the query the comments that it answers; the page is theirs where they are about one."""
        items = set(self.offered(request, None).values_list("item", flat=True))
        about = str(next(iter(items)) or "") if len(items) == 1 else ""
        return {**super().get_changeform_initial_data(request), "about": about}

    def offered(self, request: HttpRequest, answer: Answer | None) -> QuerySet[Comment]:
        """Return the comments that the form shows: those that the request names and those that the answer
        has.
        """
        if not request.user.has_perm(CHANGE):
            return Comment.objects.none()
        wanted = Q(pk__in=named(request)) & Comment.ended()
        return Comment.objects.filter(wanted | Q(answer=answer) if answer else wanted).select_related(
            "answer"
        )

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        tell_too_early(request)
        return super().add_view(request, form_url, extra_context)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        tell_too_early(request)
        return super().change_view(request, object_id, form_url, extra_context)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "said"]

    @admin.display(description=TIED)
    def said(self, answer: Answer) -> SafeString:
        """Show the comments that it answers to those who may not choose them."""
        public, comments = Public(), answer.comments.all()[:MOST_COMMENTS]
        lines = [(str(one), masked(one.text, public) or "no comment, only yes or no") for one in comments]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}: {}</li>", lines))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        first, *others = super().get_fieldsets(request, obj)
        if not self.offered(request, obj).exists():
            sees = (
                obj
                and not request.user.has_perm(CHANGE)
                and request.user.has_perm(MAY_PUBLISH)
                and obj.comments.exists()
            )
            return [first, (None, {"fields": ["said"]}), *others] if sees else [first, *others]
        name, options = first
        return [(name, {**options, "fields": [*options["fields"], "comments", "shown"]}), *others]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        found = self.offered(request, obj)
        form.offered = found if found else None
        return form

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "comments" in form.fields:
            tie(form.instance, form.cleaned_data["comments"], form.cleaned_data["shown"])
