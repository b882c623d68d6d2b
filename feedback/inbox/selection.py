"""Which comments a reviewer looks at: what the query of an address says, as a form, as a queryset, as a query
again.

The list, its bulk actions, the triage and the exports all read it here, so that each means the same comments.
"""

from collections.abc import Iterator
from functools import cached_property, reduce
from operator import and_, or_
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from feedback.inbox import duplicates, search
from feedback.models import Comment, Tag
from feedback.pages import PAST_PAGES, site_pages
from initiatives.report.report import Node, Report

State = Comment.State
ALL = "all"
GONE = "gone"
ANSWERS = {"yes": Q(helpful=True), "no": Q(helpful=False), "none": Q(helpful=None)}
MARKS: dict[str, tuple[str, Q]] = {
    "urgent": ("Urgent", Q(urgent=True)),
    "words": ("With a comment", ~Q(text="")),
    "personal": ("With what looks personal", ~Q(personal="")),
    "redacted": ("Redacted", Q(redacted=True)),
    "noted": ("With a note", Q(notes__isnull=False)),
}
Choices = list[tuple[str, str]]


class PageField(forms.ChoiceField):
    """A page of the live report by its key, or any page by its address, also one that is no more.

    Not longer than one is.
    """

    def valid_value(self, value: Any) -> bool:
        return len(value) <= 300 and super().valid_value(value)


class SelectionForm(forms.Form):
    """The filters. Everything is optional; what cannot be understood is an error, lest a list be wider
    than was meant.
    """

    q = forms.CharField(label="Words in the comment", required=False, max_length=search.MAX_QUERY)
    under = PageField(label="Page and all under it", required=False)
    answer = forms.ChoiceField(
        label="Was it helpful",
        required=False,
        choices=[("", "Any"), ("yes", "Yes"), ("no", "No"), ("none", "No answer")],
    )
    since = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput({"type": "date"}))
    assigned = forms.ChoiceField(label="Assigned to", required=False)
    tag = forms.ChoiceField(label="Tag", required=False)
    language = forms.ChoiceField(label="Language of the page", required=False)
    mark = forms.ChoiceField(
        label="Only those",
        required=False,
        choices=[("", "Any"), *((name, words) for name, (words, _) in MARKS.items())],
    )
    rule = forms.RegexField(
        r"^[\w-]{1,40}$", label="Held by the rule", required=False, widget=forms.HiddenInput()
    )
    reply = forms.RegexField(r"^\d{1,9}$", label="Answered by", required=False, widget=forms.HiddenInput())
    like = forms.UUIDField(label="Like the comment", required=False, widget=forms.HiddenInput())
    state = forms.ChoiceField(
        required=False, choices=[*State.choices, (ALL, "All")], widget=forms.HiddenInput()
    )

    def __init__(self, data: Any, report: Report, people: list[Any], tags: list[Tag]) -> None:
        super().__init__(data, auto_id="filter_%s", label_suffix="")
        pages = [("", "Every page"), *page_choices(report), (GONE, "Pages no longer on the site")]
        asked = data.get("under", "")
        self.choose(
            "under", [*pages, (asked, asked)] if asked.startswith("/") and asked not in dict(pages) else pages
        )
        self.choose(
            "assigned", [("", "Anybody"), ("me", "Me"), ("nobody", "Nobody"), *person_choices(people)]
        )
        self.choose("tag", [("", "Any"), *((str(tag.pk), tag.name) for tag in tags)])
        spoken = Comment.objects.order_by().values_list("language", flat=True).distinct()
        self.choose("language", [("", "Any"), *((code, code) for code in sorted(spoken))])

    def choose(self, name: str, choices: Choices) -> None:
        field: Any = self.fields[name]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", "The last day is before the first.")
        return said


