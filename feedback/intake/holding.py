"""What makes a comment wait for a reviewer before it counts. Nothing is ever dropped, and the sender is told
the same.

One function for each rule, each with words for reviewers; RULES has all of them by name. A comment's
`held_for` names those that held it, so that reviewers see how often each was right.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from feedback.intake import shape, spam
from feedback.intake.counters import memory
from feedback.intake.stamp import Stamp
from initiatives.models import Site

# Thresholds. Two hundred people behind one library's address get through in an hour.
HOUR = 60 * 60
LIMIT = 300  # comments an hour from one address; what is above it is handed back and leaves no row
OLDEST = 8  # days: a page cached for a day, in a tab left open for a week
SHORT = 20  # characters of a text that counts as a word or two
SHORT_TIMES = 10  # the same short text in an hour
LONG_TIMES = 3  # texts nearly the same in an hour, before this one


@dataclass(frozen=True)
class Sent:
    """What came with a comment, as far as the rules look at it. `trap` goes no further than this.

    No rule looks at who sent it: what one held would be a list of that sender's comments.
    """

    id: UUID
    text: str
    stamp: Stamp | None
    trap: str = ""
    own_hosts: frozenset[str] = field(default_factory=frozenset)
    repeated: bool = False


class TooManyError(Exception):
    """More came from one address than may within an hour.

    In: after how many seconds it may be tried again.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


RULES: dict[str, str] = {}
CHECKS: dict[str, Callable[[Sent], bool]] = {}


def rule(words: str) -> Callable[[Callable[[Sent], bool]], Callable[[Sent], bool]]:
    """Make a function a rule of its own name, with words that tell a reviewer what it saw."""

    def add(check: Callable[[Sent], bool]) -> Callable[[Sent], bool]:
        RULES[check.__name__] = words
        CHECKS[check.__name__] = check
        return check

    return add


@rule("A box that people do not see was filled in")
def trap(sent: Sent) -> bool:
    return bool(sent.trap)


@rule("It did not come from a form that this site made")
def unsigned(sent: Sent) -> bool:
    return sent.stamp is None


@rule("Its form was more than eight days old")
def stale(sent: Sent) -> bool:
    return sent.stamp is not None and sent.stamp.age > OLDEST


# An address with any scheme or www, less what stands before an @: that is no part of the host; a bare name in
# the domains that spam comes from, or with a path behind it, but no e-mail; markup for a link
LINK = re.compile(
    r"(?:(?<![a-z])(?:h(?:tt|xx)ps?|ftp):|\b[a-z]{3,9}://|\bwww\.)[/.]*(?:[^\s/\\?#@]*@)*([\w.-]*)"
    r"|(?<![@\w.-])((?:[a-z0-9-]+\.)+(?:com|net|info|biz|io|co|ru|cn|xyz|top|shop|online|vip|icu)"
    r"|(?:[a-z0-9-]+\.)+(?:org|me|ly|gl|gd|tv|cc|ws|uk|de|fr|nl|eu|pw|tk|ml|ga|cf|gq)(?=/[a-z0-9]))\b"
    r"|<a\s|\[url|\]\(",
    re.IGNORECASE,
)
GOVERNMENT = (".gov", ".mil")


@rule("It has a link to another site")
def links(sent: Sent) -> bool:
    """Links to this site, to governments' and to those that the city trusts are how people say what they
    mean.
    """
    hosts = [next(filter(None, found.groups()), "").lower().rstrip(".") for found in LINK.finditer(sent.text)]
    others = [host for host in hosts if host not in sent.own_hosts and not host.endswith(GOVERNMENT)]
    trusted = Site.trusted() if others else []
    return any(not any(f".{host}".endswith(f".{known}") for known in trusted) for host in others)


@rule("Most of its words are keys struck at random")
def mash(sent: Sent) -> bool:
    return spam.is_mash(sent.text)


@rule("It is one sign or word over and over")
def repeats(sent: Sent) -> bool:
    return spam.is_repeated(sent.text)


@rule("It holds code such as is sent to break a site")
def code(sent: Sent) -> bool:
    return spam.is_code(sent.text)


@rule("It offers something or asks to be contacted, as advertisements do")
def offers(sent: Sent) -> bool:
    return spam.SPAM.has("offers", sent.text)


@rule("It praises a blog or an article that this site does not have")
def flattery(sent: Sent) -> bool:
    return spam.SPAM.has("flattery", sent.text)


@rule("It gives instructions to a machine that reads it")
def instructions(sent: Sent) -> bool:
    return spam.SPAM.has("instructions", sent.text)


@rule("The same short text came many times within an hour")
def flood(sent: Sent) -> bool:
    words = shape.normalized(sent.text) or "".join(sent.text.split())
    if not words or len(words) > SHORT:
        return False
    return memory.note("flood", words, seconds=HOUR, add=not sent.repeated)[0] > SHORT_TIMES


@rule("Texts nearly the same came several times within an hour")
def alike(sent: Sent) -> bool:
    outline = shape.shape(sent.text)
    if outline is None or len(shape.normalized(sent.text)) <= SHORT:
        return False
    return (
        memory.alike(outline, (sent.id.int & 0xFFFFFFFF) or 1, seconds=HOUR, distance=shape.NEAR)
        >= LONG_TIMES
    )


def held_for(sent: Sent) -> str:
    """Return the names of the rules that hold it, as they are stored: ",links,flood,"; "" where none does.

    Every rule is asked, also after one has said yes: each counts for itself.
    """
    names = [name for name, check in CHECKS.items() if check(sent)]
    return f",{','.join(names)}," if names else ""


def refuse_beyond_limit(address: str, comment: UUID) -> None:
    """Count a comment that is about to be stored for its sender. Raises TooManyError above LIMIT; never for
    an unknown address.

    One that was counted before is not counted again, nor refused.
    """
    if not address or memory.note("tried", comment.hex, seconds=HOUR, add=False)[0]:
        return
    if memory.note("limit", address, seconds=HOUR, add=False)[0] >= LIMIT:
        raise TooManyError(memory.left("limit", address))
    memory.note("limit", address, seconds=HOUR)


def is_tried_again(comment: UUID) -> bool:
    """Note that a comment is about to be stored; say whether this was tried before, so that no rule counts
    it twice.
    """
    return memory.note("tried", comment.hex, seconds=HOUR)[0] > 1


def rule_words(name: str) -> str:
    """Return what a rule saw, in words for reviewers; its name where it is no rule any more."""
    return RULES.get(name) or name.replace("_", " ").capitalize()
