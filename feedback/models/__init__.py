"""What residents said, what reviewers do with it, and what the city answers."""

from feedback.models.answer import Answer
from feedback.models.comment import Comment, Tag, Tagging
from feedback.models.counts import DailyCount
from feedback.models.handling import CommentRedaction, DigestPreference, Export, Handling, Note
from feedback.models.holds import LegalHold

__all__ = [
    "Answer",
    "Comment",
    "CommentRedaction",
    "DailyCount",
    "DigestPreference",
    "Export",
    "Handling",
    "LegalHold",
    "Note",
    "Tag",
    "Tagging",
]
