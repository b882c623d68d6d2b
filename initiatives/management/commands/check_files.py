"""Looks whether this host has every uploaded file."""

from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand

from initiatives.models import Upload

SHOWN = 5


class Command(BaseCommand):
    """Out: how many files are missing here, some of their names, and what to do.

    Nothing is changed; the exit status is 0.
    """

    help = "Looks whether the media folder of this host holds every file that was uploaded."

    def handle(self, *args: Any, **options: Any) -> None:
        names = list(Upload.objects.filter(redaction=None).order_by("pk").values_list("file", flat=True))
        missing = [name for name in names if not default_storage.exists(name)]
        if not missing:
            return
        self.stdout.write(
            f"      {len(missing)} of {len(names)} uploaded files are not in {settings.MEDIA_ROOT}. "
            "Visitors of this host do not see them. Several hosts need one folder for all: set PORTAL_MEDIA "
            "to it on each. "
            "Else restore it from the backup."
        )
        for name in missing[:SHOWN]:
            self.stdout.write(f"      {name}")
