"""What a release holds, for the page that shows it: each item with what would change, what stops it, and
what to know.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.timezone import localtime

from initiatives import checks
from initiatives.checks import Finding
from initiatives.models import Item, Release, ReleaseItem, Revision
from initiatives.models.access import open_to
from initiatives.publishing import authorship, batch, unfinished
from initiatives.publishing.releases import is_waiting, waiting_releases
from initiatives.report import comparison
from initiatives.report.comparison import Difference
from initiatives.report.report import Report
from initiatives.report.states import State, states


@dataclass
class Row:
    """An item in a release. `revision` is what goes or went out, None only for an item without any text."""

    key: UUID
    title: str
    item: Item | None
    state: State
    revision: Revision | None
    differences: list[Difference] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    advice: list[tuple[str, str]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    has_newer_draft: bool = False

    @property
    def edit_url(self) -> str:
        """The path of the item's form, "" where the item was deleted."""
        return self.item.desk_path("change", self.item.pk) if self.item else ""

    @property
    def kind_name(self) -> str:
        """What the item is, in words."""
        return str(self.item._meta.verbose_name).capitalize() if self.item else ""

    @property
    def is_new(self) -> bool:
        """Whether the public sees nothing of the item yet."""
        return self.state.live is None


def release_rows(release: Release, by: Any) -> list[Row]:
    """Return the items of a release that a person may open, parents first, then those that were deleted.

    In: that person.
    """
    held = open_to(by, release.items.select_related("revision"))
    items = batch.working_copies_of((row.kind, row.key) for row in held)
    by_key, found = {row.key: row for row in held}, states(row.key for row in held)
    there = [release_row(release, by_key[item.key], item, found[item.key]) for item in items]
    gone = [
        release_row(release, row, None, found[row.key])
        for row in held
        if row.key not in {item.key for item in items}
    ]
    shown = [*there, *gone]
    fill_differences(shown)
    if not release.live_from:
        examine_rows(shown, by)
    if not release.is_out():
        say_others(release, shown)
    return shown


def asks_of(release: Release, by: Any) -> dict[UUID, tuple[str, str]]:
    """Return by key the drafts in a release that others have not finished or that have a date: the draft's
    digest, and which.

    In: who would put them out. Only what that person may open.
    """
    found = states(row.key for row in open_to(by, release.items.all()))
    drafts = {key: one.newest.digest for key, one in found.items() if one.newest}
    return {key: (drafts[key], asked) for key, asked in unfinished.asks(found.values(), by, release).items()}


def release_row(release: Release, row: ReleaseItem, item: Item | None, state: State) -> Row:
    """Return an item's row with what there is to know of it."""
    title = str(item) if item else state.newest.title if state.newest else row.kind
    found = Row(row.key, title, item, state, row.revision or state.newest)
    if not item:
        found.notices.append("This item was deleted. Take it out, or bring its text back from its history.")
    elif release.live_from is None:
        if state.live and state.newest and state.live.digest == state.newest.digest:
            found.notices.append("This very text is live already. The release changes nothing here.")
    elif not release.is_out():
        found.notices += notices_of_scheduled(found, release)
    if item and not release.is_out():
        found.notices += replaced_by(found)
    return found


def replaced_by(row: Row) -> list[str]:
    """Return what is scheduled to take an item's place besides what the release brings, in words."""
    return [
        f"Scheduled apart from this release: on {date_format(localtime(after.live_from), 'M j, Y, g:i a e')} "
        + ("it leaves the site." if after.withdrawn else f"version {after.number} goes out.")
        for after in row.state.planned
        if after.live_from and not (row.revision and after.pk == row.revision.pk)
    ]


def notices_of_scheduled(row: Row, release: Release) -> list[str]:
    """Return what a person should know of an item in a scheduled release. Marks a newer draft."""
    revision, live, newest = row.revision, row.state.live, row.state.newest
    if revision is None or not is_waiting(revision):
        return ["This text went out alone already. The release changes nothing here."]
    said = []
    if live and live.number > revision.number:
        said.append(
            f"Live now is a newer text (version {live.number}). The release would bring the older version "
            f"{revision.number}."
        )
    if (
        newest
        and newest.number > revision.number
        and newest.digest != revision.digest
        and not newest.live_from
    ):
        row.has_newer_draft = True
        said.append(
            f"There is a newer draft (version {newest.number}). Version {revision.number} goes out unless "
            "you take it in."
        )
    return said


def fill_differences(shown: Iterable[Row]) -> None:
    """Fill in what differs between the live text and what goes out."""
    pks = [one.pk for row in shown for one in (row.state.live, row.revision) if one]
    whole = Revision.objects.defer("html").in_bulk(pks)
    for row in shown:
        if row.revision and row.state.live and row.revision.pk != row.state.live.pk:
            row.differences = comparison.between(whole[row.state.live.pk], whole[row.revision.pk])


def examine_rows(shown: Iterable[Row], by: Any) -> None:
    """Fill in what stops each item and what would be better, in the report with all of them in it."""
    drafts = [row.state.newest for row in shown if row.item and row.state.newest]
    among, own = Report.with_drafts(*drafts), authorship.unapproved(drafts, by)
    for row in shown:
        if row.item:
            found = checks.examine(row.item, among)
            row.errors, row.advice = (
                named_findings(row.item, found.errors),
                named_findings(row.item, found.advice),
            )
            row.errors += [("", authorship.OWN_WORDS)] if row.key in own else []


def named_findings(item: Item, findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return findings as name of the field and message."""
    return [(checks.label(item, one.field), one.message) for one in findings]


def say_others(release: Release, shown: Iterable[Row]) -> None:
    """Say of each item which other releases hold it as well."""
    found = waiting_releases(row.key for row in shown)
    for row in shown:
        others = [f"“{one}”" for one in found.get(row.key, []) if one.pk != release.pk]
        if others:
            row.notices.append(f"Also in {', '.join(others)}. Whichever goes out last is what stays.")
