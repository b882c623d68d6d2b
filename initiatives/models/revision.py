"""The record: what each item said at each save, and when it was before the public."""

from datetime import UTC, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from initiatives.models.seal import digest_of


class RevisionQuerySet(models.QuerySet["Revision"]):
    """The only way to what the public may read is live()."""

    def in_force(self, at: datetime | None = None) -> Self:
        """Keep those whose window covers the moment asked for, now by default: at most one of each item."""
        at = at or timezone.now()
        return self.filter(Q(live_to=None) | Q(live_to__gt=at), live_from__lte=at)

    def live(self, at: datetime | None = None) -> Self:
        """Keep those in force that show the item and do not say that it was withdrawn."""
        return self.in_force(at).filter(withdrawn=False)

    def once_in_force(self, at: datetime | None = None) -> Self:
        """Keep those whose window had begun by the moment asked for, now by default: the public history."""
        return self.filter(live_from__lte=at or timezone.now())

    def once_live(self, at: datetime | None = None) -> Self:
        """Keep those that showed the item to the public at some time up to the moment asked for, now by
        default.
        """
        return self.once_in_force(at).filter(withdrawn=False)

    def last_live(self, at: datetime | None = None) -> Self:
        """Keep what the public saw last of each item up to the moment asked for, now by default; also of
        what is off the site.
        """
        later = Revision.objects.once_live(at).filter(
            key=OuterRef("key"), live_from__gt=OuterRef("live_from")
        )
        return self.once_live(at).filter(~Exists(later))

    def upcoming(self, at: datetime | None = None) -> Self:
        """Keep those whose window begins later, soonest first."""
        return self.filter(live_from__gt=at or timezone.now()).order_by("live_from")

    def texts(self) -> Self:
        """Keep those that say what an item says, not that it was withdrawn."""
        return self.filter(withdrawn=False)

    def newest(self) -> Self:
        """Keep the newest text of each item, live or not: what an editor last saved."""
        newer = Revision.objects.texts().filter(key=OuterRef("key"), number__gt=OuterRef("number"))
        return self.texts().filter(~Exists(newer))


class Revision(models.Model):
    """One item as it was saved once. What it says never changes, and no row is ever deleted.

    Publishing gives it a window, a publisher and a change note; what comes after closes the window.
    A revision that is `withdrawn` says that the item is off the site from then on, why, and what took its
    place. Draft: both ends of the window empty. Live: the window covers now. Of one item no two windows
    overlap, and no two items of a kind have the same slug at the same time; the database refuses both (see
    initiatives/models/constraints.py).
    """

    kind = models.CharField(max_length=20)
    key = models.UUIDField(help_text="The item's key; it outlives the item's working copy.")
    number = models.PositiveIntegerField(help_text="1 for the item's first revision, then one more each.")
    parent = models.UUIDField(null=True, blank=True, help_text="The key of the item it hangs on.")
    position = models.PositiveIntegerField(default=0)
    slug = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    html = models.JSONField(default=dict, help_text="The Markdown fields, rendered and sanitised.")
    digest = models.CharField(max_length=64, editable=False)
    uploads = models.ManyToManyField("initiatives.Upload", related_name="revisions", editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    author_name = models.CharField(max_length=150, blank=True)
    created = models.DateTimeField(default=timezone.now)
    withdrawn = models.BooleanField(default=False, editable=False)
    note = models.CharField("change note", max_length=300, blank=True)
    minor = models.BooleanField(default=False, help_text="Said at publish to be of no news.")
    changes = models.CharField(
        max_length=200,
        blank=True,
        editable=False,
        help_text="Kinds of change against the public version before: “,wording,dates,”.",
    )
    publisher = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    publisher_name = models.CharField(max_length=150, blank=True)
    live_from = models.DateTimeField(null=True, blank=True)
    live_to = models.DateTimeField(null=True, blank=True)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "key", "number"]
        permissions = [("publish_report", "Can publish and unpublish items of the report")]
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="revision_number_once_per_item"),
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(live_from__isnull=False, live_to__isnull=True),
                name="revision_one_open_window_per_item",
            ),
            models.CheckConstraint(
                condition=Q(live_to__isnull=True) | Q(live_from__lt=F("live_to")),
                name="revision_window_ends_after_it_begins",
            ),
        ]
        indexes = [
            models.Index(fields=["live_from", "live_to"], name="revision_windows"),
            models.Index(fields=["kind", "slug", "live_from"], name="revision_addresses"),
            models.Index(fields=["key", "live_from"], name="revision_histories"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (revision {self.number})"

    def content(self) -> dict[str, Any]:
        """Return what the item says and where it stands in the tree, as plain values; not its place in the
        order.
        """
        return {
            "kind": self.kind,
            "key": str(self.key),
            "parent": str(self.parent) if self.parent else None,
            "slug": self.slug,
            "title": self.title,
            "fields": self.fields,
            "html": self.html,
            **({"withdrawn": True} if self.withdrawn else {}),
        }

    @property
    def change_kinds(self) -> list[str]:
        """The kinds of change against the public version before, names of report.changes.KINDS."""
        return [kind for kind in self.changes.split(",") if kind]

    def compute_digest(self) -> str:
        """Return SHA-256, in hexadecimal, of content() as JSON with sorted keys: equal for equal content."""
        return digest_of(self.content())

    def row_digest(self) -> str:
        """Return SHA-256 of all that the public record says of a published revision: its text, place, time
        and note.
        """
        began = self.live_from.astimezone(UTC).isoformat() if self.live_from else None
        said = [self.note, self.minor, self.changes, self.withdrawn]
        return digest_of([str(self.key), self.number, self.digest, self.position, began, *said])

    @property
    def has_begun(self) -> bool:
        """Whether the public sees it or saw it; a draft and what is scheduled have not begun."""
        return self.live_from is not None and self.live_from <= timezone.now()

    @property
    def to_say(self) -> dict[str, Any]:
        """What is kept with a draft, or with what is scheduled, to go out with it: `note`, `minor`; empty
        once it has begun.
        """
        return {"note": "", "minor": False} if self.has_begun else {"note": self.note, "minor": self.minor}

    def is_live(self, at: datetime | None = None) -> bool:
        """Say whether the window covers the moment asked for, now by default."""
        at = at or timezone.now()
        return (
            self.live_from is not None
            and self.live_from <= at
            and (self.live_to is None or at < self.live_to)
        )

    def says_the_same(self, other: "Revision") -> bool:
        """Say whether another revision of the item says the same, at the same place in the order."""
        return (self.digest, self.position) == (other.digest, other.position)

    def copy(self, **changes: Any) -> "Revision":
        """Return an unsaved draft that says the same, with the changes given."""
        same = {
            name: getattr(self, name)
            for name in ("kind", "key", "parent", "position", "slug", "title", "fields", "html")
        }
        draft = Revision(**{**same, **changes})
        draft.digest = draft.compute_digest()
        return draft
