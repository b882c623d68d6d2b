"""Drafts that a colleague has not finished: whose they are, so that nobody puts them out without knowing."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.text import get_text_list

from initiatives import approval
from initiatives.models import Revision, Submission

FINISHED = (Submission.State.WAITING, Submission.State.APPROVED)


def writers(drafts: Iterable[Revision], user: Any) -> dict[UUID, list[str]]:
    """Return by key who else wrote each draft that was neither handed in nor given a date. At most three queries."""
    waiting = [draft for draft in drafts if draft.live_from is None]
    since = approval.since_public(draft.key for draft in waiting)
    foreign = {
        draft: pks
        for draft in waiting
        if draft.digest != since[draft.key].digest and (pks := since[draft.key].writers - {user.pk})
    }
    if not foreign:
        return {}
    handed_in = Submission.objects.filter(key__in=[draft.key for draft in foreign], state__in=FINISHED)
    finished = set(handed_in.values_list("key", "revision__digest"))
    others = {draft.key: pks for draft, pks in foreign.items() if (draft.key, draft.digest) not in finished}
    names: dict[UUID, set[str]] = defaultdict(set)
    rows = Revision.objects.filter(key__in=others, live_from=None)
    for key, author, name in rows.values_list("key", "author", "author_name"):
        if author in others[key]:
            names[key].add(name)
    return {key: sorted(found) for key, found in names.items()}


def told(names: list[str]) -> str:
    """Return in words whose unfinished draft would go out."""
    return f"An unfinished draft of {get_text_list(names, 'and')}: all of it goes out."
