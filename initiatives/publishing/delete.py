"""Taking an item from the site, or its working copy from the desk, so that no link before the public is
left dead.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import get_text_list

from initiatives.links.dead import MOST
from initiatives.models import (
    Agency,
    Audience,
    Document,
    Item,
    Pillar,
    Place,
    Section,
)
from initiatives.models.lock import lock_report
from initiatives.publishing.publish import save_draft, unpublish


@transaction.atomic
def delete_item(item: Item, by: Any, reason: str = "", successor: Item | None = None) -> None:
    """Withdraw an item and delete its working copy; its texts stay on record and can be restored.

    What names it at the desk and can do without it does so, as a new draft. Raises ValidationError where
    something hangs on it or links would be left dead.
    """
    lock_report()
    held = holding(item)
    if held:
        titles = get_text_list([f"“{one}”" for one in held[:MOST]], "and")
        raise ValidationError(f"Other items still need “{item}”: {titles}. Move or remove them first.")
    unpublish(item, by, reason, successor)
    named_by = naming_at_desk(item)
    try:
        item.delete()
    except ProtectedError as error:
        raise ValidationError(f"“{item}” is still in use. Open this page again to see where.") from error
    for initiative in named_by:
        save_draft(initiative, by)


def holding(item: Item) -> list[Item]:
    """Return the working copies without which an item cannot be deleted: what hangs on it, or what names
    it as its agency.
    """
    if isinstance(item, Pillar):
        return list(item.sections.all())
    if isinstance(item, Section):
        return [*item.subsections.all(), *item.initiatives.all()]
    return list(item.initiatives.distinct()) if isinstance(item, Agency) else []


def naming_at_desk(item: Item) -> list[Item]:
    """Return the initiatives whose working copies name an item that they can do without."""
    return list(item.initiatives.all()) if isinstance(item, Audience | Place | Document) else []
