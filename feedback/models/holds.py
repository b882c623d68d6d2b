"""Legal holds: comments that the law asks the city to keep, however old they are."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from feedback.models.comment import Comment, Tag
from feedback.pages import find_page


class LegalHold(models.Model):
    """That the comments on a page, or those with a tag, are kept until the hold is deleted.

    The admin's log says who set, changed and ended it.
    """

    page = models.CharField(
        "page",
        max_length=300,
        blank=True,
        help_text=(
            "The page's address on this site, such as /about/. All comments on it are kept, wherever "
            "the page moves."
        ),
    )
    item = models.UUIDField(
        null=True, editable=False, help_text="The key of the report's item that the page shows."
    )
    tag = models.ForeignKey(
        Tag,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text="Or a tag: all comments that have it are kept.",
    )
    reason = models.CharField(
        max_length=300, help_text="Such as the number of the case. Visitors do not see it."
    )

    class Meta:
        ordering = ["page", "tag"]
        constraints = [
            models.CheckConstraint(
                condition=Q(page="", tag__isnull=False) | (~Q(page="") & Q(tag=None)),
                name="feedback_hold_of_a_page_or_a_tag",
            )
        ]

    def __str__(self) -> str:
        return self.page or f"Tag “{self.tag}”"

    def clean(self) -> None:
        """Take the page's present address and its item.

        Raises ValidationError for no page of the site, for both and neither.
        """
        if bool(self.page) == bool(self.tag_id):
            raise ValidationError({"page": "Name a page or a tag, one of the two."})
        self.item = None
        if self.page:
            found = find_page(self.page)
            if found is None:
                raise ValidationError(
                    {"page": "This is no page of the site. Copy the address from the page, from the / on."}
                )
            self.page, self.item = found.path, found.item

    @classmethod
    def held(cls) -> Q:
        """Return the condition that a comment is under a legal hold."""
        holds = cls.objects.order_by()
        tagged = Comment.tags.through.objects.filter(tag__in=holds.exclude(tag=None).values("tag"))
        return (
            Q(page__in=holds.exclude(page="").values("page"))
            | Q(item__in=holds.exclude(item=None).values("item"))
            | Q(pk__in=tagged.values("comment"))
        )
