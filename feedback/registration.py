"""What the report and the desk have to know of feedback: told once, as the site starts."""

import os

from feedback.inbox.redaction import comments_with
from feedback.inbox.tasks import (
    held_comments,
    my_comments,
    new_comments,
    overdue_comments,
    urgent_comments,
)
from feedback.intake.counters import memory
from feedback.intake.spam import SPAM
from feedback.intake.urgency import URGENT
from feedback.views.answers import answers_page
from initiatives import addresses
from initiatives.audit import occurrences, redaction
from initiatives.desk import tasks
from initiatives.report import history
from initiatives.views import as_of, pages, sitemap


def register() -> None:
    """Make the report know answers, the desk the comments that wait, and all workers share one memory.

    Answers are listed, previewed, told of, seen in the past and redacted.
    """
    # Compiling takes a second, which the first comment of each worker would wait for
    os.register_at_fork(before=lambda: (SPAM.patterns, URGENT.patterns), after_in_child=memory.watch)
    addresses.LISTED_ON["answer"] = "answers"
    history.TOLD.append("answer")
    pages.PAGES["answer"] = answers_page
    sitemap.FIXED += ["answers", "feedback:send"]
    as_of.PAGES |= {
        "answers",
        "one_answer",
        "answer_history",
        "answer_version",
        "answer_content",
        "answer_compare",
    }
    occurrences.PLACES["feedback.Comment"] = occurrences.PLACES["feedback.DailyCount"] = ("page", "title")
    occurrences.PLACES["feedback.Note"] = ("text",)
    occurrences.PLACES["feedback.CommentRedaction"] = ("page", "reason")
    occurrences.PLACES["feedback.Export"] = ("filter", "reason")
    occurrences.PLACES["feedback.LegalHold"] = ("page", "reason")
    occurrences.PLACES["feedback.Tag"] = ("name",)
    redaction.ELSEWHERE.append(comments_with)
    tasks.SOURCES.insert(0, urgent_comments)
    tasks.SOURCES += [my_comments, new_comments, held_comments, overdue_comments]
