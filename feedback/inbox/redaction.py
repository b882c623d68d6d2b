"""Takes words out of a comment for good.

That it was done, by whom and why stays on record; the words stay nowhere.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse

from feedback.contacts import Public
from feedback.inbox import search
from feedback.intake.shape import shape
from feedback.models import Comment, CommentRedaction
from feedback.personal import flags
from feedback.text import MAX_COMMENT, with_plain_breaks
from initiatives.audit.passages import Removal
from initiatives.audit.redaction import Elsewhere
from portal.sessions import forget_told

MARKS = ("[removed]", "[…]", "…")


def without(text: str, passages: Iterable[str]) -> tuple[str, int]:
    """Return a text with each passage replaced wherever it stands, and how many were replaced.

    A passage counts in any case of its letters, whichever way their accents are kept, with any white space
    between its words, and only as whole words. The mark is “[removed]”, or a shorter one where the comment
    would grow longer than a comment may be. A mark that stands there already is never replaced.
    """
    wanted = sorted(
        {" ".join(passage.split()) for passage in passages if passage.strip()}, key=len, reverse=True
    )
    if not wanted:
        return text, 0
    words = re.compile("|".join(as_pattern(passage) for passage in wanted), re.IGNORECASE)
    for mark in MARKS:
        parts = [words.subn(mark, part) for part in text.split(MARKS[0])]
        result, count = MARKS[0].join(part for part, _ in parts), sum(found for _, found in parts)
        if len(result) <= MAX_COMMENT:
            break
    return result, count


def as_pattern(passage: str) -> str:
    passage = unicodedata.normalize("NFC", passage)
    inside = r"\s+".join("".join(map(letter_of, word)) for word in passage.split())
    begin, end = (
        (r"(?<!\w)" if passage[0].isalnum() else ""),
        (r"(?![\w\u0300-\u036f])" if passage[-1].isalnum() else ""),
    )
    return f"{begin}{inside}{end}"


def letter_of(character: str) -> str:
    """Return a pattern for a character as it is, or as a letter with its accent behind it."""
    apart = unicodedata.normalize("NFD", character)
    return re.escape(character) if apart == character else f"(?:{re.escape(character)}|{re.escape(apart)})"


def missing(text: str, passages: Iterable[str]) -> list[str]:
    """Return the passages that are not in the text."""
    return [passage for passage in passages if not without(text, [passage])[1]]


def redact_comment(comment: Comment, by: Any, passages: list[str], reason: str) -> CommentRedaction:
    """Replace passages of a comment, and of its notes, for good. In one transaction; then see forget().

    Raises ValidationError where nothing is to be replaced, a passage is not there, the reason repeats one, or
    the comment is gone.
    """
    with transaction.atomic():
        row = Comment.objects.select_for_update().filter(pk=comment.pk).first()
        if row is None:
            raise ValidationError("The comment is not there any more: it is older than the city keeps them.")
        done = replace(row, by, [with_plain_breaks(passage) for passage in passages], reason)
    forget()
    return done


def replace(comment: Comment, by: Any, passages: list[str], reason: str) -> CommentRedaction:
    lost = missing(comment.text, passages)
    if lost:
        raise ValidationError(
            f"Not in the comment: {'; '.join(f'“{one}”' for one in lost)}. Type it as it stands there."
        )
    text, count = without(comment.text, passages)
    if not count:
        raise ValidationError("Choose or type what is to be removed.")
    if without(reason, passages)[1]:
        raise ValidationError("The reason repeats what you remove. Say it in other words.")
    record = CommentRedaction.objects.create(
        comment=comment,
        by=by,
        by_name=by.get_username(),
        reason=reason,
        passages=count,
        page=comment.page,
        day=comment.date,
    )
    personal = flags(text, Public.for_mark(comment.item, comment.date))
    Comment.objects.filter(pk=comment.pk).update(
        text=text, redacted=True, personal=personal, shape=shape(text)
    )
    for note in comment.notes.all():
        note.text = without(note.text, passages)[0]
        note.save(update_fields=["text"])
    forget_told()
    return record


def forget() -> None:
    """Have the database overwrite what it no longer needs, as far as a statement can; docs/operations.md says
    the rest.

    SQLite overwrites freed bytes itself (secure_delete, see portal/env.py); the write-ahead log is emptied
    here unless somebody reads just then.
    """
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()


def comments_with(removal: Removal) -> list[Elsewhere]:
    """Return, by passage, how many comments of residents hold what has to go from the report, and where they
    are listed.

    The list looks for so many words of a passage as the inbox takes: for a very long one it may show more.
    """
    sought = {passage: Removal([passage]).words for passage in removal.passages}
    counts: Counter[str] = Counter()
    for text in Comment.objects.exclude(text="").values_list("text", flat=True).iterator():
        counts.update(passage for passage, words in sought.items() if words.search(text))
    inbox = reverse("admin:feedback_comment_changelist")
    return [
        Elsewhere(
            f"{count:,} comment{'' if count == 1 else 's'} of residents with “{passage}”",
            "What residents wrote is redacted one by one, in the inbox.",
            f"{inbox}?{urlencode({'state': 'all', 'q': search.as_query(passage)})}",
        )
        for passage in removal.passages
        if (count := counts[passage])
    ]
