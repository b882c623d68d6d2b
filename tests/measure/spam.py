"""How often a comment of the kept set is held, rightly and wrongly: `make measure WHAT=spam`."""

from unittest.mock import patch
from uuid import uuid4

from feedback.intake.holding import CHECKS, Sent
from tests.measure.sets import report


def is_held(text: str) -> bool:
    """Say whether the rules that look at the text alone would hold a comment.

    No host is trusted but governments'.
    """
    sent = Sent(uuid4(), text, None)
    rules = ("links", "mash", "repeats", "code", "offers", "flattery", "instructions")
    with patch("initiatives.models.Site.trusted", return_value=[]):
        return any(CHECKS[name](sent) for name in rules)


if __name__ == "__main__":
    report("spam_comments", is_held)
