"""Removing words or a file for good, for administrators.

What goes is shown first, then it is confirmed with a reason.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives.admin.lines import LineField
from initiatives.audit.occurrences import Change, rows_to_change
from initiatives.audit.passages import Removal
from initiatives.audit.redaction import ELSEWHERE, Elsewhere, redact
from initiatives.models import Redaction, Revision, Upload
from initiatives.models.seal import digest_of

SHOWN = 4


class WhatForm(forms.Form):
    """What has to go."""

    words = forms.CharField(
        required=False,
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=(
            "One passage on each line, such as a name. Capital letters do not matter. Only whole words are "
            "found, so type “Smith” and “Smiths” if both occur."
        ),
    )
    file: Any = forms.ModelChoiceField(
        queryset=Upload.objects.filter(redaction=None).order_by("title"),
        required=False,
        label="File or image",
        help_text="It is deleted. What links to it says so.",
    )

    def clean(self) -> dict[str, Any]:
        """Make of what was typed what has to go."""
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        self.removal = Removal(cleaned.get("words", "").splitlines(), [file] if file else [])
        return cleaned


class WhyForm(forms.Form):
    """Why it has to go, for the public, and what the person who confirms it was shown."""

    reason = LineField(
        max_length=300,
        label="Why, for the public",
        help_text="Stays on record for everyone to read. Do not repeat what is removed.",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    shown = forms.CharField(widget=forms.HiddenInput)


@never_cache
@require_http_methods(["GET", "POST"])
def redaction_page(request: HttpRequest) -> HttpResponse:
    """Ask what has to go; show every place that changes and ask why; do it."""
    if not request.user.is_superuser:
        raise PermissionDenied
    what = WhatForm(request.POST or None)
    if not what.is_valid():
        return render_redaction(request, what)
    found = list(rows_to_change(what.removal))
    if not found and not what.removal.uploads:
        what.add_error("words", "These words stand nowhere in the report or its desk. Is the spelling right?")
        return render_redaction(request, what, stays=elsewhere(what.removal))
    seen = digest_of([[change.what, str(change.row.pk), str(change.values)] for change in found])
    confirmed = "_confirm" in request.POST
    why = WhyForm(
        {"reason": request.POST.get("reason", ""), "shown": seen} if confirmed else None,
        initial={"shown": seen},
    )
    if confirmed and request.POST.get("shown") != seen:
        messages.warning(
            request, "Somebody changed these texts in the meantime. Look through them again, then confirm."
        )
    elif confirmed and why.is_valid():
        try:
            redaction = redact(what.removal, why.cleaned_data["reason"], request.user)
        except ValidationError as error:
            why.add_error("reason", error)
        else:
            return done(request, redaction, elsewhere(what.removal))
    return render_redaction(request, what, why, found, elsewhere(what.removal))


def elsewhere(removal: Removal) -> list[Elsewhere]:
    """Return where the words stay, for they are not the report's."""
    return [one for find in ELSEWHERE for one in find(removal)]


def done(request: HttpRequest, redaction: Redaction, stays: list[Elsewhere]) -> HttpResponse:
    """Say what was done and what is left to do, at once.

    A message for the next page would keep the words in the session.
    """
    count = redaction.erasures.count()
    versions = f"{count} version{'' if count == 1 else 's'} changed."
    messages.success(request, f"It is removed for good, and the record says so. {versions}")
    messages.info(
        request, "Older backups still hold it. Delete them, or have them expire. docs/operations.md says how."
    )
    for one in stays:
        link = format_html('<a href="{}">{}</a>', one.url, one.what)
        messages.warning(request, format_html("Still there: {}. {}", link, one.how))
    return render_redaction(request, WhatForm())


def render_redaction(
    request: HttpRequest,
    what: WhatForm,
    why: WhyForm | None = None,
    found: Sequence[Change] = (),
    stays: Sequence[Elsewhere] = (),
) -> HttpResponse:
    """Return the page: the first step without a form for the reason, else the second."""
    revisions = [change for change in found if isinstance(change.row, Revision)]
    context = {
        **admin.site.each_context(request),
        "title": "Remove for good",
        "what": what,
        "why": why,
        "groups": grouped(found),
        "uploads": what.removal.uploads if why else [],
        "elsewhere": stays,
        "public": sum(change.row.has_begun for change in revisions),
        "drafts": sum(not change.row.has_begun for change in revisions),
        "others": len(found) - len(revisions),
        "redactions": Redaction.objects.order_by("-at")[:20],
    }
    return render(request, "admin/initiatives/redact.html", context)


def grouped(found: Sequence[Change]) -> list[dict[str, Any]]:
    """Return the changes by what they are about.

    Each has its first contexts and, of an address, what becomes of it.
    """

    def about(change: Change) -> str:
        return str(getattr(change.row, "key", "") or type(change.row)._meta.label)

    groups = []
    for _, rows in groupby(sorted(found, key=about), key=about):
        own = list(rows)
        first = own[-1].row
        contexts = list(dict.fromkeys(context for change in own for context in change.contexts))
        addresses = {(one.row.slug, one.values["slug"]) for one in own if "slug" in one.values}
        kind = type(first)._meta.verbose_name if not isinstance(first, Revision) else first.kind
        groups.append(
            {
                "title": getattr(first, "title", None) or str(first),
                "kind": kind,
                "what": [one.what for one in own],
                "contexts": contexts[:SHOWN],
                "more": contexts[SHOWN:],
                "addresses": sorted(addresses),
            }
        )
    return groups
