"""What is filtered, as a file. It is written while it is sent; `no-store`, so that no cache keeps it."""

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from feedback.admin.base import VIEW, sure_selection
from feedback.export import FORMATS
from initiatives.admin.base import only

TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json; charset=utf-8"}


@require_safe
@only(VIEW)
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    return download(request, "csv")


@require_safe
@only(VIEW)
def as_json(request: HttpRequest) -> StreamingHttpResponse:
    return download(request, "json")


def download(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Return the selection as a file of one kind."""
    lines = FORMATS[kind](sure_selection(request).comments())
    name = f"comments-{timezone.localdate().isoformat()}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type=TYPES[kind], headers=headers)
