"""Tells the reviewers who ask for it that something urgent waits in the inbox."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from feedback.inbox.urgent_mail import LATE, is_time, send_due


class Command(BaseCommand):
    """Out: how many were told.

    Run it at each quarter hour (cron: */15). Exit status 1 where an e-mail was not taken.
    """

    help = (
        "E-mails the reviewers who ask for it that something urgent waits. It does so at quarter hours alone."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not is_time(timezone.now()):
            self.stdout.write(
                f"      Nothing was sent: that is done in the first {LATE} minutes of a quarter hour."
            )
            return
        sent, failed = send_due()
        if failed:
            raise CommandError(
                f"{failed} could not be sent. Check EMAIL_HOST and the other settings of e-mail."
            )
        self.stdout.write(f"      {sent} sent.")
