"""The digest by e-mail: what is new, what waits, which pages help less than they did.

For reviewers who ask for it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db.models import Count
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from feedback.inbox.addresses import inbox_address
from feedback.inbox.answering import count_as_answered
from feedback.models import Comment, DigestPreference
from feedback.permissions import VIEW
from feedback.statistics.counts import counting
from feedback.statistics.drops import drops
from initiatives.report.report import Report

Every = DigestPreference.Every
DAYS = {Every.DAY: 1, Every.WEEK: 7}
MOST_PAGES = 10


@dataclass(frozen=True)
class Sent:
    """What became of a run: how many digests were sent, how many could not be, how many people were not
    due.
    """

    sent: int
    failed: int
    waiting: int


def due_preferences(today: date) -> list[DigestPreference]:
    """Return whose digest is due: active reviewers with an address whose last one is a day or a week old."""
    asked = DigestPreference.objects.filter(
        every__in=DAYS, user__is_active=True, user__is_staff=True
    ).exclude(user__email="")
    return [
        one
        for one in asked.select_related("user").order_by("pk")
        if one.user.has_perm(VIEW)
        and (not one.sent_on or one.sent_on <= today - timedelta(days=DAYS[Every(one.every)]))
    ]


def send_all(progress: Any = lambda done, total: None) -> Sent:
    """Send every digest that is due, each person's once however often it is run.

    One that fails is due again next time.
    """
    today, sent, failed = timezone.localdate(), 0, 0
    waiting = due_preferences(today)
    count_as_answered()
    report = Report.live()
    for done, one in enumerate(waiting, start=1):
        # Taken before it is sent: two runs at once must not send it twice.
        if not DigestPreference.objects.filter(pk=one.pk, sent_on=one.sent_on).update(sent_on=today):
            continue
        try:
            send_digest(one, report, today)
            sent += 1
        except (OSError, ValueError):
            DigestPreference.objects.filter(pk=one.pk).update(sent_on=one.sent_on)
            failed += 1
        progress(done, len(waiting))
    return Sent(sent, failed, DigestPreference.objects.filter(every__in=DAYS).count() - len(waiting))


def send_digest(one: DigestPreference, report: Report, today: date) -> None:
    """Send one person's digest. Raises OSError, which smtplib's errors are, where the mail server does not
    take it.

    Raises ValueError where the address cannot be one, such as one with a line break.
    """
    subject = f"Feedback digest, {today:%B} {today.day}, {today.year}"
    send_mail(
        subject,
        render_to_string("feedback/digest.txt", digest_content(one, report, today)),
        None,
        [one.user.email],
    )


def digest_content(one: DigestPreference, report: Report, today: date) -> dict[str, Any]:
    """Return what the digest tells: numbers and pages, and never a word of a comment."""
    # Whole days that are over, from the day of the last digest on: no answer is in two digests, and none in
    # neither.
    since = one.sent_on or today - timedelta(days=DAYS[Every(one.every)])
    came = counting().filter(date__gte=since, date__lt=today).order_by()
    pages = came.values_list("title").annotate(count=Count("pk")).order_by("-count", "title")
    site = settings.SITE_URL or ""
    return {
        "since": since,
        "until": today - timedelta(days=1),
        "count": came.count(),
        "urgent": Comment.urgent_ones().count(),
        "new": Comment.objects.filter(state="new").count(),
        "held": Comment.objects.filter(state="held").count(),
        "mine": Comment.objects.filter(assigned_to=one.user, state__in=("new", "read", "in_hand")).count(),
        "pages": pages[:MOST_PAGES],
        "drops": drops(report, today),
        "inbox": f"{site}{inbox_address('changelist')}",
        "figures": f"{site}{reverse('admin:feedback_comment_figures')}",
        "settings": f"{site}{reverse('admin:feedback_comment_digest')}",
    }
