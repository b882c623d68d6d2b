"""Sends the feedback digest to the reviewers who ask for it and are due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from feedback.inbox.digest import send_all


class Command(BaseCommand):
    """Out: how many digests went out.

    Exit status 1 where one was not taken. Run it daily; twice sends nothing twice.
    """

    help = "Sends the feedback digest by e-mail to the reviewers who ask for one, by day or by week."

    def handle(self, *args: Any, **options: Any) -> None:
        outcome = send_all(lambda done, total: self.stdout.write(f"      {done} of {total} digests"))
        self.stdout.write(f"      {outcome.sent} sent, {outcome.waiting} not due.")
        if outcome.failed:
            raise CommandError(
                f"{outcome.failed} could not be sent. Check EMAIL_HOST and the other settings of e-mail."
            )
