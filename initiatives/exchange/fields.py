"""What an item says, in two forms: outward, as people read and edit it, and plain, in which two sides can
be compared.
"""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models

from initiatives.exchange.block import Block, body_field
from initiatives.exchange.load import RELATIONS, RENAMED, ROLES, ROWS
from initiatives.models import KINDS, Revision
from initiatives.models.facts import shortest_decimal

OUTWARD = {inward: outward for outward, inward in RENAMED.items()}
FILES = {"initiative": "image", "document": "file"}
SINGULAR = {"audiences": "audience", "places": "place", "documents": "document"}
YES = {"yes", "true", "1", "y"}
# How spreadsheets write a number: "$300,000.00", "US$ 1,234", "300000.00".
NUMBER = re.compile(r"(?:US)?\$?\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)")
Told = dict[str, Any]


def tidy(text: Any) -> str:
    """Return a text with \\n as its only line end, without blank lines around it."""
    text = re.sub(r"\r\n?", "\n", str(text if text is not None else ""))
    return re.sub(r"\A(?:[ \t]*\n)+", "", text).rstrip() if "\n" in text.strip() else text.strip()


def text_fields(kind: str) -> list[str]:
    """Return the names of the fields that hold text or yes and no, the body among them."""
    return [*KINDS[kind].plain_fields, *KINDS[kind].markdown_fields]


def default(model: Any, name: str) -> Any:
    """Return what a field holds where nothing is said: a text, yes and no, or None."""
    value = model._meta.get_field(name).get_default()
    return value if isinstance(value, bool) else "" if value is None else str(value)


def of_revision(revision: Revision) -> Told:
    """Return all that a revision says in the plain form."""
    fields = revision.fields
    told: Told = {"title": tidy(revision.title), "slug": revision.slug}
    told["parent"] = str(revision.parent) if revision.parent else ""
    for name in text_fields(revision.kind):
        value = fields.get(name, default(KINDS[revision.kind], name))
        told[name] = value if isinstance(value, bool) else tidy(value)
    if file := FILES.get(revision.kind):
        told[file] = (fields.get(file) or {}).get("name", "")
    if revision.kind == "initiative":
        told["agencies"] = by_role(fields.get("agencies", []))
        told |= {name: sorted(fields.get(name, [])) for name in RELATIONS}
        told |= {
            name: [whole_row(model, row) for row in fields.get(name, [])] for name, model in ROWS.items()
        }
    return told


