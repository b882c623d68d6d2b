"""Django's own command, which waits for no lock longer than readers can bear."""

from typing import Any

from django.core.management.commands import migrate

from portal.upgrading import patiently


class Command(migrate.Command):
    """In and out as Django's.

    Where others have a table or the file locked it says so and tries again; at last exit status 1.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        patiently(lambda: super(Command, self).handle(*args, **options), self.stderr.write)
