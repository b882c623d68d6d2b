"""The stamp in each form: which version of which page was read, in which language, and about when the page was made.

It is signed, so it cannot be made up, and the same for everybody, so a page with it can be cached. Its time is rounded
down to SLOT: within a slot a page stays the same, byte for byte, and a cache that asks again hears "not modified".
"""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils import timezone, translation

SLOT = 10 * 60
signer = Signer(salt="feedback.stamp")


@dataclass(frozen=True)
class Stamp:
    """What the page that was read said of itself. `about` is the key of its item; its path where it shows none."""

    about: str
    version: int | None
    language: str
    made: int

    @property
    def age(self) -> int:
        """How many seconds ago the page was made, at most: up to SLOT fewer in truth."""
        return now() - self.made


def now() -> int:
    """Return the second that it is."""
    return int(timezone.now().timestamp())


def make(about: str, version: int | None) -> str:
    """Return the stamp for a page that is being shown, in the language that is being shown."""
    language = (translation.get_language() or "en").split("-")[0]
    return signer.sign_object([about, version, language, now() // SLOT * SLOT])


def read(sent: str) -> Stamp | None:
    """Return what a stamp says, None for one that this site did not make."""
    try:
        return Stamp(*signer.unsign_object(sent))
    except (BadSignature, ValueError, TypeError):
        return None
