"""Messages to staff, each kept for the page that it is about: another tab that asks for a page meanwhile
does not take it.
"""

from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.messages.storage.session import SessionStorage
from django.utils.crypto import salted_hmac

ANY_PAGE = ""
MOST_PAGES = 20


class PageStorage(SessionStorage):
    """Keeps messages in the session by the address that the answer redirects to; of one that leads nowhere,
    for any page.

    It keeps no address itself: that may hold words that a person searched for, and now removes for good.
    Messages for pages that are never asked for go with the session, or once there are those of 20 pages more.
    """

    @property
    def waiting(self) -> dict[str, Any]:
        """What waits in the session, by address, as text."""
        kept = self.request.session.get(self.session_key, {})
        return dict(kept) if isinstance(kept, dict) else {ANY_PAGE: kept}

    def update(self, response: Any) -> Any:
        """Keep what was not shown; on a redirect also what waited for this very page, for where that
        leads.
        """
        if response.get("Location") and settings.SESSION_COOKIE_NAME in self.request.COOKIES:
            self.added_new = self.added_new or len(self) > 0
        return super().update(response)

    def _get(self, *args: Any, **kwargs: Any) -> tuple[list[Any], bool]:
        kept = self.waiting
        mine = [kept[page] for page in (ANY_PAGE, named(self.request.get_full_path())) if page in kept]
        return [message for text in mine for message in self.deserialize_messages(text) or []], True

    def _store(self, messages: list[Any], response: Any, *args: Any, **kwargs: Any) -> list[Any]:
        kept, page = self.waiting, self.address(response.get("Location", ""))
        for mine in (ANY_PAGE, named(self.request.get_full_path())):
            kept.pop(mine, None)
        if messages:
            before = self.deserialize_messages(kept.pop(page, "[]")) or []
            kept[page] = self.serialize_messages([*before, *messages])
        if kept:
            self.request.session[self.session_key] = dict(list(kept.items())[-MOST_PAGES:])
        else:
            self.request.session.pop(self.session_key, None)
        return []

    def address(self, location: str) -> str:
        """Return the name of the address that a redirect leads to.

        That is made of its path and query, as a request for it has them.
        """
        parts = urlsplit(urljoin(self.request.get_full_path(), location))
        return named(f"{parts.path}?{parts.query}" if parts.query else parts.path) if location else ANY_PAGE


def named(address: str) -> str:
    """Return what stands for an address in the session."""
    return salted_hmac(__name__, address).hexdigest()
