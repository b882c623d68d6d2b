"""One comment after another, for those who have five minutes: a button sorts it and brings the next."""

from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from feedback.admin.base import act_on, inbox_frame, sure_selection
from feedback.admin.comment import place_in_report
from feedback.admin.inbox import buttons, dressed, urgent
from feedback.contacts import Public
from feedback.inbox.addresses import inbox_address
from feedback.models import Comment
from feedback.permissions import CHANGE
from initiatives.admin.base import only


@require_http_methods(["GET", "HEAD", "POST"])
@only(CHANGE)
def triage_page(request: HttpRequest) -> HttpResponse:
    """The next comment of the selection.

    In the query besides the filters: `after`, the comment that it comes after.
    """
    selected = sure_selection(request)
    if request.method == "POST":
        return sort_one(request, selected.query())
    found = selected.comments()
    comment = (
        following(found, request.GET.get("after", ""))
        .select_related("assigned_to")
        .prefetch_related("tags")
        .first()
    )
    context = inbox_frame(
        request,
        "One by one",
        comment=comment and dressed(comment, Public()),
        place=comment and place_in_report(comment, selected.report, request.user),
        left=found.count(),
        selection=selected,
        query=selected.query(),
        buttons=buttons(comment.state, comment.urgent) if comment else [],
        **urgent(selected),
        seen=comment.state if comment else "",
    )
    return render(request, "admin/feedback/triage.html", context)


def sort_one(request: HttpRequest, query: str) -> HttpResponse:
    """Do with the comment what the button says and bring the next; the same again where something was
    missing.
    """
    comment = get_object_or_404(Comment, pk=as_id(request.POST.get("comment", "")))
    stays = request.POST.get("do") in ("tag", "untag", "assign")
    done = act_on(request, Comment.objects.filter(pk=comment.pk))
    if stays or not done:
        return redirect(inbox_address("triage", "&".join(filter(None, [query, came_after(request)]))))
    return redirect(
        inbox_address("triage", "&".join(filter(None, [query, urlencode({"after": str(comment.pk)})])))
    )


def came_after(request: HttpRequest) -> str:
    after = request.GET.get("after", "")
    return urlencode({"after": after}) if after else ""


def following(found: QuerySet[Comment], after: str) -> QuerySet[Comment]:
    """Return those of the comments that come after one, in the order of the list; all where none is named."""
    if not after:
        return found
    last = Comment.objects.filter(pk=as_id(after)).only("date", "urgent").first()
    if last is None:
        return found
    later = Q(date__lt=last.date) | Q(date=last.date, id__gt=last.pk)
    return found.filter(Q(urgent=False) | later if last.urgent else later, urgent__lte=last.urgent)


def as_id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise BadRequest("That is no comment.") from error
