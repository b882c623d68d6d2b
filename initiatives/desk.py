"""What waits for a member of staff. The desk's first page asks every source in turn and shows what has something to do."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.timezone import localtime

from initiatives.models import KINDS, Revision

SHOWN = 10


@dataclass(frozen=True)
class Task:
    """One thing to do: what it is about, where it is done, and a few words more."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Need:
    """A sort of thing to do, with the first SHOWN of its tasks, how many there are in all, and where all of them are."""

    name: str
    title: str
    tasks: list[Task]
    count: int
    all_url: str = ""


def drafts(user: Any) -> Need:
    """Texts saved but neither live nor scheduled: all of them for those who may publish, else a person's own."""
    if not user.has_perm("initiatives.view_revision"):
        return Need("drafts", "Drafts not yet published", [], 0)
    same = Revision.objects.filter(key=OuterRef("key"), digest=OuterRef("digest"), live_from__isnull=False)
    waiting = Revision.objects.newest().filter(~Exists(same)).order_by("-created")
    if not user.has_perm("initiatives.publish_report"):
        waiting = waiting.filter(author=user)
    pks = {kind: dict(model._default_manager.values_list("key", "pk")) for kind, model in KINDS.items()}
    found = [revision for revision in waiting.defer("fields", "html") if revision.key in pks[revision.kind]]
    tasks = [
        Task(
            revision.title,
            KINDS[revision.kind].desk_path("change", pks[revision.kind][revision.key]),
            f"{KINDS[revision.kind]._meta.verbose_name}, saved {date_format(localtime(revision.created), 'M j, g:i a e')}"
            + (f" by {revision.author_name}" if revision.author_name else ""),
        )
        for revision in found[:SHOWN]
    ]
    return Need("drafts", "Drafts not yet published", tasks, len(found))


SOURCES: list[Callable[[Any], Need]] = [drafts]


def needs(user: Any) -> list[Need]:
    """Return what waits for a person, most urgent first. Each source decides by the person's rights."""
    return [need for need in (source(user) for source in SOURCES) if need.count]
