"""Sends uploaded files: to the public those that the public may have, to staff (through the admin) any."""

from pathlib import PurePosixPath

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from initiatives.addresses import slug_of
from initiatives.models import Upload

YEAR = 365 * 24 * 60 * 60


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a file that a revision shows which is or was before the public, or say, with 410, that it was removed for good.

    A name is made from the content, so what is behind it never changes and caches may keep it. Raises Http404 for any other.
    """
    upload = Upload.objects.public().select_related("redaction").filter(file=name).first()
    if upload is None:
        raise Http404
    if upload.redaction:
        removed = render(request, "initiatives/record/file_removed.html", {"redaction": upload.redaction}, status=410)
        patch_cache_control(removed, public=True, no_cache=True)
        return removed
    response = send(upload)
    response["ETag"] = f'"{PurePosixPath(name).stem}"'
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


def send(upload: Upload) -> FileResponse:
    """Return a response with the file: an image to be shown, a document to be saved under a readable name.

    Who may have it, and for how long it may be kept, is for the caller to say. Raises Http404 where the file is missing.
    """
    try:
        file = upload.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    is_document = upload.sort == Upload.Sort.DOCUMENT
    return FileResponse(
        file, as_attachment=is_document, filename=readable_name(upload) if is_document else "", content_type=upload.content_type
    )


def readable_name(upload: Upload) -> str:
    """Return a file name made from the title: "Development Study" as a PDF is "development-study.pdf"."""
    return f"{slug_of(upload.title) or 'document'}{PurePosixPath(str(upload.file.name)).suffix}"
