"""How the fields of an item are called in words, in forms and in messages."""

from django.core.exceptions import FieldDoesNotExist

from initiatives.models.item import Item

EVERYWHERE = "__all__"


def label(item: Item, name: str) -> str:
    """Return what the form calls a field, or the rows of a kind: "Alt text", "Money"; "" for no single
    field.
    """
    if name == EVERYWHERE:
        return ""
    try:
        found = item._meta.get_field(name)
    except FieldDoesNotExist:
        return name.replace("_", " ").capitalize()
    if found.auto_created and found.related_model:
        words = str(found.related_model._meta.verbose_name_plural)
    else:
        words = str(found.verbose_name)  # type: ignore[union-attr]
    return words[:1].upper() + words[1:]


def path_label(item: Item) -> str:
    """Return an item's way from the top, for choosing among items that hang on others."""
    parent = item.parent_item
    return f"{path_label(parent)} › {item}" if parent else str(item)
