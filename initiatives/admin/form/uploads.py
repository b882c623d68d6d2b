"""Files and images: taken in, listed, and shown to staff before the public may have them."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from initiatives.admin.form.forms import UploadForm
from initiatives.admin.pages.files import staff_file
from initiatives.exchange.uploads import store_image
from initiatives.models import KINDS, Upload
from initiatives.text import markdown
from portal.admin import StrictAdmin

MAX_PREVIEW = 20_000
LOST_MOTION = "This was an animation. Only its first frame was kept: nothing moves on this site."
SIGNED_OUT = "You are signed out, or may not do this. Your text is still here: sign in again in another tab."


@admin.register(Upload)
class UploadAdmin(StrictAdmin):
    """Files are added and found here; what a file holds never changes, for the record may show it."""

    form = UploadForm
    list_display = ["title", "thumbnail", "sort", "readable_size", "uploaded", "uploaded_by"]
    list_filter = ["sort"]
    list_select_related = ["uploaded_by"]
    search_fields = ["title"]
    actions = None

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ["title", "thumbnail", "markdown", "sort", "readable_size"] if obj else ["title", "upload"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["thumbnail", "markdown", "sort", "readable_size"] if obj else []

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if change:
            return super().get_form(request, obj, change, form=ModelForm, fields=["title"])
        return type("UploadFormOfUser", (UploadForm,), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """A new file was stored by the form; of a stored one only the title changes."""
        obj.save(update_fields=["title"])
        if obj.lost_motion:
            messages.warning(request, LOST_MOTION)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="Image")
    def thumbnail(self, upload: Upload) -> str:
        if upload.redaction_id or upload.sort != Upload.Sort.IMAGE:
            return "Removed" if upload.redaction_id else "–"
        source = reverse("admin:initiatives_upload_file", args=[upload.file.name])
        return format_html('<img src="{}" alt="" class="thumbnail" loading="lazy">', source)

    @admin.display(description="Size", ordering="size")
    def readable_size(self, upload: Upload) -> str:
        pixels = f", {upload.width} × {upload.height} pixels" if upload.width else ""
        return f"{max(1, round(upload.size / 1024)):,} KB{pixels}"

    @admin.display(description="To show it in a text (what an image shows goes between the square brackets)")
    def markdown(self, upload: Upload) -> str:
        if upload.redaction_id:
            return "–"
        words = "![]" if upload.sort == Upload.Sort.IMAGE else f"[{upload.title}]"
        return f"{words}({settings.MEDIA_URL}{upload.file.name})"

    def get_urls(self) -> list:
        wrap = self.admin_site.admin_view
        return [
            path("file/<path:name>", wrap(never_cache(staff_file)), name="initiatives_upload_file"),
            path("markdown-preview/", preview_markdown, name="markdown_preview"),
            path("markdown-upload/", upload_from_editor, name="markdown_upload"),
            *super().get_urls(),
        ]


def through_staff_address(response: HttpResponse) -> HttpResponse:
    """Return a rendered page whose images and files come from the staff-only address: drafts' files are
    nowhere else.
    """
    staff = reverse("admin:initiatives_upload_file", args=["x"])[:-1]
    response.content = response.content.replace(f'"{settings.MEDIA_URL}'.encode(), f'"{staff}'.encode())
    return response


def may(request: HttpRequest, permission: str) -> bool:
    """Say whether the request is from staff with a permission.

    The editor's script puts whatever it gets into the page: these views answer it with words, not with a
    sign-in page.
    """
    return request.user.is_staff and request.user.has_perm(permission)


@require_POST
@never_cache
def preview_markdown(request: HttpRequest) -> HttpResponse:
    """Return the HTML of the text that somebody who writes items of any kind is typing: what the site
    would show.
    """
    if not any(may(request, model.permission("change")) for model in KINDS.values()):
        return HttpResponse(f"<p>{SIGNED_OUT}</p>", status=403)
    return through_staff_address(
        HttpResponse(markdown.render(request.POST.get("content", "")[: MAX_PREVIEW + 1]))
    )


@require_POST
def upload_from_editor(request: HttpRequest) -> HttpResponse:
    """Store an image dropped on the editor and return the Markdown that shows it, as the editor's script
    expects.
    """
    if not may(request, "initiatives.add_upload"):
        return JsonResponse({"image": [SIGNED_OUT]}, status=403)
    file = request.FILES.get("image")
    try:
        if file is None:
            raise ValidationError("No image came with the request.")
        upload = store_image(file, str(file.name), request.user)
    except ValidationError as error:
        return JsonResponse({"image": error.messages}, status=400)
    code = f"![]({settings.MEDIA_URL}{upload.file.name})"
    return JsonResponse({"image_code": code} | ({"notice": LOST_MOTION} if upload.lost_motion else {}))
