"""The round trip at the desk: the report out for editing elsewhere; what comes back is shown first, then
kept as drafts.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives.admin.base import only
from initiatives.exchange import block, detect, document, sheets
from initiatives.exchange.block import MAX_BYTES, RoundTripError
from initiatives.exchange.exporting import TEXTS, choose
from initiatives.exchange.importing import bring_in
from initiatives.exchange.preview import Result, clashes
from initiatives.models import KINDS, Revision
from initiatives.permissions import WORKS_ON_REPORT
from initiatives.publishing.unfinished import beneath

MAY_READ = (WORKS_ON_REPORT, "initiatives.view_pillar")
MAY_WRITE = (*MAY_READ, "initiatives.change_initiative")
A_DAY = 24 * 60 * 60
SALT = "initiatives.roundtrip"
# What a browser sends back must stay below DATA_UPLOAD_MAX_MEMORY_SIZE.
MAX_HELD = 1_900_000
OVERTAKEN = "Somebody saved in between, so that the differences are others now. Nothing was kept. Look again."


class ImportForm(forms.Form):
    """A file, or the text of one."""

    upload = forms.FileField(
        required=False,
        label="File",
        help_text="The Markdown document, a CSV file or the zip of CSV files. At most 2 MB.",
    )
    text = forms.CharField(
        required=False,
        strip=False,
        label="Or paste the Markdown document",
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse none and both."""
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned.get("upload")) == bool(cleaned.get("text")):
            raise forms.ValidationError("Choose a file or paste a text, one of the two.")
        return cleaned

    def source(self) -> tuple[bytes, str]:
        """Return the bytes that came in, no more than just above the limit, and the file's name."""
        upload = self.cleaned_data["upload"]
        if upload:
            return upload.read(MAX_BYTES + 1), upload.name
        return self.cleaned_data["text"].encode("utf-8", "replace"), ""


def asked_root(request: HttpRequest) -> UUID | None:
    """Return the key of the branch asked for, None for the whole report.

    Raises Http404 for what is no key.
    """
    try:
        return UUID(request.GET["root"]) if request.GET.get("root") else None
    except ValueError as error:
        raise Http404 from error


@never_cache
@require_safe
@only(MAY_READ)
def exchange_page(request: HttpRequest) -> HttpResponse:
    """What can go out, and where to bring it back. In the query: ?root=<key> for a branch."""
    root = asked_root(request)
    top = Revision.objects.newest().defer("html").filter(key=root).first() if root else None
    if root and not top:
        raise Http404
    return render_exchange(request, ImportForm(), top)


def render_exchange(
    request: HttpRequest, form: ImportForm, top: Revision | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """Return the page with both ways."""
    whole = None if top else choose("drafts", hidden=hidden_from(request.user))
    context = {
        **admin.site.each_context(request),
        "title": "Export and import",
        "form": form,
        "top": top,
        "texts": TEXTS,
        "left_out": whole.left_out if whole else [],
        "may_write": request.user.has_perms(MAY_WRITE),
        **more,
    }
    return render(request, "admin/initiatives/round_trip.html", context, status=status)


def hidden_from(user: Any) -> list[str]:
    """Return the kinds of items whose drafts a member of staff may not read."""
    return [kind for kind, model in KINDS.items() if not user.has_perm(model.permission("view"))]


@never_cache
@require_safe
@only(MAY_READ)
def export(request: HttpRequest) -> HttpResponse:
    """The file. In the query: text (drafts, live), as (md, csv), root (a key, or nothing for all)."""
    text, form = request.GET.get("text", "drafts"), request.GET.get("as", "md")
    if text not in TEXTS or form not in ("md", "csv"):
        raise BadRequest("There is no such export.")
    outgoing = choose(text, asked_root(request), hidden_from(request.user) if text == "drafts" else ())
    if outgoing is None:
        raise Http404
    data: Any = sheets.write_sheets(outgoing) if form == "csv" else "".join(document.write_document(outgoing))
    kind, suffix = ("application/zip", "zip") if form == "csv" else ("text/markdown; charset=utf-8", "md")
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{outgoing.file_name}.{suffix}"'
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_POST
@only(MAY_WRITE)
def bring(request: HttpRequest) -> HttpResponse:
    """Read what came in and show what it would change. Nothing is kept."""
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return render_exchange(request, form, status=422)
    data, name = form.source()
    try:
        result = bring_in(detect.read_upload(data, name), request.user)
    except RoundTripError as error:
        return render_exchange(request, form, status=422, problems=error.problems)
    return differences(request, result, data, name)


def differences(request: HttpRequest, result: Result, data: bytes, name: str) -> HttpResponse:
    """Return the page of what an import changes, with the button that keeps it, or of what holds it back."""
    held = signing.dumps(
        [data.decode("latin-1"), name, result.fingerprint], salt=salt(request), compress=True
    )
    problems = list(result.problems)
    if not result.is_held_back and len(held) > MAX_HELD:
        problems = [block.TOO_LARGE]
    if problems or result.conflicts:
        pasted = ImportForm(initial={"text": "" if name else data.decode("utf-8", "replace")})
        return render_exchange(
            request, pasted, status=422, problems=problems, clashes=clashes(result.conflicts)
        )
    told = beneath([one.before for one in result.changes if one.before], request.user)
    changes = [(one, told.get(one.after.key, "")) for one in result.changes]
    context = {
        **admin.site.each_context(request),
        "title": "What this changes",
        "result": result,
        "changes": changes,
        "held": held,
    }
    return render(request, "admin/initiatives/round_trip_differences.html", context)


def salt(request: HttpRequest) -> str:
    """Return what ties the file that a page holds to the person who brought it."""
    return f"{SALT}.{request.user.pk}"


@never_cache
@require_POST
@only(MAY_WRITE)
def keep_import(request: HttpRequest) -> HttpResponse:
    """Keep what was shown as drafts: all of it, or nothing where something else was saved since."""
    try:
        text, name, seen = signing.loads(request.POST.get("held", ""), salt=salt(request), max_age=A_DAY)
        data = text.encode("latin-1")
        result = bring_in(detect.read_upload(data, name), request.user, keep=True, expected=seen)
    except (signing.BadSignature, RoundTripError):
        messages.error(
            request, "This page was open for too long, or is not yours. Bring the file in once more."
        )
        return redirect("admin:round_trip")
    if result.is_held_back or result.fingerprint != seen:
        messages.error(request, OVERTAKEN)
        return differences(request, result, data, name)
    count = len(result.changes)
    messages.success(
        request,
        f"{count} draft{'' if count == 1 else 's'} kept. Visitors see nothing of it until you publish.",
    )
    return redirect("admin:outline")
