"""What kind of change lies between two public versions of an item: computed from what they say, never from
what was ticked.
"""

from typing import Any

from initiatives.models.revision import Revision

KINDS = {
    "first": "First published",
    "wording": "Wording",
    "status": "Status",
    "figures": "Figures",
    "dates": "Dates",
    "people": "Agencies, audiences or places",
    "links": "Links or documents",
    "image": "Image",
    "address": "Address",
    "moved": "Moved",
    "order": "Place in the list",
    "withdrawn": "Taken off the site",
    "returned": "Back on the site",
}
# Which kind a field of an item counts as; every other field is wording.
FIELDS = {
    "status": "status",
    "status_note": "status",
    "amounts": "figures",
    "figures": "figures",
    "dates": "dates",
    "agencies": "people",
    "audiences": "people",
    "places": "people",
    "links": "links",
    "documents": "links",
    "image": "image",
    "image_alt": "image",
    "image_decorative": "image",
    "icon": "image",
}
# The order of the forms, for all kinds of items in one; a database may hand on the fields of a revision in
# any order.
ORDER = (
    *("title", "slug", "parent"),
    *(
        "city_name",
        "tagline",
        "as_of",
        "emergency_number",
        "crisis_number",
        "non_emergency_number",
        "tip_line",
    ),
    *("access_phone", "access_email", "access_address", "access_formats"),
    *("short_name", "sort", "icon", "summary", "description", "file", "url", "leading"),
    *("introduction", "body", "led_to", "about", "contact", "privacy_note", "accessibility_note", "footer"),
    *("status", "status_note", "audiences", "places", "image", "image_alt", "image_decorative", "documents"),
    *("agencies", "amounts", "figures", "dates", "links", "sandbox"),
)


def kinds_of_change(before: Revision | None, after: Revision) -> list[str]:
    """Return the kinds of change, names of KINDS in their order, between a public version and the one
    before it.
    """
    if after.withdrawn:
        return ["withdrawn"]
    if before is None:
        return ["first"]
    found = {kind_of(name) for name in differing(before.fields, after.fields)}
    if before.withdrawn:
        return ["returned"]
    if before.title != after.title:
        found.add("wording")
    if before.slug != after.slug:
        found.add("address")
    if before.parent != after.parent:
        found.add("moved")
    elif before.position != after.position:
        found.add("order")
    return [kind for kind in KINDS if kind in found]


def kind_of(name: str) -> str:
    """Return the kind that a field counts as."""
    return FIELDS.get(name, "wording")


def differing(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return the names of the fields whose values differ, in ORDER; a field that was not there counts as
    empty.
    """
    names = {name for name in {**before, **after} if (before.get(name) or None) != (after.get(name) or None)}
    return sorted(names, key=lambda name: (ORDER.index(name) if name in ORDER else len(ORDER), name))
