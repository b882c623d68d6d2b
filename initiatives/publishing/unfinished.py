"""What waits and would go out, or be saved over, with others: whose unfinished draft, what has a date.

Nobody does it unaware.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime

from initiatives.models import Release, Revision, Submission
from initiatives.publishing import authorship
from initiatives.report.states import State

FINISHED = (Submission.State.WAITING, Submission.State.APPROVED)


def writers(drafts: Iterable[Revision], user: Any) -> dict[UUID, list[str]]:
    """Return by key who else wrote each draft that was neither handed in nor given a date.

    At most three queries.
    """
    waiting = [draft for draft in drafts if draft.live_from is None]
    since = authorship.since_public(draft.key for draft in waiting)
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


def asks(found: Iterable[State], user: Any, release: Release | None = None) -> dict[UUID, str]:
    """Return by key what is asked before the newest texts of items go out together: whose they are, or when
    they were to go out.

    In: who would put them out; the release that would, whose own appointments go on. At most four queries.
    """
    newest = {one.newest.key: one.newest for one in found if one.newest and one.newest != one.live}
    own = set(release.items.values_list("revision", flat=True)) if release else set()
    planned = {
        one.key: one
        for state in found
        for one in state.planned
        if one.key in newest and one.digest == newest[one.key].digest and not one.withdrawn
    }
    asked = {
        key: (
            f"Scheduled for {date_format(localtime(one.live_from), 'F j, Y, g:i a e')}: it does not wait "
            "for that any more."
        )
        for key, one in planned.items()
        if one.live_from and one.pk not in own
    }
    names = writers([draft for key, draft in newest.items() if key not in planned], user)
    return asked | {
        key: f"An unfinished draft of {get_text_list(whose, 'and')}: all of it goes out."
        for key, whose in names.items()
    }


def beneath(newest: Iterable[Revision], user: Any) -> dict[UUID, str]:
    """Return by key what is to be known before a person's draft follows the newest one: whose that is,
    that it was handed in.
    """
    newest = list(newest)
    found = {
        key: f"Its form holds an unfinished draft of {get_text_list(names, 'and')}."
        for key, names in writers(newest, user).items()
    }
    handed_in = Submission.objects.waiting().filter(key__in=[one.key for one in newest])
    return found | {
        one.key: (
            f"The draft that {one.submitted_by_name or 'somebody'} submitted for approval is overtaken "
            "by yours."
        )
        for one in handed_in
    }
