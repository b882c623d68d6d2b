"""How often the open list of phrases finds what is urgent, and marks what is not: `make measure
WHAT=urgent`.
"""

from feedback.intake.urgency import urgent_kinds
from tests.measure.sets import report


def is_urgent(text: str) -> bool:
    """Say whether a comment would be marked."""
    return bool(urgent_kinds(text))


if __name__ == "__main__":
    report("urgent_comments", is_urgent)
