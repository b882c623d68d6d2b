"""What is filtered, as a file.

Written while it is sent; `no-store`, so that no cache keeps it. That it left is on record.
"""

from collections.abc import Iterator

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from feedback.admin.base import inbox_frame, sure_selection
from feedback.inbox.export import FORMATS, put_on_record, record_lines
from feedback.models import Export
from feedback.permissions import VIEW
from initiatives.admin.base import only
from initiatives.admin.lines import LineField

RECORDS = "feedback.export_records"
SHOWN = 100
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@require_GET
@only(VIEW)
def csv_response(request: HttpRequest) -> StreamingHttpResponse:
    return download(request, "csv")


@require_GET
@only(VIEW)
def as_json(request: HttpRequest) -> StreamingHttpResponse:
    return download(request, "json")


def download(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Return the selection as a file of one kind."""
    selected = sure_selection(request)
    put_on_record(request.user, kind, selected.query(), selected.comments())
    return as_file(FORMATS[kind](selected.comments()), kind, kind)


def as_file(lines: Iterator[str], kind: str, ending: str) -> StreamingHttpResponse:
    name = f"comments-{timezone.localdate().isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type=TYPES[kind], headers=headers)


class RequestForm(forms.Form):
    """Asks for what request the file is."""

    reason = LineField(
        label="Which request it answers",
        max_length=300,
        help_text="Such as its number. It stays on record, and so does your name.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
@only(VIEW)
def records(request: HttpRequest) -> HttpResponseBase:
    """The page of records requests, with what left before; sent, the file with all that is kept of the
    selection.
    """
    if not request.user.has_perm(RECORDS):
        raise PermissionDenied
    selected = sure_selection(request)
    form = RequestForm(request.POST if request.method == "POST" else None, label_suffix="")
    if form.is_valid():
        put_on_record(
            request.user, "records", selected.query(), selected.comments(), form.cleaned_data["reason"]
        )
        return as_file(record_lines(selected.comments()), "json", "records.json")
    context = inbox_frame(
        request,
        "Records request",
        form=form,
        total=selected.comments().count(),
        query=selected.query(),
        exports=Export.objects.all()[:SHOWN],
    )
    return render(request, "admin/feedback/records.html", context)
