"""The stamp in each form: in which language its page was, and on which day the page was made.

It is signed, so it cannot be made up, and the same for everybody, so a page with it can be cached. It knows
no hour: for a day a page stays the same, byte for byte, and a cache that asks again hears "not modified".
"""

from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.utils import timezone, translation

signer = Signer(salt="feedback.stamp")


@dataclass(frozen=True)
class Stamp:
    """What the page that was read said of itself. `made` is the day, as `date.toordinal()` counts them."""

    language: str
    made: int

    @property
    def age(self) -> int:
        """How many days ago the page was made."""
        return timezone.localdate().toordinal() - self.made


def make() -> str:
    """Return the stamp for a page that is being shown today, in the language that is being shown."""
    language = (translation.get_language() or "en").split("-")[0]
    return signer.sign_object([language, timezone.localdate().toordinal()])


def read_stamp(sent: str) -> Stamp | None:
    """Return what a stamp says, None for one that this site did not make."""
    try:
        # A page made by an older version of this code says more before these two: it is open in somebody's
        # browser.
        return Stamp(*signer.unsign_object(sent)[-2:])
    except (BadSignature, ValueError, TypeError):
        return None
