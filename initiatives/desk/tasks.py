"""What waits for a member of staff.

The desk's first page asks every source in turn and shows what has something to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from initiatives.desk import due as care
from initiatives.desk.outcome import outcome, public_path
from initiatives.links import dead
from initiatives.models import Revision, Site, Submission
from initiatives.models.access import open_to
from initiatives.models.working_copies import copies
from initiatives.permissions import MAY_PUBLISH, WORKS_ON_REPORT
from initiatives.publishing import authorship

SHOWN = 10
RECENT = timedelta(days=14)  # how long the desk tells authors that their text went out
# What a draft that was handed in waits for
HANDED: dict[str, str] = {
    Submission.State.WAITING: "; waits for approval",
    Submission.State.RETURNED: "; returned to its author",
}


@dataclass(frozen=True)
class Task:
    """One thing to do: what it is about, where it is done, and a few words more."""

    title: str
    url: str
    detail: str = ""


@dataclass(frozen=True)
class Need:
    """A sort of thing to do: its tasks, how many there are in all, and the page that lists them.

    Without such a page `tasks` holds all of them.
    """

    name: str
    title: str
    tasks: list[Task]
    count: int
    all_url: str = ""

    @property
    def first(self) -> list[Task]:
        """The tasks that are seen at once."""
        return self.tasks[:SHOWN]

    @property
    def rest(self) -> list[Task]:
        """The tasks that unfold below; none where a page lists them all."""
        return [] if self.all_url else self.tasks[SHOWN:]


def drafts(user: Any) -> Need:
    """Texts that the public neither saw last nor is to see: all of them for those who may publish, else a
    person's own.

    An old public text that was brought back is one of them. What another list of the same person names
    already is left out.
    """
    if not user.has_perm(WORKS_ON_REPORT):
        return Need("drafts", "Drafts not yet published", [], 0)
    same = Revision.objects.filter(key=OuterRef("key"), digest=OuterRef("digest"))
    waiting = (
        Revision.objects.newest()
        .filter(~Exists(same.last_live()), ~Exists(same.upcoming()))
        .order_by("-created")
    )
    if not user.has_perm(MAY_PUBLISH):
        waiting = waiting.filter(author=user)
    known = copies(user)
    rows = [revision for revision in waiting.defer("fields", "html") if revision.key in known]
    handed = {one.revision_id: one for one in submissions().filter(revision__in=rows).order_by("pk")}
    is_any_asked = any(one.state == Submission.State.WAITING for one in handed.values())
    asked = {one.revision_id for one in to_be_decided(user)} if is_any_asked else set()
    found = [one for one in rows if one.pk not in asked and not is_named_elsewhere(handed.get(one.pk), user)]
    tasks = [
        Task(
            revision.title,
            known[revision.key].edit_url,
            f"{known[revision.key].kind_words}, saved {moment_words(revision.created)}"
            + (f" by {revision.author_name}" if revision.author_name else "")
            + HANDED.get(handed[revision.pk].state if revision.pk in handed else "", ""),
        )
        for revision in found
    ]
    return whole_list("drafts", "Drafts not yet published", tasks)


def is_named_elsewhere(one: Submission | None, user: Any) -> bool:
    """Say whether a draft that was handed in stands in returned() or approved()."""
    if one is None:
        return False
    if one.state == Submission.State.RETURNED:
        return one.submitted_by_id == user.pk
    return one.state == Submission.State.APPROVED and (
        user.has_perm(MAY_PUBLISH) or one.submitted_by_id == user.pk
    )


def to_decide(user: Any) -> Need:
    """Texts that wait for approval, for those who may decide them and did not write them."""
    tasks = [
        Task(
            one.revision.title,
            reverse("admin:approval", args=[one.pk]),
            f"from {one.submitted_by_name or 'somebody'}, {moment_words(one.submitted_at)}"
            + (f": {one.message}" if one.message else ""),
        )
        for one in to_be_decided(user)
    ]
    return whole_list("to-decide", "Waiting for your approval", tasks)


def to_be_decided(user: Any) -> list[Submission]:
    """Return what to_decide() names."""
    if not user.has_perm(MAY_PUBLISH):
        return []
    waiting = [one for one in openable(submissions().waiting(), user) if one.submitted_by_id != user.pk]
    drafted = (
        authorship.since_public({one.key for one in waiting})
        if waiting and authorship.needs_approval()
        else {}
    )
    return [one for one in waiting if not drafted or user.pk not in authorship.writers_of(one, drafted)]


def returned(user: Any) -> Need:
    """A person's own texts that came back with a remark or were overtaken by a newer draft."""
    found = openable(submissions().unfinished().filter(submitted_by=user), user)
    return whole_list("returned", "Returned to you", [came_back(one) for one in found])


def came_back(one: Submission) -> Task:
    """Return the task of a text that came back: with the remark, or with who overtook it."""
    by = one.decided_by_name or "somebody"
    if one.state == Submission.State.RETURNED:
        detail = f"by {by}, {moment_words(one.decided_at)}: {one.remark}"
    else:
        detail = f"{by} saved a newer draft: read it, and submit it again"
    return Task(one.revision.title, reverse("admin:approval", args=[one.pk]), detail)


