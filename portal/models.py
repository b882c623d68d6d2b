"""What the database knows of itself."""

import uuid

from django.db import models


class DatabaseId(models.Model):
    """The one row that tells this database from every other; it goes with it into a backup and out again.

    The data folder keeps a copy (portal/belonging.py), so that neither is taken for the other's by mistake.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.key)
