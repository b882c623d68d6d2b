"""What every item of the report has in common: its key, its address, its revisions, and how it goes before
the public.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from initiatives import markdown, timeline
from initiatives.addresses import slug_of
from initiatives.models.lines import one_line
from initiatives.models.revision import Revision, RevisionQuerySet
from initiatives.turn import take_turn

if TYPE_CHECKING:
    from initiatives.record import Report


By = Any  # a member of staff (settings.AUTH_USER_MODEL), or None for the system itself


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
        from initiatives.models.upload import Upload

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

    # How it changes state: each in one transaction

    @transaction.atomic
    def record(self, by: By) -> Revision:
        """Keep the working copy as a draft revision and return it; the newest one where nothing has changed
        since.

        A draft that waits for approval is overtaken by one that says something else.
        """
        from initiatives import approval

        take_turn()
        draft, newest = self.snapshot(), self.revisions.texts().last()
        if newest and newest.says_the_same(draft):
            return newest
        same = self.revisions.texts().filter(digest=draft.digest, live_from=None).last()
        draft.note, draft.minor = (same.note, same.minor) if same else ("", False)
        approval.overtake(self.store(draft, by))
        return draft

    @transaction.atomic
    def publish(self, by: By, note: str = "", minor: bool = False) -> Revision:
        """Put the working copy before the public from now on and return its revision.

        The place among its siblings stays as it is live; publish_order changes that. What is scheduled stays
        scheduled, but for this very text, which then goes out now. Raises ValidationError, with a message for
        each field, where something that the public needs is missing, or another person has to approve it
        first.
        """
        revision = self.prepare(by)
        return revision if revision.live_from else self.put(revision, timezone.now(), by, note, minor)

    @transaction.atomic
    def schedule(self, by: By, at: datetime, note: str = "", minor: bool = False) -> Revision:
        """Put the working copy before the public from a later moment on and return its revision.

        In: the moment, with its time zone. The same text scheduled again is moved to the new moment. Raises
        ValidationError where the moment is past, something that the public needs is missing, or another
        person has to approve it first.
        """
        timeline.refuse_past(at)
        revision = self.prepare(by, at)
        if revision.live_from:
            raise ValidationError(
                "This very text is on the site at that moment anyway. There is nothing to schedule."
            )
        return self.put(revision, at, by, note, minor)

    @transaction.atomic
    def prepare(self, by: By, at: datetime | None = None, among: "Report | None" = None) -> Revision:
        """Return the draft that is to go before the public now or at a later moment, ready for timeline.put.

        In: the report as it will be then, where other items go out with this one. Out: a draft revision;
        where the public sees the same anyway, the revision that is live then. The same text scheduled for
        another time is a draft again. Raises ValidationError where it is not ready.
        """
        draft = self.ready(by, at, among)
        for planned in filter(draft.says_the_same, self.revisions.upcoming()):
            timeline.cancel(timeline.alone(planned) if at else planned)
        live = self.revisions.live(at).first()
        if live and live.says_the_same(draft):
            return live
        newest = self.revisions.texts().last()
        is_kept = newest is not None and newest.says_the_same(draft) and not newest.live_from
        return newest if newest and is_kept else self.store(draft, by)

    @transaction.atomic
    def withdraw(
        self, by: By, reason: str = "", successor: "Item | None" = None, at: datetime | None = None
    ) -> Revision | None:
        """Take the item from the public, now or at a later moment; return the revision that says so, None if
        nothing was live.

        In: why, for the public, and the item that took its place, both optional. Now, what was scheduled is
        dropped, also where it was to go out with a release, whose other texts stay scheduled. Raises
        ValidationError where the moment is past or links before the public would be left dead.
        """
        from initiatives import releases
        from initiatives.removal import refuse_dead_links

        take_turn()
        refuse_dead_links(self, successor, at)
        if at:
            timeline.refuse_past(at)
        else:
            releases.drop(self.key)
            for upcoming in self.revisions.upcoming():
                timeline.cancel(upcoming)
        live = self.revisions.live(at).first()
        if not live and at:
            raise ValidationError("It is not on the site at that moment. There is nothing to take off.")
        if not live:
            return None
        fields = {"reason": reason, "successor": str(successor.key) if successor else None}
        gone = self.store(live.copy(fields=fields, html={}, withdrawn=True), by, uploads=())
        return timeline.put(gone, at or timezone.now(), by, reason, False)

    @transaction.atomic
    def publish_position(self, by: By) -> None:
        """Put the item's place among its siblings before the public, and nothing else of the working copy."""
        from initiatives import beside

        beside.publish_position(self, by)

    def ready(self, by: By, at: datetime | None = None, among: "Report | None" = None) -> Revision:
        """Return a snapshot for the public, at the live place in the order; refuse one that is not ready.

        Every way to the public comes through here, so the rule about approval stands here.
        """
        from initiatives.approval import refuse_unapproved
        from initiatives.checks import refuse_unready
        from initiatives.record import Report

        take_turn()
        draft = self.snapshot()
        refuse_unready(self, draft.fields, among or (Report.live(at) if at else None))
        live = self.revisions.live(at).first()
        if live and live.parent == draft.parent:
            draft.position = live.position
        refuse_unapproved(self, draft, by)
        return draft

    def put(self, revision: Revision, at: datetime, by: By, note: str, minor: bool) -> Revision:
        """Put a draft that is ready before the public at a moment; what waited for approval of this text
        has it then.
        """
        from initiatives import approval

        timeline.put(revision, at, by, note, minor)
        approval.settle(revision, by)
        return revision

    def store(self, draft: Revision, by: By, uploads: Iterable[Any] | None = None) -> Revision:
        """Keep an unsaved revision as the item's newest.

        In: the files that it uses, by default those of the working copy.
        """
        newest = self.revisions.last()
        draft.number = newest.number + 1 if newest else 1
        draft.author, draft.author_name = by, str(by or "")
        draft.save(force_insert=True)
        draft.uploads.set(self.used_uploads() if uploads is None else uploads)
        return draft
