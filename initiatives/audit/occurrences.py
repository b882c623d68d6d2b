"""Where words stand that have to go: every row, column and address, and what it says without them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from django.apps import apps
from django.db import models

from initiatives.audit.passages import IN_ADDRESS, Context, Removal
from initiatives.models import KINDS, Item, Revision, Upload
from initiatives.text import markdown

# How long a new slug is at most before the number that tells it from others
SLUG_ROOM = 76


# Columns that hold words, by model, beside items and revisions. Another app that keeps words adds its own as
# it loads.
PLACES: dict[str, tuple[str, ...]] = {
    "initiatives.Amount": ("per", "purpose"),
    "initiatives.Figure": ("unit", "per", "counts"),
    "initiatives.KeyDate": ("label",),
    "initiatives.Link": ("label", "url"),
    "initiatives.Submission": ("message", "note", "remark"),
    "initiatives.Release": ("name", "note"),
    "initiatives.ReleaseItem": ("note",),
    "initiatives.Redaction": ("reason",),
    "initiatives.ShareLink": ("purpose",),
    "initiatives.Upload": ("title",),
    "admin.LogEntry": ("object_repr", "change_message"),
}


@dataclass
class Change:
    """One row that changes: what it is in words, its new values by column, and where in it something goes."""

    row: Any
    what: str
    values: dict[str, Any]
    contexts: list[Context] = field(default_factory=list)


def rows_to_change(removal: Removal) -> Iterator[Change]:
    """Yield every row that changes, versions first. Nothing is written."""
    removal.slugs_become = slugs_without(removal)
    for revision in Revision.objects.order_by("kind", "key", "number").iterator(chunk_size=500):
        yield from in_revision(revision, removal)
    for model in KINDS.values():
        for item in model._default_manager.order_by("pk"):
            yield from in_item(item, removal)
    for name, columns in PLACES.items():
        place = apps.get_model(name)
        for row in place._default_manager.order_by("pk").only("pk", *columns).iterator(chunk_size=500):
            yield from in_columns(row, columns, str(place._meta.verbose_name), removal)


def in_revision(revision: Revision, removal: Removal) -> Iterator[Change]:
    """Yield the change of a version, if it has one. Its HTML is made anew where the Markdown changes."""
    model = KINDS.get(revision.kind)
    marked_up = model.markdown_fields if model else ()
    fields = removal.json(revision.fields, marked_up)
    html = {
        name: markdown.render(fields[name])
        if fields.get(name) != revision.fields.get(name)
        else removal.text(text)
        for name, text in revision.html.items()
    }
    new = {
        "title": removal.text(revision.title, room=200),
        "slug": removal.slugs_become.get(revision.slug, revision.slug),
        "fields": fields,
        "html": html,
        "note": removal.text(revision.note, room=300),
    }
    values = {name: value for name, value in new.items() if value != getattr(revision, name)}
    if values:
        state = (
            "draft"
            if not revision.live_from
            else "public version"
            if revision.has_begun
            else "scheduled version"
        )
        said = [revision.title, revision.slug, revision.fields, revision.note]
        yield Change(
            revision,
            f"{state} {revision.number}",
            values,
            [one for part in said for one in removal.contexts(part)],
        )


def in_item(item: Item, removal: Removal) -> Iterator[Change]:
    """Yield the change of a working copy, if it has one."""
    columns = [
        "title",
        *(name for name in item.plain_fields if holds_words(item, name)),
        *item.markdown_fields,
    ]
    values: dict[str, Any] = dict(mended(item, columns, removal))
    if item.slug in removal.slugs_become:
        values["slug"] = removal.slugs_become[item.slug]
    for column in type(item)._meta.concrete_fields:
        if column.related_model is Upload and getattr(item, column.attname) in {
            upload.pk for upload in removal.uploads
        }:
            values[column.name] = None
    if values:
        said = [getattr(item, name) for name in values if isinstance(getattr(item, name), str)]
        yield Change(item, "working copy", values, [one for part in said for one in removal.contexts(part)])


def in_columns(row: models.Model, columns: tuple[str, ...], what: str, removal: Removal) -> Iterator[Change]:
    """Yield the change of any other row, if it has one."""
    values = mended(row, columns, removal)
    if values:
        yield Change(
            row, what, values, [one for name in values for one in removal.contexts(getattr(row, name))]
        )


def mended(row: models.Model, columns: Any, removal: Removal) -> dict[str, str]:
    """Return the columns of text that change, with their new values; where a value has to be unique, with
    the row's number.
    """
    marked_up = getattr(row, "markdown_fields", ())
    values = {}
    for name in columns:
        old, column = getattr(row, name) or "", row._meta.get_field(name)
        room = column.max_length if isinstance(column, models.CharField) else None
        new = removal.column(old, room, name in marked_up)
        if new != old:
            values[name] = numbered_text(new, row.pk, room) if column.unique else new  # type: ignore[union-attr]
    return values


def numbered_text(text: str, number: int, room: int | None) -> str:
    """Return a text with a number behind it that tells it from all others, cut before the number where
    there is no room.
    """
    behind = f" ({number})"
    return (text[: room - len(behind)] if room else text) + behind


def holds_words(item: Item, name: str) -> bool:
    """Say whether a column holds words, not one of a few choices."""
    column = item._meta.get_field(name)
    return isinstance(column, (models.CharField, models.TextField)) and not column.choices


def slugs_without(removal: Removal) -> dict[str, str]:
    """Return what becomes of each slug that has the words in it.

    A new one differs from every other, of whatever kind, so that each address that names the old one, in a
    text, a row of comments or a link, can name the new one without asking whose it is.
    """
    of_copies = [model._default_manager.order_by().values_list("slug", flat=True) for model in KINDS.values()]
    taken = {*Revision.objects.order_by().values_list("slug", flat=True).union(*of_copies)}
    become: dict[str, str] = {}
    for slug in sorted(taken):
        bare = removal.slugs.sub(IN_ADDRESS, slug)
        if bare != slug:
            numbered = (
                short_slug(bare) if number == 1 else f"{short_slug(bare)}-{number}" for number in count(1)
            )
            become[slug] = next(one for one in numbered if one not in taken)
            taken.add(become[slug])
    return become


def short_slug(bare: str) -> str:
    """Return a slug that leaves room for a number, cut between words, with the mark of what was removed
    still in it.
    """
    if len(bare) <= SLUG_ROOM:
        return bare
    cut = bare[:SLUG_ROOM].rpartition("-")[0]
    return (
        cut
        if IN_ADDRESS in cut
        else f"{cut[: SLUG_ROOM - len(IN_ADDRESS) - 1].rpartition('-')[0]}-{IN_ADDRESS}".lstrip("-")
    )
