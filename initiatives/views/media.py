"""Sends uploaded files: to the public those that the public may have, to staff (through the admin) any.

Behind deploy/nginx.conf nginx does the sending, so that slow readers hold no worker: the answer names the
file in a header that nginx alone reads, and that no reader can ask for.
"""

from pathlib import PurePosixPath

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from initiatives.addresses import slug_of
from initiatives.models import Upload

YEAR = 365 * 24 * 60 * 60
INTERNAL = "/_media/"  # an `internal` location of deploy/nginx.conf; no slug begins with an underscore


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """Send a file that a revision shows which is or was before the public, or say, with 410, that it was
    removed for good.

    A name is made from the content, so what is behind it never changes and caches may keep it. Raises Http404
    for any other.
    """
    upload = Upload.objects.public().select_related("redaction").filter(file=name).first()
    if upload is None:
        raise Http404
    if upload.redaction:
        removed = render(
            request, "initiatives/record/file_removed.html", {"redaction": upload.redaction}, status=410
        )
        patch_cache_control(removed, public=True, no_cache=True)
        return removed
    response = send_file(upload)
    response["ETag"] = f'"{PurePosixPath(name).stem}"'
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    return response


def send_file(upload: Upload) -> HttpResponseBase:
    """Return a response with the file: an image to be shown, a document to be saved under a readable name.

    Who may have it, and for how long it may be kept, is for the caller to say. Raises Http404 where the file
    is missing.
    """
    filename = readable_name(upload) if upload.sort == Upload.Sort.DOCUMENT else ""
    if not settings.PROXY_SENDS_FILES:
        try:
            file = upload.file.open("rb")
        except FileNotFoundError as error:
            raise Http404 from error
        return FileResponse(
            file, as_attachment=bool(filename), filename=filename, content_type=upload.content_type
        )
    if not upload.file.storage.exists(str(upload.file.name)):
        raise Http404
    response = HttpResponse(
        content_type=upload.content_type, headers={"X-Accel-Redirect": f"{INTERNAL}{upload.file.name}"}
    )
    if filename:
        response["Content-Disposition"] = content_disposition_header(True, filename)
    return response


def readable_name(upload: Upload) -> str:
    """Return a file name made from the title: "Development Study" as a PDF is "development-study.pdf"."""
    return f"{slug_of(upload.title) or 'document'}{PurePosixPath(str(upload.file.name)).suffix}"
