"""Sessions of staff, which do not tell when they were last used, and what they keep for the next page.

Django's own tell it twice, to the second: in when they end, and in the stamp of the signature. Beside the
steps of that day it would be the hour of the last one, before which its comments came. So a session ends a
fixed time after it began, and is signed without a stamp.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core.signing import BadSignature, Signer
from django.utils import timezone
from django.utils.dateparse import parse_datetime

ENDS = "ends"


class SessionStore(db.SessionStore):
    """Sessions in the database, for SESSION_ENGINE."""

    @property
    def signer(self) -> Signer:
        return Signer(salt=f"{self.key_salt}.without_time")

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Return the row to store, which ends when the session's first row was to end."""
        ends = data.setdefault(
            ENDS, (timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE)).isoformat()
        )
        row: Any = super().create_model_instance(data)
        row.expire_date = parse_datetime(ends)
        return row

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Return a session as text, signed."""
        return self.signer.sign_object(session_dict, serializer=self.serializer, compress=True)

    def decode(self, session_data: Any) -> dict[str, Any]:
        """Return a session from its text, {} where the signature is not ours.

        One of an older version is read, too.
        """
        try:
            return self.signer.unsign_object(session_data, serializer=self.serializer)
        except BadSignature:
            return super().decode(session_data)


def forget_told() -> None:
    """Drop from every session the messages for its next page, and the sessions that have ended.

    Who is signed in stays so.
    """
    store = SessionStore()
    store.clear_expired()
    for session in Session.objects.iterator():
        kept = store.decode(session.session_data)
        if kept.pop(SessionStorage.session_key, None):
            Session.objects.filter(pk=session.pk).update(session_data=store.encode(kept))
