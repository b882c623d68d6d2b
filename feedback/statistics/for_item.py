"""What the form of an item in the editors' desk shows beside it: whether its page helps, and what is said
of it.
"""

from typing import Any
from uuid import UUID

from feedback.contacts import Public
from feedback.models import Comment
from feedback.personal import masked
from feedback.statistics.counts import counting, tallies
from feedback.statistics.rates import Rate

OPEN = (Comment.State.NEW, Comment.State.READ, Comment.State.IN_HAND)
SHOWN = 5


def beside(key: UUID, may_read: bool) -> dict[str, Any]:
    """Return the rate of an item's page and, for those who may read them, the newest open comments. Five
    queries at most.

    Personal data is masked.
    """
    rate = sum((tally.rate for tally in tallies(item=key)), Rate())
    found = (
        counting().filter(item=key, state__in=OPEN).exclude(text="") if may_read else Comment.objects.none()
    )
    public = Public()
    comments = [(one, masked(one.text, public)) for one in found[:SHOWN]]
    return {"rate": rate, "comments": comments, "count": found.count(), "key": key}
