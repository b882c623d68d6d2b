"""Turns comments older than the city keeps them into daily counts."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from feedback.inbox import retention


class Command(BaseCommand):
    """Out: how many comments became counts, and how many were kept back.

    Staff sessions that have ended go, too. Safe to stop and to run again.
    """

    help = (
        "Turns comments older than FEEDBACK_KEEP_DAYS that were read into daily counts of their pages. 0 "
        "keeps them all."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, help="keep this many days instead of FEEDBACK_KEEP_DAYS")
        parser.add_argument(
            "--dry-run", action="store_true", help="say how many it would be, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        days = settings.FEEDBACK_KEEP_DAYS if options["days"] is None else options["days"]
        if days < 0:
            raise CommandError("Type a number of days from 0 up.")
        if not options["dry_run"]:
            call_command("clearsessions")
        if not days:
            self.stdout.write("      FEEDBACK_KEEP_DAYS is 0: every comment is kept.")
            return
        total = retention.too_old(days).count()
        if options["dry_run"]:
            self.stdout.write(f"      {total} comments up to {retention.last_day(days)} would become counts.")
            self.tell_kept(days)
            return
        done = 0
        for taken in retention.apply_retention(days):
            done += taken
            self.stdout.write(f"      {done} of {max(total, done)} comments")
            self.stdout.flush()
        self.stdout.write(f"      {done} comments up to {retention.last_day(days)} are now counts.")
        self.tell_kept(days)

    def tell_kept(self, days: int) -> None:
        """Say how many old comments are kept back, and why."""
        waiting = retention.overdue(days).count()
        held = (
            retention.old(days).filter(retention.under_hold()).exclude(retention.waits_for_reader()).count()
        )
        self.stdout.write(
            f"      Kept back: {waiting} that still wait for a reviewer, {held} more under a legal hold."
        )
