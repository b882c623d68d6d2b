"""Two people at one item: what was typed is brought together with what was saved since, and the rest is
asked field by field.
"""

from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.http import HttpRequest, QueryDict
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from initiatives.admin.conflicts.values import (
    Rows,
    comparable,
    merged_fields,
    put_value,
    recorded_value,
    sent,
    sorts_of_rows,
)
from initiatives.models import Revision
from initiatives.report import comparison
from initiatives.text import merge
from initiatives.text.merge import MergedRow, Outcome, Value
from portal.digits import whole_number

ANSWERS = ("mine", "theirs", "both")


@dataclass
class Question:
    """What both sides changed: both versions in HTML with changed words marked; `box` proposes a text with
    both.
    """

    name: str
    asked: str
    label: str
    theirs: SafeString
    mine: SafeString
    both: str = ""
    box: str | None = None
    lines: int = 2


@dataclass
class Pending:
    """Why a form that was sent is shown again and not saved, and what is asked."""

    reason: str
    message: str
    who: str = ""
    when: Any = None
    questions: list[Question] = field(default_factory=list)
    taken: list[tuple[str, SafeString]] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    asked: Any = None  # what a publish asks first: initiatives/admin/conflicts/asking.py


class Conflict:
    """Brings a form that was sent together with the item's newest revision. `data` is what was sent, and
    is changed.
    """

    def __init__(self, model_admin: Any, request: HttpRequest, item: Any, data: QueryDict) -> None:
        names = flatten_fieldsets(model_admin.get_fieldsets(request, item))
        self.form: Any = model_admin.get_form(request, item, change=True, fields=names)(instance=item)
        self.item, self.data = item, data
        self.fields = merged_fields(self.form)
        self.rows = sorts_of_rows(model_admin, request, item)
        self.newest: Revision | None = self.form.newest()
        self.base = self.revision(data.get("base_revision", ""))
        self.unanswered: dict[str, str] = {}
        self.pending = Pending("overtaken", "")

    def revision(self, number: str) -> Revision | None:
        """Return the item's revision with a number."""
        return self.item.revisions.filter(number=whole_number(number)).first()

    @property
    def is_overtaken(self) -> bool:
        """Whether another text was saved since the form was opened."""
        return self.newest is not None and (self.base is None or self.base.digest != self.newest.digest)

    # Answers

    def take_answers(self) -> None:
        """Put into the form what was answered; keep what was asked and has no answer."""
        for asked in self.data.getlist("asked"):
            name, _, number = asked.partition(":")
            if not self.answer(name, self.data.get(f"merge-{name}", "")):
                self.unanswered[name] = number
        self.data.pop("asked", None)

    def answer(self, name: str, choice: str) -> bool:
        """Put one answer into the form; say whether there was one."""
        rows = next((rows for rows in self.rows if name.startswith(f"{rows.prefix}-")), None)
        if choice not in ANSWERS or (name not in self.fields and not rows):
            return False
        if rows:
            self.answer_row(rows, name, choice)
        elif choice == "theirs":
            put_value(self.fields[name], self.data, name, self.theirs(name, self.base))
        elif choice == "both":
            if f"merge-{name}-text" not in self.data:
                return False
            self.data[name] = self.data.get(f"merge-{name}-text", "")
        return True

    def answer_row(self, rows: Rows, name: str, choice: str) -> None:
        """Put an answer about a row into the form."""
        if choice == "mine":
            return
        place = whole_number(name.rpartition("-")[2])
        mine = None if place is None else rows.at(self.data, place)
        theirs = next((row for row in rows.theirs() if mine and mine.id == row.id), None)
        if choice == "both" and mine and not mine.gone:
            rows.add(self.data, mine)
        rows.fill(self.data, name, theirs, gone=theirs is None)

    # Bringing together

    def bring_together(self) -> None:
        """Take into the form what only the others changed, and ask what both changed."""
        for name in self.fields:
            self.bring_field(name)
        for rows in self.rows:
            self.bring_rows(rows)
        if self.newest:
            self.data["base_revision"] = str(self.newest.number)

    def theirs(self, name: str, revision: Revision | None) -> Value:
        """Return what a field says in a revision; what revisions do not keep, as the working copy has it."""
        said = recorded_value(revision, type(self.item), name, self.fields[name]) if revision else None
        return comparable(self.fields[name], self.form[name].value()) if said is None else said

    def bring_field(self, name: str) -> None:
        """Bring one field together."""
        base_of = self.revision(self.unanswered[name]) if name in self.unanswered else self.base
        base = recorded_value(base_of, type(self.item), name, self.fields[name]) if base_of else None
        theirs, mine = self.theirs(name, self.newest), sent(self.fields[name], self.data, name)
        merged = merge.field(base, theirs, mine)
        label = str(self.fields[name].label)
        if merged.outcome is Outcome.THEIRS:
            put_value(self.fields[name], self.data, name, merged.value)
            self.pending.taken.append((label, self.marked(name, base, theirs)))
        elif merged.outcome is Outcome.MINE:
            self.pending.kept.append(label)
        elif merged.outcome is Outcome.ASKED:
            asked = f"{name}:{base_of.number if base_of else ''}"
            shown = (self.marked(name, base, theirs), self.marked(name, base, mine))
            self.pending.questions.append(
                Question(name, asked, label, *shown, **self.proposal(name, base, theirs, mine))
            )

    def proposal(self, name: str, base: Value | None, theirs: Value, mine: Value) -> dict[str, Any]:
        """Return the box in which the person merges a text, with what they typed in it before; nothing for
        a choice.
        """
        if not is_typed_text(self.fields[name]) or name == "slug":
            return {}
        text = self.data.get(f"merge-{name}-text") or merge.combine(str(base or ""), str(theirs), str(mine))
        return {
            "both": "Both: I merge them in this box",
            "box": text,
            "lines": min(24, 3 + len(text) // 70 + text.count("\n")),
        }

    def marked(self, name: str, base: Value | None, value: Value) -> SafeString:
        """Return what a field says, with what changed against the base marked."""
        form_field = self.fields[name]
        if is_typed_text(form_field):
            return (
                linebreaks_of(str(value)) if base is None else comparison.marked_words(str(base), str(value))
            )
        old, new = "" if base is None else as_form_says(form_field, base), as_form_says(form_field, value)
        if old == new or base is None:
            return format_html("<p>{}</p>", new)
        return format_html("<p>{} {}</p>", comparison.struck(old), comparison.added(new))

    def bring_rows(self, rows: Rows) -> None:
        """Bring one sort of rows together."""
        unanswered = {name for name in self.unanswered if name.startswith(f"{rows.prefix}-")}
        mine = rows.mine(self.data, unanswered)
        merged = merge.merge_rows(rows.base(self.base, rows.ids(self.data)), rows.theirs(), mine)
        label = rows.label[:1].upper() + rows.label[1:]
        for name, row in rows.write(self.data, merged):
            both = "Both: keep two rows" if row.theirs and row.stands else ""
            self.pending.questions.append(
                Question(name, name, f"{label}: a row", *both_sides(rows, row), both)
            )
        for row in merged:
            if row.outcome is Outcome.THEIRS and (
                row.base is None or row.theirs is None or row.base.values != row.theirs.values
            ):
                self.pending.taken.append((label, both_sides(rows, row)[0]))
        if any(row.outcome is Outcome.MINE for row in merged):
            self.pending.kept.append(label)


def both_sides(rows: Rows, row: MergedRow) -> tuple[SafeString, SafeString]:
    """Return their version of a row and mine, each with what changed against the base marked."""
    base = row_words(rows, row.base.values) if row.base else ""
    sides = (row.theirs, None if row.mine is None or row.mine.gone else row.mine)
    shown = [comparison.marked_words(base, row_words(rows, side.values) if side else "") for side in sides]
    return shown[0] or escape("The row was deleted."), shown[1] or escape("The row was deleted.")


def row_words(rows: Rows, values: tuple[tuple[str, str], ...]) -> str:
    """Return what a row says, each column with its label."""
    said = [(rows.columns[name], value) for name, value in values if value]
    return "; ".join(f"{column.label}: {as_form_says(column, value)}" for column, value in said)


def is_typed_text(form_field: forms.Field) -> bool:
    """Say whether a field is typed as text."""
    return isinstance(form_field, forms.CharField)


def as_form_says(form_field: Any, value: Value) -> str:
    """Return a value in the words that the form has for it."""
    if isinstance(form_field, forms.BooleanField):
        return "Yes" if value else "No"
    names = {str(key): str(words) for key, words in getattr(form_field, "choices", ())}
    return (
        ", ".join(names.get(one, one) for one in ((value,) if isinstance(value, str) else value)) or "Nothing"
    )


def linebreaks_of(text: str) -> SafeString:
    """Return a text as paragraphs."""
    return format_html_join("", "<p>{}</p>", ((part,) for part in merge.paragraphs_of(text)))


def as_new(model_admin: Any, request: HttpRequest, data: QueryDict) -> None:
    """Make the rows that were sent rows of a new item: none of them is in the database."""
    for rows in sorts_of_rows(model_admin, request, model_admin.model()):
        sent_rows = [row for row in rows.mine(data, set()) if not row.gone]
        rows.write(data, [MergedRow(None, None, row, Outcome.MINE) for row in sent_rows])
