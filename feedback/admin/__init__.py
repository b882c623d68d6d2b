"""The reviewers' desk: what residents said, and what the city answers."""

from feedback.admin import answers, comments, holds, tags

__all__ = ["answers", "comments", "holds", "tags"]
