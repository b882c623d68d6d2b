"""What the pages of the inbox share: who may open them, their frame, what a form of theirs asked for."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import BadRequest, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from feedback.inbox.actions import ACTIONS
from feedback.inbox.addresses import comments_counted
from feedback.inbox.handling import Wish, handle
from feedback.inbox.selection import Selection, reviewers
from feedback.models import Comment, Tag
from feedback.permissions import CHANGE
from feedback.text import has_control
from initiatives.admin.base import refuse_unless
from portal.digits import whole_number

DONE = "feedback_done"


def inbox_frame(request: HttpRequest, title: str, **more: Any) -> dict[str, Any]:
    """Return the context of a page of the inbox. Shows what was done last, once."""
    return {
        **admin.site.each_context(request),
        "title": title,
        "done": request.session.pop(DONE, None),
        "may_change": request.user.has_perm(CHANGE),
        **more,
    }


def wish(request: HttpRequest) -> Wish:
    """Return what a form asked for.

    Raises BadRequest for no action of ours, ValidationError for one that lacks something.
    """
    name = request.POST.get("do", "")
    if name not in ACTIONS or not ACTIONS[name].label:
        raise BadRequest("There is no such action.")
    sets = ACTIONS[name].sets
    if sets == "person":
        return Wish(name, person=chosen_person(request))
    if sets in ("tag", "untag"):
        return Wish(name, tag=chosen_tag(request))
    return Wish(name, seen=request.POST.get("seen", ""))


def chosen_person(request: HttpRequest) -> Any:
    """Return who a form named, None for nobody."""
    named = request.POST.get("person", "")
    if named == "nobody":
        return None
    if named == "me":
        return request.user
    pk = whole_number(named)
    person = reviewers().filter(pk=pk).first() if pk else None
    if person is None:
        raise ValidationError("Choose who is to have them.")
    return person


def chosen_tag(request: HttpRequest) -> Tag:
    """Return the tag that a form named, made anew where it was typed."""
    typed, named = " ".join(request.POST.get("new_tag", "").split()), request.POST.get("tag", "")
    if typed:
        return new_tag(request, typed)
    pk = whole_number(named)
    tag = Tag.objects.filter(pk=pk).first() if pk else None
    if tag is None:
        raise ValidationError("Choose a tag, or type a new one.")
    return tag


def new_tag(request: HttpRequest, name: str) -> Tag:
    """Return the tag of that name in any case of its letters; make it where there is none.

    Raises ValidationError.
    """
    if has_control(name):
        raise ValidationError("The tag holds a character that cannot be seen. Type it anew.")
    known = Tag.objects.filter(name__iexact=name).first()
    if known:
        return known
    refuse_unless(request, "feedback.add_tag")
    tag = Tag(name=name)
    tag.full_clean(validate_unique=False)
    try:
        with transaction.atomic():
            tag.save()
    except IntegrityError:
        return Tag.objects.get(name=name)
    return tag


def act_on(request: HttpRequest, comments: QuerySet[Comment]) -> bool:
    """Do with comments what the form asked, and have the next page say so with a way back.

    Out: whether it was done.
    """
    try:
        wanted = wish(request)
        outcome = handle(comments, request.user, wanted)
    except ValidationError as error:
        for line in error.messages:
            messages.error(request, line)
        return False
    tell_kept(request, outcome.kept)
    nothing = "Nothing was changed." if outcome.kept else "Nothing had to be changed."
    words = f"{comments_counted(outcome.changed)} {wanted.action.done}." if outcome.changed else nothing
    request.session[DONE] = {"words": words, "batch": str(outcome.batch) if outcome.changed else ""}
    return True


def tell_kept(request: HttpRequest, kept: list[Comment]) -> None:
    """Say which comments stay as a colleague left them."""
    if kept:
        named = "; ".join(str(comment) for comment in kept[:5])
        more = f" and {len(kept) - 5} more" if len(kept) > 5 else ""
        messages.warning(request, f"Left as they are, because somebody changed them since: {named}{more}.")


def selection(request: HttpRequest) -> Selection:
    """Return what the address's query selects."""
    return Selection(request.GET, request.user)


def sure_selection(request: HttpRequest) -> Selection:
    """Return what the address's query selects. Raises BadRequest for one that cannot be understood."""
    selected = selection(request)
    if not selected.is_valid:
        raise BadRequest("The filter cannot be understood.")
    return selected
