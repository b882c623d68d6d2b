"""An item's form as plain values: of a revision, of the working copy, of what the browser sent; and back
into what was sent.
"""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, QueryDict

from initiatives.models import Item, Revision, Upload
from initiatives.publishing.restore import upload
from initiatives.text.merge import MergedRow, Outcome, Row, Value
from portal.digits import whole_number

# Where a revision keeps the rows that the form has under another name.
RECORDED_AS = {"participations": "agencies"}
# Of one sort under one item: more than any has, and few enough that a made-up count costs no time. Twice as
# many are read, so that what two people typed can be shown together.
MOST_ROWS = 200


def comparable(field: forms.Field, value: Any) -> Value:
    """Return a field's value, from the browser or from a model, as it is compared: equal for what says the
    same.
    """
    value = field.prepare_value(value)
    if isinstance(value, list | tuple | models.QuerySet):
        return tuple(sorted(str(one) for one in value))
    if isinstance(value, bool):
        return "on" if value else ""
    text = "" if value is None else str(value).replace("\r\n", "\n").strip()
    if isinstance(field, forms.DecimalField):
        try:
            return f"{Decimal(text).normalize():f}"
        except InvalidOperation:
            return text
    return text


def sent(field: forms.Field, data: QueryDict, name: str) -> Value:
    """Return what the browser sent for a field."""
    return comparable(field, field.widget.value_from_datadict(data, {}, name))


def put_value(field: forms.Field, data: QueryDict, name: str, value: Value) -> None:
    """Change what the browser sent for a field."""
    if isinstance(value, tuple):
        data.setlist(name, list(value))
    elif isinstance(field, forms.BooleanField) and not value:
        data.pop(name, None)
    else:
        data[name] = value


def merged_fields(form: forms.ModelForm) -> dict[str, forms.Field]:
    """Return those fields of a form that are the item's own, by name, in the form's order."""
    own = {field.name for field in form._meta.model._meta.get_fields()}
    return {name: field for name, field in form.fields.items() if name in own}


def recorded_value(revision: Revision, model: type[Item], name: str, field: forms.Field) -> Value | None:
    """Return what a revision says in a field of the form; None where revisions do not keep it."""
    if name in ("title", "slug"):
        return comparable(field, getattr(revision, name))
    column: Any = model._meta.get_field(name)
    if isinstance(column, models.UUIDField):  # the key of what it hangs on, in the place of a relation
        return comparable(field, revision.parent)
    if not column.is_relation:
        return comparable(field, revision.fields[name]) if name in revision.fields else None
    if name in ("section", "pillar", "parent"):
        keys = [revision.parent] if revision.parent else []
        return comparable(field, column.related_model._default_manager.filter(key__in=keys).first())
    if name not in revision.fields:
        return None
    if column.related_model is Upload:
        return comparable(field, upload(revision.fields[name]))
    if column.many_to_many and issubclass(column.related_model, Item):
        return comparable(
            field, list(column.related_model._default_manager.filter(key__in=revision.fields[name]))
        )
    return None