def by_role(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Return an item's agencies in the order of roles."""
    return sorted(rows, key=lambda row: ROLES.index(row["role"]) if row["role"] in ROLES else len(ROLES))


def whole_row(model: Any, said: dict[str, Any]) -> dict[str, Any]:
    """Return a row with every column: numbers as the shortest text, what is not said as its default."""
    return {name: as_value(model._meta.get_field(name), said.get(name)) for name in model.fields}


def as_value(field: models.Field, value: Any) -> Any:
    """Return one value of a row. What is no number stays as it is, for the field itself to refuse."""
    if value is None or value == "":
        value = field.get_default()
    if isinstance(field, models.DecimalField):
        if isinstance(value, str) and (written := NUMBER.fullmatch(value.strip())):
            value = written[1].replace(",", "")
        try:
            return (
                shortest_decimal(Decimal(value))
                if value not in (None, "") and Decimal(value).adjusted() < 40
                else value or None
            )
        except (InvalidOperation, ValueError):
            return value
    return tidy(value)


# Outward


def outward(revision: Revision, slugs: dict[str, str]) -> Told:
    """Return what a revision says as front matter: what is as by default is left out, other items are
    named by slug.
    """
    model: Any = KINDS[revision.kind]
    told = of_revision(revision)
    front: Told = {"key": str(revision.key), "revision": str(revision.number), "title": told["title"]}
    for name in text_fields(revision.kind):
        if name != body_field(revision.kind) and told[name] != default(model, name):
            front[OUTWARD.get(name, name)] = yes_no_or_text(told[name])
    if told.get("agencies"):
        roles = {row["role"] for row in told["agencies"]}
        front["agencies"] = {
            role: [slugs.get(row["agency"], row["agency"]) for row in told["agencies"] if row["role"] == role]
            for role in ROLES
            if role in roles
        }
    for name in RELATIONS:
        if told.get(name):
            front[name] = sorted(slugs.get(key, key) for key in told[name])
    for name, rows in ROWS.items():
        if told.get(name):
            front[name] = [outward_row(rows, row) for row in told[name]]
    file = FILES.get(revision.kind)
    return front | ({file: told[file]} if file and told[file] else {})


def outward_row(model: Any, row: dict[str, Any]) -> dict[str, str]:
    """Return a row without what is as by default."""
    blank = whole_row(model, {})
    return {
        OUTWARD.get(name, name): str(value)
        for name, value in row.items()
        if value != blank[name] and value is not None
    }


def yes_no_or_text(value: Any) -> str:
    """Return yes or no for a truth value, anything else as text."""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


# Inward


class Inward:
    """Takes what a block says to the plain form. `keys` finds other items by kind and slug.

    Notes problems by line.
    """

    def __init__(self, block: Block, keys: dict[tuple[str, str], str], problems: list[str]) -> None:
        self.block, self.keys, self.problems = block, keys, problems
        self.model: Any = KINDS[block.kind]
        self.values = {RENAMED.get(key, key): value for key, value in block.values.items()}

    def told(self) -> Told:
        """Return what the block says, of a whole block every field, else those it names."""
        told: Told = {}
        if self.block.whole:
            told = {
                "title": self.text("title", ""),
                **{name: self.plain_field(name) for name in text_fields(self.block.kind)},
            }
            if body_field(self.block.kind):
                told[body_field(self.block.kind)] = tidy(self.block.body)
            elif self.block.body.strip():
                self.note(f"a {self.block.kind} has no text of its own", "body")
            if file := FILES.get(self.block.kind):
                told[file] = self.text(file, "")
        if self.block.kind == "initiative":
            told |= self.relations()
        for name in self.values:
            self.note(f"“{OUTWARD.get(name, name)}” is not known here", OUTWARD.get(name, name))
        return {name: value for name, value in told.items() if name not in self.block.unsaid}

    def note(self, reason: str, *where: Any) -> None:
        self.problems.append(self.block.problem(reason, *where))

    def plain_field(self, name: str) -> Any:
        """Return a text, or yes and no."""
        usual = default(self.model, name)
        if isinstance(usual, bool):
            said = self.text(name, "no").lower()
            if said not in YES | {"no", "false", "0", "n", ""}:
                self.note(f"{name}: say yes or no", name)
            return said in YES
        return self.text(name, usual)

    def text(self, name: str, usual: str) -> str:
        """Return a text, the usual one where nothing is said."""
        value = self.values.pop(name, usual)
        if isinstance(value, str):
            if "\0" in value:
                self.note(f"{name}: there is a character in it that no text has", name)
            return tidy(value)
        if value != {}:
            self.note(
                f"“{OUTWARD.get(name, name)}” is a list or a mapping where text belongs",
                OUTWARD.get(name, name),
            )
        return ""

    def relations(self) -> Told:
        """Return agencies, lists and rows; those that a partial block does not name are left out."""
        told: Told = {}
        if self.block.whole:
            told["agencies"] = self.agencies(self.values.pop("agencies", {}))
        for name in RELATIONS:
            if self.block.whole or name in self.values:
                told[name] = sorted(self.named(SINGULAR[name], self.values.pop(name, []), name))
        for name, model in ROWS.items():
            if self.block.whole or name in self.values:
                rows = self.values.pop(name, [])
                built = [self.row(model, row, name, place) for place, row in enumerate(as_list(rows))]
                told[name] = [row for row in built if row]
        return told

    def named(self, kind: str, slugs: Any, *where: Any) -> list[str]:
        """Return the keys of the items that a list of slugs names."""
        found = []
        for place, slug in enumerate(as_list(slugs)):
            key = self.keys.get((kind, slug)) if isinstance(slug, str) else None
            if key is None:
                self.note(f"there is no {kind} “{slug}”", *where, place)
            elif key in found:
                self.note(f"the {kind} “{slug}” stands here twice", *where, place)
            else:
                found.append(key)
        return found

    def agencies(self, roles: Any) -> list[dict[str, str]]:
        """Return the agencies by role."""
        if not isinstance(roles, dict) or set(roles) - set(ROLES):
            self.note(f"agencies stand by role: {', '.join(ROLES)}", "agencies")
            return []
        return [
            {"agency": key, "role": role}
            for role in ROLES
            for key in self.named("agency", roles.get(role, []), "agencies", role)
        ]

    def row(self, model: Any, said: Any, *where: Any) -> dict[str, Any]:
        """Return a row; note columns that it cannot have, and parts that are no text."""
        if not isinstance(said, dict) or any(not isinstance(value, str) for value in said.values()):
            self.note(f"{where[0]} are written as {{name: value, name: value}}", *where)
            return {}
        columns: dict[str, Any] = {str(RENAMED.get(name, name)): value for name, value in said.items()}
        if unknown := set(columns) - set(model.fields):
            self.note(f"{', '.join(sorted(unknown))}: not known in {where[0]}", *where)
        return whole_row(model, columns)


def as_list(value: Any) -> list[Any]:
    """Return a list as it is, one value as a list of it, nothing as an empty one."""
    return value if isinstance(value, list) else [value] if value else []
