"""Handing in a draft for approval, from the button of its form."""

from collections.abc import Sequence
from hashlib import sha256

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from initiatives.checks import before_publish
from initiatives.models import Item
from initiatives.models.lines import in_one_line
from initiatives.publishing import approval


def word_to_approver(request: HttpRequest) -> str:
    """Return what an item's form has for the person who approves."""
    return in_one_line(request.POST.get("submit_message", "").strip())


def missing_digest(missing: Sequence[str]) -> str:
    """Return a digest of what is missing in a draft, by which its form says that it was read."""
    return sha256(repr(list(missing)).encode()).hexdigest()


def missing_seen(item: Item) -> str:
    """Return the digest of what is missing in the saved draft, which its form shows."""
    return missing_digest([": ".join(filter(None, found)) for found in before_publish(item)["errors"]])


def hand_in(request: HttpRequest, item: Item) -> None:
    """Hand in the item's newest draft, as its form's button asks, and say so. Raises PermissionDenied."""
    missing = [": ".join(filter(None, found)) for found in before_publish(item)["errors"]]
    if missing and request.POST.get("missing_seen") != missing_digest(missing):
        messages.error(
            request, "Not submitted yet: your draft is saved. Mend this first, or submit it again as it is."
        )
        for words in missing:
            messages.error(request, words)
        return
    try:
        approval.submit(item, request.user, word_to_approver(request), request.publishing["change_note"])  # type: ignore[attr-defined]
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        messages.success(
            request, f"“{item}” is saved and waits for approval. You are told here what becomes of it."
        )