class Rows:
    """One sort of rows under an item: how its form names them, and the three versions of them."""

    def __init__(self, formset: Any, label: str) -> None:
        self.formset, self.prefix, self.label = formset, formset.prefix, label
        empty = formset.empty_form
        self.pk = formset.model._meta.pk.name
        skipped = {self.pk, formset.fk.name, "DELETE"}
        self.columns: dict[str, forms.Field] = {
            name: field for name, field in empty.fields.items() if name not in skipped
        }
        self.blank = self.of_form(empty)

    def of_form(self, form: Any) -> tuple[tuple[str, str], ...]:
        """Return what an unsent form of a row says."""
        return tuple(
            (name, str(comparable(field, form[name].value()))) for name, field in self.columns.items()
        )

    def theirs(self) -> list[Row]:
        """Return the rows that the database has now."""
        return [Row(str(form.instance.pk), self.of_form(form)) for form in self.formset.initial_forms]

    def base(self, revision: Revision | None, ids: list[str]) -> list[Row]:
        """Return the rows of a revision, with their ids where the form that was opened on it tells."""
        recorded = revision.fields.get(RECORDED_AS.get(self.prefix, self.prefix), []) if revision else []
        if len(ids) != len(recorded):
            ids = [""] * len(recorded)
        return [Row(pk, self.of_record(row)) for pk, row in zip(ids, recorded, strict=True)]

    def of_record(self, row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
        """Return what a recorded row says, in the form's terms."""
        return tuple(
            (name, self.recorded_value(name, field, row.get(name))) for name, field in self.columns.items()
        )

    def recorded_value(self, name: str, field: forms.Field, value: Any) -> str:
        """Return one column of a recorded row; an item that is named by key as the form names it."""
        column = self.formset.model._meta.get_field(name)
        if column.is_relation:
            value = column.related_model._default_manager.filter(key=value).first()
        return str(comparable(field, value))

    def count(self, data: QueryDict, which: str) -> int:
        """Return how many rows the form says that it holds: "TOTAL" or "INITIAL"."""
        return min(whole_number(data.get(f"{self.prefix}-{which}_FORMS", "")) or 0, 2 * MOST_ROWS)

    def ids(self, data: QueryDict) -> list[str]:
        """Return the ids of the rows that the form was opened with."""
        return [data.get(f"{self.prefix}-{n}-{self.pk}", "") for n in range(self.count(data, "INITIAL"))]

    def mine(self, data: QueryDict, unanswered: set[str]) -> list[Row]:
        """Return the rows that the browser sent, but for those that were added and left blank."""
        return list(self._mine(data, unanswered))

    def _mine(self, data: QueryDict, unanswered: set[str]) -> Iterator[Row]:
        opened_with = self.count(data, "INITIAL")
        for n in range(self.count(data, "TOTAL")):
            row = self.at(data, n, f"{self.prefix}-{n}" in unanswered)
            if n < opened_with or not (row.gone or row.values == self.blank):
                yield row

    def at(self, data: QueryDict, n: int, pending: bool = False) -> Row:
        """Return the row that the browser sent at a place."""
        name = f"{self.prefix}-{n}"
        values = tuple(
            (column, str(sent(field, data, f"{name}-{column}"))) for column, field in self.columns.items()
        )
        return Row(data.get(f"{name}-{self.pk}", ""), values, bool(data.get(f"{name}-DELETE")), pending, n)

    def write(self, data: QueryDict, merged: list[MergedRow]) -> list[tuple[str, MergedRow]]:
        """Put rows brought together into what was sent; return each that is asked, with its name in the
        form.
        """
        for key in [key for key in data if key.startswith(f"{self.prefix}-")]:
            del data[key]
        there = [row for row in merged if row.theirs]
        added = [row for row in merged if not row.theirs and row.stands]
        data[f"{self.prefix}-INITIAL_FORMS"], data[f"{self.prefix}-TOTAL_FORMS"] = str(len(there)), "0"
        names = [
            (self.add(data, row.stands or row.theirs, row.theirs, not row.stands), row)
            for row in [*there, *added]
        ]
        return [(name, row) for name, row in names if row.outcome is Outcome.ASKED]

    def add(self, data: QueryDict, row: Row | None, stored: Row | None = None, gone: bool = False) -> str:
        """Put one row more into what was sent, for a stored row or a new one; return its name in the form."""
        total = self.count(data, "TOTAL")
        name = f"{self.prefix}-{total}"
        data[f"{self.prefix}-TOTAL_FORMS"] = str(total + 1)
        self.fill(data, name, row, gone)
        data[f"{name}-{self.pk}"] = stored.id if stored else ""
        return name

    def fill(self, data: QueryDict, name: str, row: Row | None, gone: bool = False) -> None:
        """Change what a row in the form says, and whether it is to be deleted."""
        for column, value in row.values if row else ():
            data[f"{name}-{column}"] = value
        data.pop(f"{name}-DELETE", None)
        if gone:
            data[f"{name}-DELETE"] = "on"


def sorts_of_rows(model_admin: Any, request: HttpRequest, item: Any) -> list[Rows]:
    """Return every sort of rows that the item's form has."""
    found = []
    for formset, inline in model_admin.get_formsets_with_inlines(request, item):
        rows = formset(
            instance=item, prefix=formset.get_default_prefix(), queryset=inline.get_queryset(request)
        )
        found.append(Rows(rows, str(inline.verbose_name_plural)))
    return found
