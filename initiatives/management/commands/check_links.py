"""Asks whether the links to other sites still lead somewhere."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from initiatives.links.external import SECONDS, Prober, links_in_use


class Command(BaseCommand):
    """Out: for each dead link the item, where staff mend it and why it is dead. Exit status 1 if there is
    one.

    What is asked about is what visitors see now: links of drafts are not. Nothing is kept.
    """

    help = "Asks whether the links of the published report to other sites still lead somewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--timeout", type=float, default=SECONDS, help="seconds to wait for each answer (%(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        uses = links_in_use()
        self.done, self.total = 0, len(uses)
        if not uses:
            self.stdout.write("      No links to other sites.")
            return
        dead = Prober(options["timeout"]).probe(uses, self.progress)
        for url in uses:
            for use in uses[url] if url in dead else []:
                self.stdout.write(f"{use.title}: {url}\n      {dead[url]}")
                self.stdout.write(
                    f"      Mend it at {settings.SITE_URL or ''}{use.admin_path}"
                    if use.admin_path
                    else "      Deleted."
                )
        if dead:
            raise CommandError(f"{len(dead)} of {self.total} links lead nowhere.")
        self.stdout.write("      Every link leads somewhere.")

    def progress(self) -> None:
        """Count one more link and say so, at every tenth and at the last."""
        self.done += 1
        if self.done % 10 == 0 or self.done == self.total:
            self.stdout.write(f"      {self.done} of {self.total} links")
            self.stdout.flush()
