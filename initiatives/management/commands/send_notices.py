"""Sends the daily e-mails about items that are due for review."""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.desk import reminders


class Command(BaseCommand):
    """In: nothing. Out: a line for each person who asks for these e-mails, then a summary; exit status 1
    where one failed.
    """

    help = "Sends each person who asks for it one e-mail a day about what they own and is due for review."

    def handle(self, *args: Any, **options: Any) -> None:
        became: Counter[str] = Counter()
        for name, outcome in reminders.send_overdue():
            became[outcome] += 1
            self.stdout.write(f"{name}: {outcome}")
        summary = (
            ", ".join(f"{count} {outcome}" for outcome, count in became.items()) or "nobody asks for them"
        )
        if became[reminders.FAILED]:
            raise CommandError(f"E-mails about reviews: {summary}. The next run tries those again.")
        self.stdout.write(f"E-mails about reviews: {summary}.")
