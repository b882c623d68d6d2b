"""Holds the public record against its digests."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from initiatives.audit.seals import seal_ended_days
from initiatives.audit.verify import verify
from initiatives.models import DaySeal

SHOWN = 20


class Command(BaseCommand):
    """Seals the days that have ended, then verifies all. Out: what does not fit, the first tampered row
    first.

    Exit status 1 where something does not fit. Run it nightly, and keep a copy of what it prints somewhere
    else: whoever can change the database can make all seals anew, and only a noted digest (--expect) then
    tells.
    """

    help = "Verifies the public record against its digests and names the first row that was tampered with."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--expect",
            action="append",
            default=[],
            metavar="DAY=DIGEST",
            help=(
                "the digest of a day that somebody noted, such as 2026-11-24=9f86d0…; may be given again "
                "for more days"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        expected = dict(noted(text) for text in options["expect"])
        for seal in seal_ended_days():
            self.stdout.write(f"      Sealed {seal.day}")
        findings = list(verify(lambda text: self.stdout.write(f"      {text}"), expected))
        for finding in findings[:SHOWN]:
            self.stdout.write(str(finding))
        if len(findings) > SHOWN:
            self.stdout.write(f"… and {len(findings) - SHOWN} more.")
        if findings:
            raise CommandError(
                f"The record does not hold. The first thing that does not fit is {findings[0]}"
            )
        last = DaySeal.objects.last()
        self.stdout.write("      The record holds." + (f" Seal of {last.day}: {last.digest}" if last else ""))


def noted(text: str) -> tuple[str, str]:
    """Return day and digest of DAY=DIGEST. Raises CommandError for anything else."""
    day, equals, digest = text.partition("=")
    if not equals or len(digest) != 64:
        raise CommandError(
            f"--expect {text}: write a day and its whole digest, such as 2026-11-24=9f86d0… (64 characters)."
        )
    return day, digest
