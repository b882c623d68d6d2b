"""E-mails to staff who ask for them.

Each is sent once the change is safe; mail that fails never undoes or stops anything.
"""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.db import models, transaction
from django.dispatch import receiver
from django.urls import reverse

from initiatives import signals
from initiatives.desk.outcome import outcome, public_path
from initiatives.models.access import open_to
from initiatives.models.workflow import NoticePreference, Submission
from initiatives.publishing.authorship import may_decide

logger = logging.getLogger(__name__)

WORDS = {
    Submission.State.APPROVED: "approved",
    Submission.State.RETURNED: "returned with a remark",
    Submission.State.OVERTAKEN: "overtaken by a newer draft",
}


@receiver(signals.submitted)
def submitted(submission: Submission, **_: Any) -> None:
    """Tell those who asked, and who may decide it, that a text waits for approval."""
    transaction.on_commit(partial(guarded, tell_deciders, submission), robust=True)


@receiver(signals.decided)
def decided(submission: Submission, **_: Any) -> None:
    """Tell the person who handed a text in what became of it, if they asked and somebody else decided."""
    if (
        submission.state in WORDS
        and submission.submitted_by_id
        and submission.submitted_by_id != submission.decided_by_id
    ):
        transaction.on_commit(partial(guarded, tell_author, submission), robust=True)


def tell_deciders(submission: Submission) -> None:
    """Send a message to each person who asked and may decide."""
    title, who = submission.revision.title, submission.submitted_by_name or "Somebody"
    lines = [f"{who} hands in “{title}” for approval."]
    lines += [f"They say: {submission.message}"] if submission.message else []
    text = letter_text(*lines, f"Read and decide:\n{desk_address('admin:approval', submission.pk)}")
    for user in readers(on_submission=True).exclude(pk=submission.submitted_by_id):
        if may_decide(submission, user):
            send_notice(user, f"Waiting for approval: {title}", text)


def tell_author(submission: Submission) -> None:
    """Send a message to the person who handed the text in, while they may still open it."""
    user = readers(on_decision=True).filter(pk=submission.submitted_by_id).first()
    if user is None or not open_to(user, [submission]):
        return
    title, word = submission.revision.title, WORDS[Submission.State(submission.state)]
    by = f" by {submission.decided_by_name}" if submission.decided_by_name else ""
    lines = [f"Your draft of “{title}” was {word}{by}."]
    said, page = outcome(submission), public_path(submission)
    word = "published" if said.startswith("Published") else word
    lines += [said] if said else []
    lines += [f"On the site:\n{settings.SITE_URL}{page}"] if word == "published" and page else []
    lines += [f"The remark:\n{submission.remark}"] if submission.remark else []
    if submission.state == Submission.State.OVERTAKEN:
        lines += ["Read the newer draft, and hand it in again once it is right."]
    send_notice(
        user,
        f"{word.capitalize()}: {title}",
        letter_text(*lines, f"See it:\n{desk_address('admin:approval', submission.pk)}"),
    )


def readers(**asked: bool) -> "models.QuerySet[Any]":
    """Return the active staff with an e-mail address who asked for a sort of e-mail: on_submission=True."""
    preferences = NoticePreference.objects.filter(**asked).values("user")
    return (
        get_user_model()
        ._default_manager.filter(pk__in=preferences, is_active=True, is_staff=True)
        .exclude(email="")
    )


def desk_address(name: str, *args: Any) -> str:
    """Return the whole address of a page of the desk; its path alone where the site's own address is not
    set.
    """
    return f"{settings.SITE_URL}{reverse(name, args=args)}"


def letter_text(*paragraphs: str) -> str:
    """Return a message in plain text that ends with the way to get no more of them."""
    return (
        "\n\n".join(
            [*paragraphs, f"You asked for this e-mail. To change that:\n{desk_address('admin:emails')}"]
        )
        + "\n"
    )


def send_notice(user: Any, subject: str, text: str) -> bool:
    """Send a message to one person; return whether that worked. What failed is logged without the address."""
    try:
        send_mail(" ".join(subject.split())[:150], text, None, [user.email])
    except Exception as error:  # whatever mail does, the work goes on
        logger.error("An e-mail to staff could not be sent: %s", type(error).__name__)
        return False
    return True


def guarded(tell: Callable[[Submission], None], submission: Submission) -> None:
    """Tell, and log what goes wrong on the way by its kind alone: the change itself is done already."""
    try:
        tell(submission)
    except Exception as error:
        logger.error("Notices could not be made: %s", type(error).__name__)
