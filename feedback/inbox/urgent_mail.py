"""The e-mail that something urgent waits: at fixed quarter hours, without page, word, id or count.

docs/decisions/0003-urgent-comments.md says what its time tells.
"""

import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse

from feedback.inbox.addresses import inbox_address
from feedback.models import Comment, DigestPreference
from feedback.permissions import VIEW

logger = logging.getLogger(__name__)

QUARTER = 15  # minutes
LATE = 5  # minutes after a quarter hour at which a timer's run still counts as that quarter's
SUBJECT = "Look at the inbox of comments"
TEXT = """Something in the inbox of comments is marked urgent. Please look at it now:
{inbox}

This e-mail goes out at a full, half or quarter hour. It never says what was written, where, or how much.

To get it no more: {settings}
"""


def is_time(now: datetime) -> bool:
    """Say whether it is a quarter hour: between them nothing goes out, lest the minute tell when a comment
    came.
    """
    return now.minute % QUARTER < LATE


def asked() -> list[Any]:
    """Return the active reviewers with an address who ask for it."""
    chosen = DigestPreference.objects.filter(urgent=True, user__is_active=True, user__is_staff=True).exclude(
        user__email=""
    )
    return [one.user for one in chosen.select_related("user").order_by("pk") if one.user.has_perm(VIEW)]


def send_due() -> tuple[int, int]:
    """Tell each who asks that something urgent waits, where something came that nobody was told of. Out:
    sent, failed.

    A comment counts as told once one person was: what reaches nobody is tried again at the next quarter hour.
    """
    untold = list(Comment.urgent_ones().filter(told=False).values_list("pk", flat=True))
    outcomes = [send_urgent_notice(user) for user in asked()] if untold else []
    if any(outcomes):
        Comment.objects.filter(pk__in=untold).update(told=True)
    return outcomes.count(True), outcomes.count(False)


def send_urgent_notice(user: Any) -> bool:
    """Send one person's e-mail. Out: whether it was taken; what failed is logged without the address."""
    site = settings.SITE_URL or ""
    links = {
        "inbox": f"{site}{inbox_address('changelist')}",
        "settings": f"{site}{reverse('admin:feedback_comment_digest')}",
    }
    try:
        send_mail(SUBJECT, TEXT.format(**links), None, [user.email])
    except (OSError, ValueError) as error:
        logger.error("An e-mail about what is urgent could not be sent: %s", type(error).__name__)
        return False
    return True
