"""The id of a comment, made so that the same sending has the same id: the table then cannot hold it twice.

A double click, a reload, Back and a retry after a lost answer all try to store a row that is there already,
and are told so. Nothing is taken for stored because it was seen before: the row itself decides.
"""

import re
from uuid import UUID, uuid4

from django.utils.crypto import salted_hmac

from feedback.intake.counters import memory

ONCE = re.compile(r"[0-9a-f]{32}")
SAME_TEXT = 10 * 60  # seconds in which the same words from one address about one page are one comment
# Seconds in which a bare yes or no is, and a few words: two neighbours in a library may both mean them
SAME_ANSWER = 10
FEW_WORDS = (
    40  # characters of a text that two people may well write alike, such as "Very helpful, thank you."
)


def comment_id(once: str, address: str, page: str, answer: str, text: str) -> UUID:
    """Return the id under which to store what was sent.

    In: the one-time value that the form's script put in, "" without scripts, and what was sent. With the
    value the id hangs on it; without, on the address, for a while. What comes from an unknown address is
    never taken for another's.
    """
    said = (page, answer, text)
    if ONCE.fullmatch(once):
        return id_from(salted_hmac("feedback.once", "\0".join((once, *said)), algorithm="sha256").digest())
    if not address:
        return uuid4()
    _, window = memory.note(
        "once", address, *said, seconds=SAME_TEXT if len(text) > FEW_WORDS else SAME_ANSWER
    )
    return id_from(window)


def id_from(random: bytes) -> UUID:
    """Return 16 of the bytes as an id that looks like any other."""
    return UUID(bytes=random[:16], version=4)
