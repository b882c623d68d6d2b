"""The inbox: the comments of a selection, and what is done with many of them at once."""

from collections.abc import Container
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from feedback import personal
from feedback.admin import steps
from feedback.admin.answers import MOST_COMMENTS, TOO_EARLY, chosen_for_answer
from feedback.admin.base import DONE, act_on, inbox_frame, selection, sure_selection, tell_kept
from feedback.contacts import Public
from feedback.inbox import duplicates
from feedback.inbox.actions import ACTIONS, Action
from feedback.inbox.addresses import comments_counted, inbox_address
from feedback.inbox.handling import take_back_batch
from feedback.inbox.selection import ALL, Selection
from feedback.intake.holding import rule_words
from feedback.intake.urgency import KINDS, urgent_kinds
from feedback.models import Comment
from feedback.permissions import CHANGE, VIEW
from initiatives.admin.base import only

State = Comment.State
SHOWN = 50
ASK_ABOVE = 50  # comments that one step may change before it is asked
# The buttons that make sense where only comments of one state are shown
BUTTONS: dict[str, tuple[str, ...]] = {
    State.HELD: ("release", "close", "spam", "urgent", "not_urgent"),
    State.SPAM: ("not_spam", "not_urgent"),
    State.CLOSED: ("reopen", "in_hand"),
    State.ANSWERED: ("reopen", "close"),
    ALL: (
        "read",
        "in_hand",
        "close",
        "reopen",
        "hold",
        "release",
        "spam",
        "not_spam",
        "urgent",
        "not_urgent",
    ),
}
USUAL = ("read", "in_hand", "close", "hold", "spam", "urgent", "not_urgent")
URGENT_SHOWN = 5


@require_safe
@only(VIEW)
def inbox_page(request: HttpRequest) -> HttpResponse:
    """The list. In the query: the filters of a Selection and `n`, the number of the page of the list."""
    selected = selection(request)
    counts = selected.counts()
    page = nearest_page(selected, counts, request.GET.get("n", ""))
    context = inbox_frame(
        request,
        "Inbox",
        selection=selected,
        tabs=tabs(selected, counts),
        page=page,
        pages=page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1),
        rows=listed_rows(page),
        total=counts[selected.state],
        query=selected.query(),
        buttons=buttons(selected.state),
        seen="" if selected.state == ALL else selected.state,
        **urgent(selected),
    )
    return render(request, "admin/feedback/inbox.html", context)


def urgent(selected: Selection) -> dict[str, Any]:
    """Return the urgent comments that wait, whatever is selected: they stand above every list but their
    own.
    """
    if selected.said.get("mark") == "urgent":
        return {}
    found = Comment.urgent_ones().select_related("assigned_to").prefetch_related("tags")
    public = Public()
    first = [dressed(comment, public) for comment in found[: URGENT_SHOWN + 1]]
    return {"urgent": first[:URGENT_SHOWN], "more_urgent": len(first) > URGENT_SHOWN}


def nearest_page(selected: Selection, counts: dict[str, int], number: str) -> Page:
    """Return one page of the list, the nearest there is to the number asked for.

    The count is known: it costs no query.
    """
    found = selected.comments().select_related("assigned_to", "answer").prefetch_related("tags")
    paginator = Paginator(found, SHOWN)
    paginator.__dict__["count"] = counts[selected.state]
    return paginator.get_page(number)


def listed_rows(page: Page) -> list[Comment]:
    """Return the comments of a page as they are listed: masked, near-duplicates together."""
    public = Public()
    return duplicates.mark([dressed(comment, public) for comment in page.object_list])


def dressed(comment: Any, public: Container[str]) -> Any:
    """Give a comment what the pages show of it: the text without what looks personal, and words for the
    flags.
    """
    comment.masked = personal.masked(comment.text, public)
    comment.looks_personal = personal.names_of(personal.flags(comment.text, public))
    comment.urgency = urgent_words(comment)
    comment.rules = [rule_words(name) for name in comment.held_for.split(",") if name]
    return comment