class Selection:
    """The comments that a query names, seen by a member of staff (None: a command).

    Invalid: none, and `form.errors`.
    """

    def __init__(self, query: QueryDict, user: Any) -> None:
        self.user, self.report = user, Report.live()
        self.people = list(reviewers())
        self.tags = list(Tag.objects.all())
        self.form = SelectionForm(query, self.report, self.people, self.tags)
        self.is_valid = self.form.is_valid()
        self.said = self.form.cleaned_data if self.is_valid else {}

    @property
    def state(self) -> str:
        """The state shown, "all" for every one. Without a word about it: what is new."""
        return self.said.get("state") or State.NEW

    @property
    def is_narrowed(self) -> bool:
        """Whether it is less than all comments of a state."""
        return any(value for name, value in self.said.items() if name != "state")

    def query(self, **changes: Any) -> str:
        """Return the address's query for this selection, changed in what is given; "" or None takes a
        filter out.
        """
        values = {name: self.form.data.get(name, "") for name in self.form.fields} | changes
        return urlencode({name: value for name, value in values.items() if value not in ("", None)})

    def any_state(self) -> QuerySet[Comment]:
        """Return the comments that fit all filters but the state."""
        if not self.is_valid:
            return Comment.objects.none()
        return Comment.objects.filter(self.wanted)

    @cached_property
    def wanted(self) -> Q:
        """All filters but the state, as one condition."""
        return reduce(and_, self.conditions(), Q())

    def comments(self) -> QuerySet[Comment]:
        """Return the comments selected, urgent ones first, then the newest day; within a day in an order
        that means nothing.
        """
        found = self.any_state().order_by("-urgent", "-date", "id")
        found = found if self.state == ALL else found.filter(state=self.state)
        return found.distinct() if self.said.get("mark") == "noted" else found

    def counts(self) -> dict[str, int]:
        """Return how many there are in each state and in all. One query."""
        found = dict(
            self.any_state().order_by().values_list("state").annotate(count=Count("pk", distinct=True))
        )
        return {ALL: sum(found.values()), **{state: found.get(state, 0) for state in State.values}}

    def conditions(self) -> Iterator[Q]:
        said = self.said
        yield search.matching(said["q"])
        yield ANSWERS.get(said["answer"], Q())
        yield MARKS[said["mark"]][1] if said["mark"] else Q()
        yield Q(date__gte=said["since"]) if said["since"] else Q()
        yield Q(date__lte=said["until"]) if said["until"] else Q()
        yield Q(language=said["language"]) if said["language"] else Q()
        yield Q(tags=said["tag"]) if said["tag"] else Q()
        yield Q(held_for__contains=f",{said['rule']},") if said["rule"] else Q()
        yield self.belonging(said["assigned"]) if said["assigned"] else Q()
        yield about(said["under"], self.report) if said["under"] else Q()
        yield Q(answer=said["reply"]) if said["reply"] else Q()
        yield like(said["like"]) if said["like"] else Q()

    def belonging(self, who: str) -> Q:
        if who == "nobody":
            return Q(assigned_to=None)
        return Q(assigned_to=self.user if who == "me" else who) if self.user or who != "me" else Q(pk__in=[])


def reviewers() -> QuerySet[Any]:
    """Return the members of staff who may have comments assigned, by name."""
    people = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
    may = Q(is_superuser=True) | Q(groups__permissions__codename="change_comment")
    return people.filter(may).distinct().order_by("username")


def person_choices(people: list[Any]) -> Choices:
    return [(str(person.pk), person.get_full_name() or person.get_username()) for person in people]


def page_choices(report: Report) -> Choices:
    """Return the pages of the live report as a tree, those of the site itself first."""
    return [*site_pages().items()] + [
        (str(node.key), "\u2003" * len(node.ancestors) + node.title) for node in report.nodes
    ]


def about(under: str, report: Report) -> Q:
    """Return the condition that a comment is about a page or what is under it.

    A comment without a key goes by its address.
    """
    if under == GONE:
        past = reduce(or_, (Q(page__endswith=f"/{page}/") for page in PAST_PAGES))
        return ~about_any(report.nodes) & ~Q(page__in=[*site_pages()]) & ~past
    if under.startswith("/"):
        return Q(page=under)
    node = next(node for node in report.nodes if str(node.key) == under)
    return about_any(list(node.walk()))


def about_any(nodes: list[Node]) -> Q:
    keys, paths = (
        [node.key for node in nodes],
        [node.url for node in nodes if node.url and "#" not in node.url],
    )
    return Q(item__in=keys) | Q(item__isnull=True, page__in=paths)


def like(pk: Any) -> Q:
    """Return the condition that a comment is the one named or near it."""
    shape = Comment.objects.filter(pk=pk).values_list("shape", flat=True).first()
    return Q(pk=pk) if shape is None else Q(shape__in=duplicates.near(shape))
