"""Uploaded files for staff, also those that the public may not have."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from initiatives.admin.base import only
from initiatives.models import Upload
from initiatives.views.media import send_file


@require_safe
@only("initiatives.view_upload")
def staff_file(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send an uploaded file to staff who may see uploads, whether the public may have it or not."""
    return send_file(get_object_or_404(Upload, file=name))
