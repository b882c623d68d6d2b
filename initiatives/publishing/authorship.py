"""Who wrote what of a text, and the rule that another person approves it.

Where the site settings ask for approval, `refuse_unapproved` stands in the way of every text that the person
who would put it before the public wrote any part of. publish.ready() asks it, so there is no way around it.
The order of items and taking one's own item off the site need no approval: neither brings a text before the
public that was not there, and taking something wrong away must not wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone

from initiatives import signals
from initiatives.models.access import kinds_open_to
from initiatives.models.revision import Revision
from initiatives.models.site import Site
from initiatives.models.workflow import Submission
from initiatives.permissions import MAY_PUBLISH

State = Submission.State


def needs_approval() -> bool:
    """Say whether the site settings ask for a second pair of eyes, as they are saved now."""
    return Site.objects.filter(needs_approval=True).exists()


def waiting_of(key: UUID) -> Submission | None:
    """Return what waits for approval of an item, None for nothing."""
    return Submission.objects.waiting().filter(key=key).select_related("revision").first()


def keep_note(draft: Revision, **said: Any) -> None:
    """Keep with a draft what is typed to go out with it, until it does. A revision that has a window keeps
    its own.

    In: `note` and `minor`, or one of them, or neither.
    """
    if said:
        Revision.objects.filter(pk=draft.pk, live_from=None).update(**said)


def may_decide(submission: Submission, user: Any) -> bool:
    """Say whether a person may approve or return a text: an editor who may open it, but where settings say
    so no writer of it.
    """
    may_read = submission.kind in kinds_open_to(user)
    return (
        may_read
        and user.has_perm(MAY_PUBLISH)
        and not (needs_approval() and user.pk in writers_of(submission, since_public([submission.key])))
    )


def writers_of(submission: Submission, drafted: "dict[UUID, Since]") -> set[int]:
    """Return whose text it is: the people who wrote it and the one who handed it in.

    In: what since_public() returned.
    """
    handed_in = submission.submitted_by_id
    return drafted[submission.key].writers | ({handed_in} if handed_in else set())


@dataclass
class Since:
    """What was drafted of an item since the text that is, or last was, public.

    `digest` is that of the public text and `number` that of the revision with which it began to be public; ""
    and 0 where there is none. `authors` are those of the drafts by digest: the first to say it, for a move
    says it again.
    """

    number: int = 0
    digest: str = ""
    authors: dict[str, int | None] = field(default_factory=dict)

    @property
    def writers(self) -> set[int]:
        """Everybody who wrote any of the drafts."""
        return {pk for pk in self.authors.values() if pk}


def since_public(keys: Iterable[UUID]) -> dict[UUID, Since]:
    """Return what was drafted of each item since its public text, in one query however many items there
    are.
    """
    rows: dict[UUID, list[Any]] = {key: [] for key in keys}
    texts = Revision.objects.texts().filter(key__in=rows).order_by("number")
    for key, *row in texts.values_list("key", "number", "digest", "author", "live_from"):
        rows[key].append(row)
    return {key: drafted(found, timezone.now()) for key, found in rows.items()}


def drafted(rows: list[Any], now: datetime) -> Since:
    """Return what was drafted of one item.

    In: number, digest, author and beginning of the window of each of its texts.
    """
    since = Since()
    for _, number, digest in sorted(
        (began, number, digest) for number, digest, _, began in rows if began and began <= now
    ):
        if digest != since.digest:
            since.number, since.digest = number, digest
    for number, digest, author, _ in rows:
        if number > since.number and digest != since.digest:
            since.authors.setdefault(digest, author)
    for digest, author in written_before(rows, since, now):
        since.authors.setdefault(digest, author)
    return since


def written_before(rows: list[Any], since: Since, now: datetime) -> list[tuple[str, int | None]]:
    """Return digest and author of the drafts that lead to one that goes on waiting while another text went
    out beside it.
    """
    public = {digest: number for number, digest, _, began in rows if began and began <= now}
    again = min(
        (number for number, digest, *_ in rows if digest in since.authors and digest not in public),
        default=since.number,
    )
    start = max((number for number in public.values() if number < again), default=0)
    return [
        (digest, author)
        for number, digest, author, _ in rows
        if start < number < since.number and digest not in public
    ]


OWN_WORDS = (
    "You wrote part of this text, and on this site another person approves it first. Save it and "
    "choose “Submit for approval”."
)


def refuse_unapproved(draft: Revision, by: Any) -> None:
    """Raise ValidationError where a person would put their own text before the public and nobody else
    approved it.

    In: the text as it would go out. None, the system, is exempt. The caller has the lock.
    """
    if unapproved([draft], by):
        raise ValidationError({NON_FIELD_ERRORS: [OWN_WORDS]})


def unapproved(drafts: Iterable[Revision], by: Any) -> set[UUID]:
    """Return the keys of those texts that a person may not put before the public without another's approval.

    In: at most one text of each item. A fixed number of queries.
    """
    if by is None or not needs_approval():
        return set()
    drafts = list(drafts)
    since = since_public({one.key for one in drafts})
    rows = Submission.objects.filter(key__in=since, state=State.APPROVED, decided_by__isnull=False).exclude(
        decided_by=by
    )
    approved = {
        (key, digest)
        for key, digest, number in rows.values_list("key", "revision__digest", "revision__number")
        if number > since[key].number
    }
    return {
        one.key for one in drafts if is_own(one, since[one.key], by) and (one.key, one.digest) not in approved
    }


def is_own(draft: Revision, since: Since, by: Any) -> bool:
    """Say whether a text is new to the public and a person wrote some of it, or of what came before it."""
    return draft.digest != since.digest and (draft.digest not in since.authors or by.pk in since.writers)


def overtake(draft: Revision) -> None:
    """Take note that a newer draft overtakes what waits, unless it says the same."""
    found = waiting_of(draft.key)
    if found and found.revision.digest != draft.digest:
        decide(found, draft.author, State.OVERTAKEN, "")


def settle_submission(published: Revision, by: Any) -> None:
    """Take note that the text that waits was approved by the person who put it before the public."""
    found = waiting_of(published.key)
    if found and found.revision.digest == published.digest:
        decide(found, by, State.APPROVED, "")


def decide(submission: Submission, by: Any, state: str, remark: str) -> Submission:
    """Write down what became of a submission, and tell who asked to be told."""
    submission.state, submission.remark = state, remark.strip()
    submission.decided_by, submission.decided_by_name, submission.decided_at = (
        by,
        str(by or ""),
        timezone.now(),
    )
    submission.save(update_fields=["state", "remark", "decided_by", "decided_by_name", "decided_at"])
    signals.decided.send(Submission, submission=submission)
    return submission
