"""Brings an old text back: copies a revision onto the working copy, as a new draft.

The public sees nothing of it.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from initiatives.models import KINDS, Agency, Initiative, Item, Revision, Upload
from initiatives.models.lock import lock_report
from initiatives.publishing.publish import save_draft


@transaction.atomic
def restore(revision: Revision, by: Any) -> Item:
    """Make the working copy say what a revision says, keep that as a draft, and return the working copy.

    In: a text of any age, also of an item whose working copy was deleted; who restores it. What it names and
    no longer has a working copy is left out. Raises ValidationError where what it hung on is gone or its
    address is another's now.
    """
    if revision.withdrawn:
        raise ValidationError("This is the word that the item was withdrawn. Restore the version before it.")
    lock_report()
    item = copy_onto(revision)
    save_draft(item, by)
    return item


def copy_onto(revision: Revision) -> Item:
    """Make the working copy of an item say what one of its texts says and return it; makes no revision.

    Raises as restore().
    """
    model: Any = KINDS[revision.kind]
    item = model._default_manager.filter(key=revision.key).first() or model(key=revision.key)
    item.title, item.slug = revision.title, revision.slug
    for name in (*item.plain_fields, *item.markdown_fields):
        setattr(item, name, revision.fields.get(name, model._meta.get_field(name).get_default()))
    item.hang_on(revision.parent)
    for name in ("image", "file"):
        if name in revision.fields:
            setattr(item, name, upload(revision.fields[name]))
    item.clean()
    if item.pk is None:
        item.place_last()
    item.save()
    if isinstance(item, Initiative):
        relate(item, revision.fields)
    return item


def upload(recorded: dict[str, Any] | None) -> Upload | None:
    """Return the file that a revision names."""
    return Upload.objects.filter(file=recorded["name"]).first() if recorded else None


def relate(item: Initiative, fields: dict[str, Any]) -> None:
    """Give an initiative the relations and rows that a revision recorded."""
    for name in ("audiences", "places", "documents"):
        relation = getattr(item, name)
        relation.set(relation.model.objects.filter(key__in=fields.get(name, [])))
    for name in ("participations", "amounts", "figures", "dates", "links"):
        getattr(item, name).all().delete()
    agencies = {str(agency.key): agency for agency in Agency.objects.all()}
    for row in fields.get("agencies", []):
        if row["agency"] in agencies:
            item.participations.create(agency=agencies[row["agency"]], role=row["role"])
    for name in ("amounts", "figures", "dates", "links"):
        relation = getattr(item, name)
        for row in fields.get(name, []):
            relation.create(**{column: typed(relation.model, column, value) for column, value in row.items()})


def typed(model: type[models.Model], column: str, value: Any) -> Any:
    """Return a recorded value as the column wants it: decimals are kept as text."""
    is_decimal = isinstance(model._meta.get_field(column), models.DecimalField)
    return Decimal(value) if is_decimal and value is not None else value
