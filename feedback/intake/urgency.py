"""Says whether a comment is urgent: a threat, somebody who may take their own life, a crime that goes on.

It knows words only, of the open list in urgent.yaml. docs/reviewers.md says how often it is right.
"""

from feedback.intake.phrases import OpenList

# What reviewers read for each kind
KINDS = {"threat": "a threat", "self-harm": "self-harm", "crime": "a crime that goes on"}
URGENT = OpenList("urgent")


def urgent_kinds(text: str) -> list[str]:
    """Return what makes a text urgent, names of KINDS; none for most."""
    return URGENT.kinds(text)
