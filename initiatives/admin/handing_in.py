"""Handing in a draft for approval, from the button of its form."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from initiatives import approval
from initiatives.models import Item


def word_to_approver(request: HttpRequest) -> str:
    """Return what an item's form has for the person who approves."""
    return request.POST.get("submit_message", "").strip()


def hand_in(request: HttpRequest, item: Item) -> None:
    """Hand in the item's newest draft, as its form's button asks, and say so. Raises PermissionDenied."""
    try:
        approval.submit(item, request.user, word_to_approver(request), request.publishing["change_note"])  # type: ignore[attr-defined]
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
    else:
        messages.success(request, f"“{item}” is saved and waits for approval. You are told here what becomes of it.")
