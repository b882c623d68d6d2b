"""Files that staff uploaded.

A file is before the public exactly when a revision that is or was live uses it.
"""

import re
from typing import Any, Self

from django.conf import settings
from django.db import models

from initiatives.models.revision import Revision

NAME = re.compile(r"(?:images|documents)/[0-9a-f]{64}\.[a-z]{3,4}")


class UploadQuerySet(models.QuerySet["Upload"]):
    """Finds uploads by name and by whether the public may have them."""

    def named_in(self, text: str) -> Self:
        """Keep those whose file is named in a text."""
        return self.filter(file__in=set(NAME.findall(text)))

    def public(self) -> Self:
        """Keep those that a revision uses that is, or was once, before the public."""
        return self.filter(models.Exists(Revision.objects.once_live().filter(uploads=models.OuterRef("pk"))))


class Upload(models.Model):
    """A checked file under a name made from its content, so that what a revision shows can never change under
    it.

    `lost_motion` says, just after it was taken in, that the file was an animation of which this is the first
    frame.
    """

    lost_motion: bool = False

    class Sort(models.TextChoices):
        IMAGE = "image", "Image"
        DOCUMENT = "document", "Document"

    sort = models.CharField("kind", max_length=10, choices=Sort, editable=False)
    title = models.CharField(max_length=120, help_text="So that you find it again; visitors do not see it.")
    file = models.FileField(unique=True, max_length=120)
    content_type = models.CharField(max_length=120, editable=False)
    size = models.PositiveIntegerField("bytes", editable=False)
    width = models.PositiveIntegerField(null=True, editable=False)
    height = models.PositiveIntegerField(null=True, editable=False)
    uploaded = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    redaction = models.ForeignKey(
        "initiatives.Redaction",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="uploads",
        editable=False,
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded"]
        verbose_name = "file or image"
        verbose_name_plural = "files and images"

    def __str__(self) -> str:
        return self.title

    def recorded(self) -> dict[str, Any]:
        """Return what a page needs to show the file, as values that JSON can hold."""
        return {
            "name": self.file.name,
            "title": self.title,
            "content_type": self.content_type,
            "size": self.size,
            "width": self.width,
            "height": self.height,
        }
