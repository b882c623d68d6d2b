"""What a publish asks first, while something waits: whose words would go out, and what would be undone on
which day.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from itertools import takewhile
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime

from initiatives.admin.conflicts.conflict import Pending
from initiatives.admin.moments import moment_in_words
from initiatives.models import Item, ReleaseItem, Revision
from initiatives.publishing import beside, unfinished
from initiatives.publishing.carrying import Carried, carry
from initiatives.report import comparison
from initiatives.report.states import State
from initiatives.text import merge

LEAVE, CARRY = "leave", "carry"
ASKED = "Nothing is saved yet. Read what would happen, then choose the button again."


class AskFirst(Exception):  # noqa: N818 - nothing went wrong
    """Raised in the middle of a save to undo it and show the form again with what is asked."""

    def __init__(self, pending: Pending) -> None:
        super().__init__(pending.message)
        self.pending = pending


@dataclass
class Clash:
    """A field that the change and a text that waits both say otherwise: both in HTML, and for a text a box
    with both.
    """

    name: str
    label: str
    waiting: Any
    mine: Any
    box: str | None


@dataclass
class Asked:
    """What is asked: sentences, what would go out, and whether the change is to be carried into what
    waits.
    """

    sentences: list[str]
    differences: list[comparison.Difference]
    later: list[beside.Later]
    going: Revision
    data: QueryDict
    clashes: list[Clash] = field(default_factory=list)

    @cached_property
    def undoing(self) -> list[beside.Later]:
        """The texts that would undo some of the change."""
        return [one for one in self.later if one.undoes]

    @property
    def seen(self) -> str:
        """A digest of what is told: another one where something changed since a person read it."""
        return sha256(repr([self.sentences, [one.text.number for one in self.undoing]]).encode()).hexdigest()

    @property
    def answer(self) -> str:
        """What was chosen about the texts that wait, "" for nothing yet."""
        choice = self.data.get("waiting", "")
        return choice if choice in (LEAVE, CARRY) else ""

    @property
    def is_answered(self) -> bool:
        """Whether all of it was read and answered."""
        return self.data.get("told") == self.seen and bool(self.answer or not self.undoing)

    def carried(self) -> list[Carried]:
        """Return the texts that wait with the change in them; fills in the fields that have to be asked
        about.
        """
        found = []
        for one in self.undoing:
            answers = self.answers(one)
            plain = carry(one.base, self.going, one.text, {})
            self.clashes += [self.clash(one, name) for name in plain.clashes]
            found.append(carry(one.base, self.going, one.text, answers))
        return found

    def clash(self, one: beside.Later, name: str) -> Clash:
        """Return what is asked about a field."""
        was, now, then = (
            comparison.told_fields(each) if each else {} for each in (one.base, self.going, one.text)
        )
        sides = [
            {side.name: side.html for side in comparison.between(one.base or empty(one.text), each)}
            for each in (one.text, self.going)
        ]
        is_text = (
            isinstance(now.get(name), str)
            and isinstance(then.get(name), str)
            and name not in {"slug", "status", "icon"}
        )
        typed = self.data.get(f"{prefix(one, name)}-text")
        box = (typed or merge.combine(was.get(name) or "", then[name], now[name])) if is_text else None
        label = f"{comparison.field_name(one.text.kind, name)}, version {one.text.number}"
        return Clash(prefix(one, name), label, sides[0].get(name, ""), sides[1].get(name, ""), box)

    def answers(self, one: beside.Later) -> dict[str, Any]:
        """Return what was chosen for the fields that clash in a text that waits."""
        found: dict[str, Any] = {}
        now, then = (comparison.told_fields(each) for each in (self.going, one.text))
        for name in one.undoes:
            choice, box = self.data.get(prefix(one, name)), self.data.get(f"{prefix(one, name)}-text")
            if choice == "both" and box is not None and isinstance(now.get(name), str):
                found[name] = box.replace("\r\n", "\n").strip()
            elif choice in ("waiting", "mine"):
                found[name] = (then if choice == "waiting" else now).get(name)
        return found


def empty(text: Revision) -> Revision:
    """Return a revision that says nothing."""
    return Revision(kind=text.kind, key=text.key)


def prefix(one: beside.Later, name: str) -> str:
    """Return the name of a question in the form."""
    return f"carry-{one.text.number}-{name}"


def ask_first(
    request: HttpRequest, item: Item, held: Revision, going: Revision, at: datetime | None = None
) -> list[Carried]:
    """Return the texts that wait, with the change carried into them where that was asked for.

    In: the revision that the form was opened with; what is to go out, now or at a later moment. Raises
    AskFirst where the person has to read or answer something first.
    """
    later = beside.waiting_texts(item, held, going, at)
    sentences = [
        *whose(item, held, going, request.user, at),
        *(waiting_sentence(one) for one in later if one.undoes),
    ]
    if not sentences:
        return []
    public = item.revisions.live().first()
    asked = Asked(sentences, comparison.between(public or empty(going), going), later, going, request.POST)
    carried = asked.carried()
    is_carried = asked.answer == CARRY
    if not asked.is_answered or (is_carried and any(one.clashes for one in carried)):
        raise AskFirst(Pending("waits", ASKED, asked=asked))
    return carried if is_carried else []


def whose(item: Item, held: Revision, going: Revision, user: Any, at: datetime | None) -> list[str]:
    """Return what is to be known of the text in a form before it goes out: that it was to go out later,
    that others wrote it.
    """
    planned = item.revisions.upcoming().filter(digest=held.digest, withdrawn=False).first()
    if planned and planned.live_from:
        if at:
            return []
        when = f"{moment_in_words(planned.live_from)}{with_release(planned)}"
        return [
            f"This form holds the text that is scheduled for {when}. If you publish, all of it goes out now."
        ]
    names = unfinished.writers([held], user).get(item.key)
    if not names:
        return []
    whose = get_text_list(names, "and")
    return [
        f"This form holds an unfinished draft of {whose}. All of it would go out, not only what you changed."
    ]


def with_release(planned: Revision) -> str:
    """Return with which release a text goes out, in words; "" where it goes out alone."""
    row = (
        ReleaseItem.objects.filter(revision=planned, release__live_from__isnull=False)
        .select_related("release")
        .first()
    )
    return f" with the release “{row.release}”" if row else ""


def waiting_sentence(one: beside.Later) -> str:
    """Return when a text that waits takes the place of one that goes out, and what it then undoes."""
    fields, text = labels(one.text, one.undoes), one.text
    if text.live_from:
        when = f"{moment_in_words(text.live_from)}{with_release(text)}"
        return (
            f"On {when} the text “{text.title}” of version {text.number} takes its place, and undoes the "
            f"change of: {fields}."
        )
    text = written(text)
    whose = f"The draft of {text.author_name}" if text.author_name else "A draft"
    return f"{whose}, saved {saved(text)}, waits. Published as it is, it would undo the change of: {fields}."


def labels(text: Revision, names: Iterable[str]) -> str:
    """Return what fields are called, as a list in words."""
    return get_text_list([comparison.field_name(text.kind, name) for name in names], "and")


def holds(state: State, held: Revision | None) -> str:
    """Return in words which text a form holds: of the public, scheduled, a draft of somebody. "" for an item
    without any.

    In: the public text where the form holds that while another waits.
    """
    newest = held or state.newest
    if newest is None:
        return ""
    if state.live and state.live.digest == newest.digest:
        return "This form holds the text that is on the site now."
    text = next((one for one in state.planned if one.digest == newest.digest and not one.withdrawn), None)
    if text and text.live_from:
        return (
            "This form holds the text that is scheduled for "
            f"{moment_in_words(text.live_from)}{with_release(text)}."
        )
    first = written(newest)
    whose = f"the draft of {first.author_name}" if first.author_name else "a draft"
    return f"This form holds {whose}, saved {saved(first)}. The public does not see it."


def written(text: Revision) -> Revision:
    """Return the draft in which a text was kept first: to move an item, or to publish beside the draft,
    keeps its words again.
    """
    drafts = (
        Revision.objects.texts()
        .filter(key=text.key, number__lt=text.number, live_from=None)
        .order_by("-number")
    )
    return [text, *takewhile(lambda one: one.digest == text.digest, drafts.defer("fields", "html"))][-1]


def saved(text: Revision) -> str:
    """Return when a text was saved, in words."""
    return date_format(localtime(text.created), "M j, Y, g:i a e")
