"""Removes words, or a file, for good: from every version, draft and working copy.

That it was done and why stays on record.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from time import sleep
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, connection, models, transaction
from django.utils import timezone

from initiatives.audit.occurrences import PLACES, Change, rows_to_change
from initiatives.audit.passages import MARK, Removal
from initiatives.audit.seals import sealed_until
from initiatives.models import KINDS, Erasure, ReasonErasure, Redaction, Revision, Upload
from initiatives.models.lock import lock_report
from portal.sessions import forget_told

# How often, and after how many seconds, it looks whether nobody is saving.
TRIES, PAUSE = 50, 0.1

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Elsewhere:
    """Where words stand that this does not remove: what it is, how they are removed there, and the page
    where that is done.
    """

    what: str
    how: str
    url: str


# What looks for such places. Another app adds its own as it loads.
ELSEWHERE: list[Callable[[Removal], list[Elsewhere]]] = []


@transaction.atomic
def redact(removal: Removal, reason: str, by: Any) -> Redaction:
    """Remove for good what has to go, wherever it stands, and return what the record says of that.

    In: what goes; why, for the public; who does it. Raises ValidationError where nothing is found, or where
    the reason is missing or repeats the words. On SQLite the database file is rewritten afterwards, so that
    no freed page keeps them.
    """
    if not reason.strip():
        raise ValidationError("Say why, for the public.")
    if removal.text(reason) != reason:
        raise ValidationError("The reason repeats what is removed. Say it without those words.")
    lock_report()
    refuse_writers()
    found = list(rows_to_change(removal))
    if not found and not removal.uploads:
        raise ValidationError("These words stand nowhere.")
    at = max(timezone.now(), sealed_until() or timezone.now())
    redaction = Redaction.objects.create(reason=reason.strip(), at=at, by=by, by_name=str(by or ""))
    for change in found:
        apply_change(change, redaction)
    for upload in removal.uploads:
        Upload.objects.filter(pk=upload.pk).update(title=MARK, redaction=redaction)
    # Last: what fails before leaves the file where it is.
    for upload in removal.uploads:
        upload.file.storage.delete(str(upload.file.name))
    forget_told()
    transaction.on_commit(overwrite_freed_pages, robust=True)
    return redaction


def refuse_writers() -> None:
    """Let nobody save until the transaction ends: no new row may bring back what goes. On SQLite nobody can
    as it is.

    Those who change the report wait for their turn; this is for everybody else. It never waits while it holds
    a table, so that no writer waits for it in a circle. Raises ValidationError where others keep saving.
    """
    if connection.vendor != "postgresql":
        return
    places: list[type[models.Model]] = [Revision, *KINDS.values(), *(apps.get_model(name) for name in PLACES)]
    tables = [model._meta.db_table for model in places]
    for _ in range(TRIES):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE NOWAIT")
                return
        except OperationalError:
            sleep(PAUSE)
    raise ValidationError("Others are saving just now. Nothing is removed yet. Try again in a minute.")


def apply_change(change: Change, redaction: Redaction) -> None:
    """Write a change, and for a version what it was before and is now."""
    row = change.row
    if isinstance(row, Redaction):
        apply_to_reason(row, change.values, redaction)
        return
    if not isinstance(row, Revision):
        type(row)._default_manager.filter(pk=row.pk).update(**change.values)
        return
    digest_before, row_before = row.digest, row.row_digest()
    for name, value in change.values.items():
        setattr(row, name, value)
    row.digest = row.compute_digest()
    row.save(update_fields=["digest", *change.values])
    Erasure.objects.create(
        redaction=redaction,
        revision=row,
        digest_before=digest_before,
        digest_after=row.digest,
        row_before=row_before,
        row_after=row.row_digest(),
    )


def apply_to_reason(earlier: Redaction, values: dict[str, Any], redaction: Redaction) -> None:
    """Take words out of what the record says of an earlier redaction, and keep what its row was before and
    is now.
    """
    before = earlier.row_digest()
    Redaction.objects.filter(pk=earlier.pk).update(**values)
    after = Redaction.objects.get(pk=earlier.pk).row_digest()
    ReasonErasure.objects.create(redaction=redaction, earlier=earlier, row_before=before, row_after=after)


def overwrite_freed_pages() -> bool:
    """On SQLite, rewrite the database file and empty its log, so that neither keeps what was removed; say
    whether that went.
    """
    if connection.vendor != "sqlite":
        return True
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy = cursor.fetchone()[0]
    except DatabaseError:
        busy = 1
    if busy:
        log.error(
            "The database file was in use: run manage.py vacuum, so that no freed page keeps what was "
            "removed."
        )
    return not busy
