"""What differs between two revisions, field by field, in words that a reader who is no editor understands."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from initiatives.models import KINDS
from initiatives.models.facts import Participation
from initiatives.models.revision import Revision
from initiatives.report import changes, wording
from initiatives.text.alignment import LIKE, Effort, changed_runs, paired_paragraphs

# Fields that hold the keys of other items.
REFERENCES = ("audiences", "places", "documents")
LABELS = {
    "agencies": "Agencies and partners",
    "audiences": "Whom it serves",
    "places": "Places",
    "documents": "Documents",
    "amounts": "Money",
    "figures": "Numbers",
    "dates": "Dates",
    "links": "Links",
    "image": "Image",
    "body": "Text",
    "parent": "Where it stands",
    "slug": "Address",
    "title": "Title",
}
# CommonMark, 2.4 Backslash escapes
ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
COARSE = (
    "This is too long to compare in full. Some parts are shown as removed and added whole, though only "
    "some words changed."
)
NOTHING, SPACE = SafeString(""), SafeString(" ")
HIDDEN = '<span class="visually-hidden">{}</span>'
MARKS = {
    (tag, said): (
        format_html("<{}>" + HIDDEN, SafeString(tag), f"[{said}: "),
        format_html(HIDDEN + "</{}>", "]", SafeString(tag)),
    )
    for tag, said in (("del", "removed"), ("ins", "added"))
}
ROLES = dict(Participation.Role.choices)


@dataclass(frozen=True)
class Difference:
    """A field that differs: its label, and both sides in one as HTML, words struck (del) and added (ins)."""

    name: str
    label: str
    html: SafeString


def between(old: Revision, new: Revision, at: datetime | None = None) -> list[Difference]:
    """Return what differs, fields in the order of the item's form; nothing where both say the same.

    In: for titles of other items that a field names, the moment of the reader, now by default. One query.
    """
    told = (told_fields(old), told_fields(new))
    names = changes.differing(*told)
    titles = referred(told, at) if set(names) & {"agencies", "parent", *REFERENCES} else {}
    return [
        Difference(name, field_name(new.kind, name), side_by_side(name, told[0], told[1], titles))
        for name in names
    ]


def told_fields(revision: Revision) -> dict[str, Any]:
    """Return all that a revision says, with its title, address and place in the tree as fields."""
    parent = [str(revision.parent)] if revision.parent else []
    return {"title": revision.title, "slug": revision.slug, "parent": parent, **revision.fields}


def referred(told: tuple[dict[str, Any], ...], at: datetime | None) -> dict[str, str]:
    """Return the public title of each other item that the fields name, by key: the last one up to a
    moment.
    """
    keys = {key for fields in told for name in ("parent", *REFERENCES) for key in fields.get(name, [])}
    keys |= {row["agency"] for fields in told for row in fields.get("agencies", [])}
    rows = (
        Revision.objects.once_live(at).filter(key__in=keys).order_by("live_from").values_list("key", "title")
    )
    return {str(key): title for key, title in rows}


def field_name(kind: str, name: str) -> str:
    """Return what a field is called."""
    if name in LABELS:
        return LABELS[name]
    try:
        words = str(KINDS[kind]._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    except (KeyError, FieldDoesNotExist):
        words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def side_by_side(name: str, old: dict[str, Any], new: dict[str, Any], titles: dict[str, str]) -> SafeString:
    """Return both values of a field in one: text word by word, rows as a list, anything else one after the
    other.
    """
    before, after = old.get(name), new.get(name)
    if isinstance(before or after, list):
        rows = ([value_words(name, row, titles) for row in side or []] for side in (before, after))
        return marked_list(*rows)
    if isinstance(before or after, str) and name not in {"status", "slug", "icon"}:
        return marked_words(before or "", after or "")
    return format_html(
        "{} {}", struck(value_words(name, before, titles)), added(value_words(name, after, titles))
    )


def value_words(name: str, value: Any, titles: dict[str, str]) -> str:
    """Return a value or a row in words."""
    match name:
        case "status":
            return wording.status(value) if value else ""
        case "amounts":
            return wording.money_line(value)
        case "figures":
            return wording.joined(wording.figure(value), value["counts"] and f"({value['counts']})")
        case "dates":
            return wording.joined(value["label"] and f"{value['label']}:", wording.date(value))
        case "links":
            return f"{value['label']} ({value['url']})"
        case "agencies":
            return (
                f"{titles.get(value['agency'], 'something not public')} "
                f"({ROLES.get(value['role'], value['role']).lower()})"
            )
        case "parent" | "audiences" | "places" | "documents":
            return titles.get(value, "something not public")
        case "image" | "file":
            return f"{value['name'].rpartition('.')[2].upper()} file {value['name'][-12:-4]}" if value else ""
    return {True: "yes", False: "no", None: ""}.get(value, str(value))


def marked_list(old: list[str], new: list[str]) -> SafeString:
    """Return rows as a list in which those that went are struck and those that came are marked."""
    effort, rows = Effort(), []
    for gone, come, same in changed_runs(old, new, effort):
        rows += [*map(struck, gone), *map(added, come), *map(escape, same)]
    return told_if_coarse(effort) + format_html(
        "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((row,) for row in rows))
    )


def marked_words(old: str, new: str) -> SafeString:
    """Return a text with the words that went struck and those that came marked; paragraphs stay apart.

    A backslash that keeps Markdown from reading a sign as markup is no word.
    """
    effort = Effort()
    old, new = (ESCAPED.sub(r"\1", text) for text in (old, new))
    html = format_html_join(
        "", "<p>{}</p>", ((paragraph,) for paragraph in marked_paragraphs(old, new, effort))
    )
    return told_if_coarse(effort) + html


def told_if_coarse(effort: Effort) -> SafeString:
    """Return the sentence that a comparison had to be coarse, nothing for a fine one."""
    return format_html("<p><strong>{}</strong></p>", COARSE) if effort.is_coarse else NOTHING


def marked_paragraphs(old: str, new: str, effort: Effort) -> Iterator[SafeString]:
    """Yield each paragraph with its changes: those that stayed first find each other, then those that are
    alike.
    """
    before, after = (re.split(r"\n\s*\n", text.strip()) if text.strip() else [] for text in (old, new))
    for gone, come, same in changed_runs(before, after, effort):
        for pair in paired_paragraphs(gone, come, effort):
            yield marked(*pair, effort)
        yield from map(escape, same)


def marked(old: str, new: str, effort: Effort) -> SafeString:
    """Return one paragraph with its changed words marked; where little is the same, the old and then the
    new one whole.
    """
    if not (old and new):
        return struck(old) + added(new)
    one, other = re.findall(r"\S+\s*", old), re.findall(r"\S+\s*", new)
    parts, common = [], 0
    for gone, come, same in changed_runs(one, other, effort):
        parts += [
            struck("".join(gone)),
            SPACE if gone and come else NOTHING,
            added("".join(come)),
            escape("".join(same)),
        ]
        common += len(same)
    if 2 * common < LIKE * (len(one) + len(other)):
        return format_html("{} {}", struck(old), added(new))
    return SafeString("".join(parts))


def struck(text: str) -> SafeString:
    """Return text as struck, and said to be so to those who cannot see it."""
    return in_tag("del", "removed", text)


def added(text: str) -> SafeString:
    """Return text as added, and said to be so to those who cannot see it."""
    return in_tag("ins", "added", text)


def in_tag(tag: str, said: str, text: str) -> SafeString:
    """Return text in a tag with words for screen readers; nothing for no text.

    White space at the end stays outside.
    """
    inner = text.rstrip()
    if not inner.strip():
        return NOTHING
    # A long text has tens of thousands of these: format_html() would take most of the time of the page.
    opening, closing = MARKS[tag, said]
    return opening + escape(inner) + closing + (SPACE if inner != text else NOTHING)
