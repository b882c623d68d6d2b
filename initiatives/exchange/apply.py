"""Gives a working copy the fields that an import changes, and notes what it does not accept on the line
where it stands.
"""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from initiatives.exchange.block import Block, body_field
from initiatives.exchange.fields import FILES, OUTWARD, Told, text_fields
from initiatives.exchange.load import RELATIONS, ROWS
from initiatives.models import Agency, Upload

MANY = ("agencies", *RELATIONS, *ROWS)


class Setter:
    """Sets the fields of one item and saves it."""

    def __init__(self, block: Block, item: Any, fields: Told) -> None:
        self.block, self.item, self.fields = block, item, fields
        self.problems: list[str] = []
        self.rows: dict[str, list[Any]] = {}

    def set(self) -> list[str]:
        """Save the item with its new fields; return what is wrong with them, in which case the caller
        undoes it.
        """
        for name in ("title", "slug", *text_fields(self.block.kind)):
            if name in self.fields:
                setattr(self.item, name, self.fields[name])
        self.set_parent()
        self.set_file()
        accepted = not self.problems and self.accepted()
        self.rows = {name: self.built(name) for name in ROWS if name in self.fields}
        if accepted:
            if self.item.pk is None:
                self.item.place_last()
            self.item.save()
            for name in (name for name in MANY if name in self.fields):
                self.set_many(name)
        return self.problems

    def note(self, reason: str, *where: Any) -> None:
        self.problems.append(self.block.problem(reason, *where))

    def set_parent(self) -> None:
        """Hang the item where the document has it."""
        if "parent" in self.fields:
            try:
                self.item.hang_on(UUID(self.fields["parent"]) if self.fields["parent"] else None)
            except ValidationError as error:
                self.note(" ".join(error.messages), "parent")

    def set_file(self) -> None:
        """Take the uploaded file that a name means."""
        name = FILES.get(self.block.kind)
        if name and name in self.fields:
            allowed = self.item._meta.get_field(name).get_limit_choices_to()
            found = (
                Upload.objects.filter(file=self.fields[name], **allowed).first()
                if self.fields[name]
                else None
            )
            if self.fields[name] and not found:
                self.note(f"there is no file “{self.fields[name][:80]}”; upload it at the desk first", name)
            setattr(self.item, name, found)

    def accepted(self) -> bool:
        """Say whether the item accepts its values; what was not changed is not looked at."""
        kept = (
            {field.name for field in self.item._meta.get_fields()} - set(self.fields)
            if self.item.pk
            else set()
        )
        try:
            self.item.full_clean(exclude=kept)
        except ValidationError as error:
            self.collect(error, self.item)
        return not self.problems

    def collect(self, error: ValidationError, model: Any, *where: Any) -> None:
        """Note the problems of a model's refused values on the lines where they stand."""
        for name, errors in error.error_dict.items():
            outward = OUTWARD.get(name, name)
            place = "body" if name == body_field(self.block.kind) and not where else outward
            words = "" if name == "__all__" else f"{outward}: "
            self.note(words + " ".join(refusal_words(model, name, one) for one in errors), *where, place)

    def set_many(self, name: str) -> None:
        """Replace what hangs on the item by what the document says."""
        if name == "agencies":
            self.item.participations.all().delete()
            named = Agency.objects.filter(key__in=[row["agency"] for row in self.fields[name]])
            keys = {str(agency.key): agency for agency in named}
            for row in self.fields[name]:
                self.item.participations.create(agency=keys[row["agency"]], role=row["role"])
        elif name in RELATIONS:
            relation = getattr(self.item, name)
            relation.set(relation.model.objects.filter(key__in=self.fields[name]))
        else:
            getattr(self.item, name).all().delete()
            for row in self.rows[name]:
                row.initiative = self.item
                row.save()

    def built(self, name: str) -> list[Any]:
        """Return the rows of one kind that are accepted; note what is wrong with the others."""
        rows = []
        for place, said in enumerate(self.fields[name]):
            row = ROWS[name](**said)
            try:
                row.full_clean(exclude=["initiative"])
                rows.append(row)
            except ValidationError as error:
                self.collect(error, row, name, place)
        return rows


def refusal_words(model: Any, name: str, error: ValidationError) -> str:
    """Return what is wrong with a value; where it is none of a few, which these are."""
    if error.code != "invalid_choice":
        return " ".join(error.messages)
    allowed = [str(value) for value, _ in model._meta.get_field(name).flatchoices if value]
    return f"“{error.params['value']}” is none of {', '.join(allowed)}."  # type: ignore[index]
