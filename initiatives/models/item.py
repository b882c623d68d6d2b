"""What every item of the report has in common: its key, its place, its address and its revisions."""

from typing import Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse

from initiatives.addresses import slug_of
from initiatives.models.lines import one_line
from initiatives.models.revision import Revision, RevisionQuerySet
from initiatives.models.upload import Upload
from initiatives.text import markdown


class Item(models.Model):
    """The working copy of one thing that is published: editors change it, the public never reads it."""

    kind: ClassVar[str]
    plain_fields: ClassVar[tuple[str, ...]] = ()
    markdown_fields: ClassVar[tuple[str, ...]] = ()
    required_to_publish: ClassVar[tuple[str, ...]] = ()
    # Whether the public has to see what it hangs on before it can see the item
    needs_parent: ClassVar = True
    # The field that says what it hangs on, for kinds that hang on something
    place_field: ClassVar = ""
    # What whole() fetches with an item: the rows that it names, and the rows that name it
    joined: ClassVar[tuple[str, ...]] = ("owner",)
    related: ClassVar[tuple[str, ...]] = ()

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    title = models.CharField(max_length=200)
    slug = models.SlugField(
        "address",
        max_length=80,
        unique=True,
        blank=True,
        help_text=(
            "The last part of the page's web address: small letters, digits and hyphens. Made from "
            "the title when empty."
        ),
    )
    position = models.PositiveIntegerField(default=0, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        limit_choices_to={"is_staff": True},
        help_text="Who keeps it true. Staff only; not on the site.",
    )

    class Meta:
        abstract = True
        ordering = ["position", "title"]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """Fill in the slug; refuse one that an item of the same kind had before the public, whose address
        it still is.
        """
        one_line(self)
        self.slug = self.slug or slug_of(self.title)
        if not self.title:
            return  # its own error says why; the address is made from it
        if not self.slug:
            raise ValidationError(
                {"slug": "Type an address: the title has no letters or digits to make one from."}
            )
        taken = Revision.objects.once_live().filter(kind=self.kind, slug=self.slug).exclude(key=self.key)
        if taken.exists() or type(self)._default_manager.filter(slug=self.slug).exclude(pk=self.pk).exists():
            raise ValidationError(
                {"slug": f"The address “{self.slug}” belongs to another {self.kind}. Choose a different one."}
            )

    # How the desk names it

    @classmethod
    def untitled(cls) -> str:
        """Return the title of a draft of this kind that has none yet. It is never published under it."""
        return f"Untitled {cls._meta.verbose_name}"

    @classmethod
    def permission(cls, action: str) -> str:
        """Return the full name of the permission for an action: "view", "add", "change" or "delete"."""
        return f"{cls._meta.app_label}.{action}_{cls._meta.model_name}"

    @classmethod
    def desk_path(cls, page: str, *args: Any) -> str:
        """Return the path of a page of the admin about items of this kind: "changelist", "add", "change",
        "preview"…
        """
        return reverse(f"admin:{cls._meta.app_label}_{cls._meta.model_name}_{page}", args=args)

    @classmethod
    def whole(cls) -> "models.QuerySet[Any]":
        """Return the working copies with all that they say: a fixed number of queries, however many there
        are.

        For reading many at once. What changes in the relations of such an item afterwards is not seen by it.
        """
        return cls._default_manager.select_related(*cls.joined).prefetch_related(*cls.related)

    # Where it stands

    @property
    def parent_item(self) -> "Item | None":
        """The item it hangs on, if it hangs on one."""
        return None

    @property
    def parent_key(self) -> UUID | None:
        """The key of the item it hangs on, if it hangs on one."""
        parent = self.parent_item
        return parent.key if parent else None

    def hang_on(self, key: UUID | None) -> None:
        """Hang it on the item with a key, as a revision says it did.

        Raises ValidationError where that has no working copy.
        """

    def siblings(self) -> "models.QuerySet[Any]":
        """Return the working copies that share its place in the tree, itself included, in order."""
        return type(self)._default_manager.all()

    def place_last(self) -> None:
        """Set the position after the last sibling's. The caller saves."""
        last = self.siblings().exclude(pk=self.pk).aggregate(last=models.Max("position"))["last"]
        self.position = 0 if last is None else last + 1

    # What is recorded

    @property
    def revisions(self) -> RevisionQuerySet:
        """Every revision of this item, oldest first."""
        return Revision.objects.filter(key=self.key).order_by("number")

    def recorded_fields(self) -> dict[str, Any]:
        """Return all that the item says, as values that JSON can hold. Subclasses add their relations."""
        return {name: getattr(self, name) for name in (*self.plain_fields, *self.markdown_fields)}

    def used_uploads(self) -> set[int]:
        """Return the ids of the uploaded files that the item shows or links to."""
        texts = " ".join(getattr(self, name) for name in self.markdown_fields)
        return set(Upload.objects.named_in(texts).values_list("pk", flat=True))

    def snapshot(self) -> Revision:
        """Return an unsaved, unnumbered revision of the working copy as it is in the database now."""
        revision = Revision(
            kind=self.kind,
            key=self.key,
            parent=self.parent_key,
            position=self.position,
            slug=self.slug,
            title=self.title,
            fields=self.recorded_fields(),
            html={name: markdown.render(getattr(self, name)) for name in self.markdown_fields},
        )
        revision.digest = revision.compute_digest()
        return revision
