"""What sessions of staff keep for the next page: messages that quote titles.

They go where words are removed for good.
"""

from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session


def forget_told() -> None:
    """Drop from every session the messages for its next page, and the sessions that have ended.

    Who is signed in stays so.
    """
    SessionStore.clear_expired()
    for session in Session.objects.iterator():
        kept = session.get_decoded()
        if kept.pop(SessionStorage.session_key, None):
            data = SessionStore().encode(kept)
            Session.objects.filter(pk=session.pk).update(session_data=data)
