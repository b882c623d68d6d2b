"""Which drafts a preview or a share link shows: those of one item, of a release, or all there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from initiatives.models import KINDS, Item, Release, ReleaseItem, Revision
from initiatives.models.access import open_to
from initiatives.models.revision import RevisionQuerySet
from initiatives.permissions import SEES_RELEASES, WORKS_ON_REPORT
from portal.digits import whole_number

EVERYTHING = "all"
BY_RELEASE = "release-"
REFERENCES = ("audiences", "places", "documents")


@dataclass(frozen=True)
class Scope:
    """What is shown beyond the live report. `name` is its word in an address: "all", "release-<number>" or
    an item's key.
    """

    name: str
    title: str
    kind: str = ""
    key: UUID | None = None
    release: Release | None = None

    @property
    def permission(self) -> str:
        """The full name of the permission without which nobody at the desk may see it."""
        if self.kind:
            return KINDS[self.kind].permission("view")
        return SEES_RELEASES if self.release else WORKS_ON_REPORT

    def drafts(self, user: Any) -> list[Revision]:
        """Return the revisions to show in the place of their items' live ones, without their rendered text.

        In: the person who looks, or who made the link to look through; what they may not open at the desk is
        left out. None, the system itself, sees all.
        """
        if self.key:
            return open_to(user, of_item(self.key)) if self.is_at_desk() else []
        return open_to(user, of_release(self.release) if self.release else of_all())

    def is_at_desk(self) -> bool:
        """Say whether the item still has a working copy. What was removed is shown to nobody as a draft."""
        return (
            self.key is not None
            and self.kind in KINDS
            and KINDS[self.kind]._default_manager.filter(key=self.key).exists()
        )


def scope_named(name: str) -> Scope | None:
    """Return the scope with a name, None where there is no such item or release."""
    if name == EVERYTHING:
        return Scope(name, "All drafts")
    number = name.removeprefix(BY_RELEASE)
    if number != name:
        pk = whole_number(number)
        release = Release.objects.filter(pk=pk).first() if pk else None
        return Scope(name, str(release), release=release) if release else None
    try:
        newest = newest_texts().filter(key=UUID(name)).last()
    except ValueError:
        return None
    return Scope(str(newest.key), newest.title, kind=newest.kind, key=newest.key) if newest else None


def scope_of(kind: str, key: UUID | None, release: Release | None) -> Scope:
    """Return the scope of a row that keeps a kind and a key, a release, or neither for all drafts."""
    found = scope_named(str(key) if key else f"{BY_RELEASE}{release.pk}" if release else EVERYTHING)
    return found or Scope(str(key), "An item that is gone", kind=kind, key=key)


def newest_texts() -> RevisionQuerySet:
    """Return every text of every item, in the order of their numbers, without the rendered text."""
    return Revision.objects.texts().defer("html").order_by("key", "number")


def of_item(key: UUID) -> list[Revision]:
    """Return an item's newest text, and that of everything it hangs on or names that the public cannot
    see.
    """
    drafts: list[Revision] = []
    wanted: UUID | None = key
    while wanted and wanted not in {draft.key for draft in drafts}:
        live = newest_texts().live().filter(key=wanted).first() if drafts else None
        shown = live or newest_texts().filter(key=wanted).last()
        if shown is None:
            break
        if not live:
            drafts.append(shown)
        wanted = shown.parent
    named = referred_to(drafts[0]) if drafts else set()
    if named:
        live_keys = Revision.objects.live().filter(key__in=named).values("key")
        drafts += newest_texts().newest().filter(key__in=named).exclude(key__in=live_keys)
    return drafts


def referred_to(revision: Revision) -> set[UUID]:
    """Return the keys of the items that a revision names."""
    fields: dict[str, Any] = revision.fields
    rows = [row["agency"] for row in fields.get("agencies", [])]
    return {UUID(key) for key in (*rows, *(key for name in REFERENCES for key in fields.get(name, [])))}


def of_release(release: Release) -> list[Revision]:
    """Return what a release will put out: the texts decided on, else its items' newest; nothing once it is
    out.
    """
    if release.is_out():
        return []
    items = list(ReleaseItem.objects.filter(release=release).select_related("revision"))
    newest = newest_texts().newest().filter(key__in=[item.key for item in items if not item.revision])
    return [*(item.revision for item in items if item.revision), *newest]


def of_all() -> list[Revision]:
    """Return the newest text of every item at the desk that the public does not see as it is there, order
    included.
    """
    newest = list(newest_texts().newest().defer("fields", "html"))
    live = {row.key: row for row in Revision.objects.live().only("key", "digest", "position")}
    last = set(Revision.objects.last_live().values_list("key", "digest"))
    at_desk = {
        key for model in KINDS.values() for key in model._default_manager.values_list("key", flat=True)
    }

    def is_draft(revision: Revision) -> bool:
        shown = live.get(revision.key)
        if shown:
            return (revision.digest, revision.position) != (shown.digest, shown.position)
        # What was taken off the site is no draft before somebody changes it.
        return (revision.key, revision.digest) not in last

    return [revision for revision in newest if revision.key in at_desk and is_draft(revision)]


def working_copies(revisions: Iterable[Revision]) -> dict[UUID, Item]:
    """Return the working copies of the items of revisions by key, in one query for each kind."""
    keys: dict[str, list[UUID]] = {}
    for revision in revisions:
        keys.setdefault(revision.kind, []).append(revision.key)
    return {
        item.key: item
        for kind, found in keys.items()
        for item in KINDS[kind]._default_manager.filter(key__in=found)
    }