def approved(user: Any) -> Need:
    """Texts that were approved and are not public: for those who may publish, and for who handed them in."""
    rows = submissions().approved_not_public()
    found = rows if user.has_perm(MAY_PUBLISH) else rows.filter(submitted_by=user)
    known = copies(user)
    tasks = [
        Task(
            one.revision.title,
            known[one.key].edit_url,
            f"approved by {one.decided_by_name or 'somebody'}, {moment_words(one.decided_at)}",
        )
        for one in found
        if one.key in known
    ]
    return whole_list("approved", "Approved, not yet published", tasks)


def published(user: Any) -> Need:
    """A person's own texts that were handed in and went out within the last two weeks."""
    since = timezone.now() - RECENT
    own = (
        submissions()
        .newest()
        .filter(submitted_by=user, state=Submission.State.APPROVED, decided_at__gte=since)
    )
    told = [(one, outcome(one)) for one in openable(own.order_by("-decided_at"), user)]
    tasks = [
        Task(one.revision.title, public_path(one) or reverse("admin:approval", args=[one.pk]), said)
        for one, said in told
        if said
    ]
    return whole_list("published", "Your texts that went out", tasks)


def due_tasks(user: Any) -> Need:
    """What is due for review: a person's own first; for those who may publish also all else."""
    found = care.due_items(user)
    own = [one for one in found if one.copy.owner == user.pk]
    rest = [one for one in found if one.copy.owner != user.pk] if user.has_perm(MAY_PUBLISH) else []
    return whole_list(
        "due", "Due for review", [due_task(one, user) for one in (*own, *rest)], reverse("admin:due")
    )


def due_task(one: care.Watched, user: Any) -> Task:
    """Return the task of an item that is due."""
    owner = (
        "yours" if one.copy.owner == user.pk else f"owner: {one.owner_name}" if one.owner_name else "no owner"
    )
    day = date_format(one.upkeep.due, "M j, Y") if one.upkeep.due else ""
    return Task(one.copy.title, f"{one.copy.edit_url}#care", f"{owner}, due {day}")


def unkept_tasks(user: Any) -> Need:
    """How many items on the site have no owner or no date, for those who may publish."""
    found = care.unkept_items(user) if user.has_perm(MAY_PUBLISH) else []
    words = "Everything on the site should have an owner and a date for its next review."
    tasks = [Task("See which, and give them one", reverse("admin:due"), words)] if found else []
    return Need("unkept", "Without an owner or a review date", tasks, len(found))


def breaking(user: Any) -> Need:
    """What is scheduled to leave the site while links still lead there, for those who may publish."""
    leaving = (
        Revision.objects.upcoming().filter(withdrawn=True).defer("html") if user.has_perm(MAY_PUBLISH) else []
    )
    broken = dead.broken_by(list(leaving))
    named = [(one, dead.names(broken[one.pk])) for one in open_to(user, leaving) if broken[one.pk]]
    where = reverse("admin:scheduled")
    tasks = [
        Task(one.title, where, f"leaves the site {moment_words(one.live_from)}; linked from {names}")
        for one, names in named
    ]
    return whole_list("breaking", "Will leave dead links", tasks)


def access_contact(user: Any) -> Need:
    """What the public page on accessibility cannot yet say of whom to ask, for those who may change the
    site settings.
    """
    rows = (
        Revision.objects.live().filter(kind=Site.kind)
        if user.has_perm(Site.permission("change"))
        else Revision.objects.none()
    )
    words = (
        "A reader whom a page shuts out finds nobody to ask: the form cannot write back. Type it, then "
        "publish."
    )
    where = reverse("admin:initiatives_site_changelist")
    tasks = [
        Task(f"Accessibility: {getattr(Site, name).field.verbose_name}", where, words)
        for fields in rows.values_list("fields", flat=True)
        for name in Site.access_contact
        if not fields.get(name)
    ]
    return whole_list("access-contact", "Missing on the page about accessibility", tasks)


def submissions() -> Any:
    """Return the submissions, without the texts themselves."""
    return Submission.objects.select_related("revision").defer("revision__fields", "revision__html")


def openable(found: Any, user: Any) -> list[Submission]:
    """Return those of submissions whose items still have a working copy that a person may open."""
    rows = list(found)
    known = copies(user) if rows else {}
    return [one for one in rows if one.key in known]


def whole_list(name: str, title: str, tasks: list[Task], all_url: str = "") -> Need:
    """Return a need with all of its tasks."""
    return Need(name, title, tasks, len(tasks), all_url)


def moment_words(at: Any) -> str:
    """Return a moment in words."""
    return date_format(localtime(at), "M j, g:i a e")


SOURCES: list[Callable[[Any], Need]] = [
    breaking,
    to_decide,
    returned,
    approved,
    published,
    drafts,
    due_tasks,
    access_contact,
    unkept_tasks,
]


def needs(user: Any) -> list[Need]:
    """Return what waits for a person, most urgent first. Each source decides by the person's rights."""
    return [need for need in (source(user) for source in SOURCES) if need.count]
