"""What every item needs: the fields without which a page makes no sense, and everything it names being
published.
"""

from collections.abc import Iterator

from initiatives.checks.findings import Finding
from initiatives.checks.subject import Subject
from initiatives.models.labels import EVERYWHERE
from initiatives.models.revision import Revision


def missing_errors(subject: Subject) -> Iterator[Finding]:
    """Yield what is missing: fields of the item, and items that it hangs on or names and that are not
    published.
    """
    item = subject.item
    if item.title == item.untitled():
        yield Finding("title", "Fill this in before you publish.")
    for name in item.required_to_publish:
        if not getattr(item, name):
            yield Finding(name, "Fill this in before you publish.")
    if item.place_field and item.parent_item is None:
        yield Finding(item.place_field, "Choose where it stands before you publish.")
    for message in unpublished_references(subject):
        yield Finding(EVERYWHERE, message)


def unpublished_references(subject: Subject) -> list[str]:
    """Return a message for each item that this one hangs on or names and that the public cannot see yet."""
    parent = subject.item.parent_item if subject.item.needs_parent else None
    fields = subject.fields
    named = {str(parent.key): f"“{parent}”, which it hangs on,"} if parent else {}
    for key in (row["agency"] for row in fields.get("agencies", [])):
        named.setdefault(key, "")
    for name in ("audiences", "places", "documents"):
        for key in fields.get(name, []):
            named.setdefault(key, "")
    if not named:
        return []
    if subject.among:
        live = {str(key) for key in subject.among.by_key}
    else:
        live = {
            str(key) for key in Revision.objects.live().filter(key__in=named).values_list("key", flat=True)
        }
    missing = [key for key in named if key not in live]
    newest = Revision.objects.newest().filter(key__in=missing).values_list("key", "title") if missing else []
    titles = {str(key): title for key, title in newest}
    return [
        f"{named[key] or f'“{titles.get(key, key)}”'} is not published yet. Publish it first."
        for key in missing
    ]