def urgent_words(comment: Comment) -> str:
    """Return what makes a comment urgent: “a threat”; “a reviewer says so” where no phrase does, “” where
    it is not.
    """
    if not comment.urgent:
        return ""
    return ", ".join(KINDS[kind] for kind in urgent_kinds(comment.text)) or "a reviewer says so"


def tabs(selected: Selection, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Return the states as links with their counts."""
    return [
        {
            "label": label,
            "count": counts[state],
            "url": f"?{selected.query(state=state)}",
            "is_current": state == selected.state,
        }
        for state, label in [*State.choices, (ALL, "All")]
    ]


def buttons(state: str, is_urgent: bool | None = None) -> list[tuple[str, Action]]:
    """Return the actions for comments of a state, each with its name.

    In: whether the one comment is urgent, None for many.
    """
    idle = "" if is_urgent is None else "urgent" if is_urgent else "not_urgent"
    return [
        (name, ACTIONS[name])
        for name in BUTTONS.get(state, USUAL)
        if ACTIONS[name].into != state and name != idle
    ]


@require_POST
@only(CHANGE)
def sort_chosen(request: HttpRequest) -> HttpResponse:
    """Do with the comments ticked, or with all of the selection, what the button says; `then` is where to
    go on.
    """
    selected = sure_selection(request)
    if "all" in request.POST:
        comments = selected.comments()
    else:
        comments = Comment.objects.filter(pk__in=ticked(request))
        if not ticked(request):
            messages.error(request, "Choose at least one comment.")
            return redirect(inbox_address("changelist", selected.query()))
    if request.POST.get("do") == "answer":
        return answer_chosen(request, comments, selected)
    if (total := asks_first(request, comments)) is not None:
        return steps.ask_for_step(request, selected, total)
    act_on(request, comments)
    if request.POST.get("then") == "one" and len(ticked(request)) == 1:
        return redirect(inbox_address("change", selected.query(), ticked(request)[0]))
    return redirect(inbox_address("changelist", selected.query()))


def asks_first(request: HttpRequest, comments: QuerySet[Comment]) -> int | None:
    """Return how many comments a step is about to change, where they are so many that it is asked first; None
    otherwise.

    What was agreed to is that number: where it is another one by now, it is asked again.
    """
    total = comments.count()
    return total if total > ASK_ABOVE and request.POST.get("sure") != str(total) else None


def answer_chosen(request: HttpRequest, comments: QuerySet[Comment], selected: Selection) -> HttpResponse:
    """Lead to the form of an answer to comments, or back, where it cannot be to any, or they are more than
    it can have.
    """
    back = inbox_address("changelist", selected.query())
    keys = [
        str(key) for key in comments.filter(Comment.ended()).values_list("pk", flat=True)[: MOST_COMMENTS + 1]
    ]
    if len(keys) > MOST_COMMENTS:
        messages.error(
            request, f"One answer can be to at most {MOST_COMMENTS:,} comments. Narrow the list first."
        )
        return redirect(back)
    if comments.exclude(Comment.ended()).exists():
        messages.warning(request, TOO_EARLY)
        if not keys:
            return redirect(back)
    return redirect(f"{reverse('admin:feedback_answer_add')}?{chosen_for_answer(keys, selected)}")


def ticked(request: HttpRequest) -> list[UUID]:
    """Return the ids of the comments that a form names. Raises BadRequest for what is no id."""
    try:
        return [UUID(key) for key in request.POST.getlist("comment")]
    except ValueError as error:
        raise BadRequest("That is no comment.") from error


@require_POST
@only(CHANGE)
def undo(request: HttpRequest) -> HttpResponse:
    """Take one's own batch back; what somebody changed since stays, and is named."""
    selected = sure_selection(request)
    try:
        batch = UUID(request.POST.get("batch", ""))
    except ValueError as error:
        raise BadRequest("That is no batch.") from error
    outcome = take_back_batch(batch, request.user)
    tell_kept(request, outcome.kept)
    words = (
        f"Taken back: {comments_counted(outcome.changed)} as before."
        if outcome.changed
        else "Nothing was taken back."
    )
    request.session[DONE] = {"words": words, "batch": ""}
    then = request.POST.get("then", "")
    return redirect(inbox_address(then if then in ("triage", "steps") else "changelist", selected.query()))
