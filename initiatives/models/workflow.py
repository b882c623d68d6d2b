"""What the desk keeps beside the items: who asked whom for what, what goes out together, what is due. None of
it is public
text; of Review the public pages tell the dates.
"""

from datetime import datetime
from typing import Self
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from initiatives.models.lines import one_line
from initiatives.models.revision import Revision

USER = settings.AUTH_USER_MODEL


class OfItem(models.Model):
    """A row about an item, found by the item's key, so that it outlives the working copy."""

    kind = models.CharField(max_length=20, editable=False)
    key = models.UUIDField(editable=False, db_index=True)

    class Meta:
        abstract = True


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """What the desk asks about texts handed in."""

    def newest(self) -> Self:
        """Keep the newest of each item."""
        later = Submission.objects.filter(key=OuterRef("key"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later))

    def waiting(self) -> Self:
        """Keep those that nobody has decided yet."""
        return self.filter(state=Submission.State.WAITING)

    def unfinished(self) -> Self:
        """Keep the newest of each item that came back, by a remark or a newer draft, while its newest text
        is not public.
        """
        public = Revision.objects.filter(
            key=OuterRef("key"), digest=OuterRef("digest"), live_from__isnull=False
        )
        drafts = Revision.objects.newest().filter(~Exists(public), key=OuterRef("key"))
        returned = [Submission.State.RETURNED, Submission.State.OVERTAKEN]
        return self.newest().filter(Exists(drafts), state__in=returned)

    def approved_not_public(self) -> Self:
        """Keep the newest of each item whose text was approved, is still the newest and is neither public
        nor scheduled.
        """
        after = Revision.objects.filter(
            key=OuterRef("key"), number__gte=OuterRef("revision__number"), withdrawn=False
        )
        other = after.exclude(digest=OuterRef("revision__digest")).filter(live_from=None)
        out = after.filter(digest=OuterRef("revision__digest"), live_from__isnull=False)
        return self.newest().filter(~Exists(other), ~Exists(out), state=Submission.State.APPROVED)


class Submission(OfItem):
    """A draft that its author hands in for approval, and what became of it.

    One at most waits for each item.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for approval"
        APPROVED = "approved", "Approved"
        RETURNED = "returned", "Returned with a remark"
        TAKEN_BACK = "taken_back", "Taken back by its author"
        OVERTAKEN = "overtaken", "Overtaken by a newer draft"

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    message = models.CharField(max_length=300, blank=True, help_text="For the person who approves it.")
    note = models.CharField(
        max_length=300, blank=True, help_text="The change note that its author proposes, for the public."
    )
    submitted_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    submitted_by_name = models.CharField(max_length=150, blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_by_name = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(
        max_length=1000, blank=True, help_text="For the author: what to change, or nothing."
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state="waiting"), name="submission_one_waiting"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}: {self.get_state_display()}"


class Release(models.Model):
    """Drafts gathered under a name, to be published or scheduled together: all or none."""

    name = models.CharField(max_length=120, unique=True, help_text="For staff: “Summer 2027 update”.")
    note = models.CharField(
        "change note", max_length=300, blank=True, help_text="What changes with it, for the public."
    )
    minor = models.BooleanField(
        "minor change",
        default=False,
        help_text="No news for the public. The history still says what kind of change each was.",
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        USER, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    live_from = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it went or goes out; empty before."
    )
    published_by_name = models.CharField(max_length=150, blank=True, editable=False)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Keep the name and the note on one line each."""
        super().clean()
        one_line(self)

    def is_out(self, at: datetime | None = None) -> bool:
        """Say whether it was published by the moment asked for, now by default."""
        return self.live_from is not None and self.live_from <= (at or timezone.now())


class ReleaseItem(OfItem):
    """An item in a release; `revision` is what went or goes out, empty before that is decided.

    `note` and `minor` are what the public is told of it, where that is not what the release says.
    """

    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="items")
    note = models.CharField(max_length=300, blank=True)
    minor = models.BooleanField(default=False)
    revision = models.ForeignKey(
        Revision, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["release", "key"], name="item_once_in_release")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.release}"

    @classmethod
    def drop(cls, key: UUID) -> None:
        """Take an item that leaves the site now out of scheduled releases; their other texts stay scheduled.

        The caller has the lock and drops the item's own windows.
        """
        cls.leave(cls.objects.filter(key=key, release__live_from__gt=timezone.now()))

    @staticmethod
    def leave(rows: "models.QuerySet[ReleaseItem]") -> None:
        """Delete rows of scheduled releases; a release with nothing left in it is open again."""
        for row in rows.select_related("release"):
            row.delete()
            if not row.release.items.exists():
                row.release.live_from, row.release.published_by_name = None, ""
                row.release.save(update_fields=["live_from", "published_by_name"])


class Presence(OfItem):
    """Somebody has an item's form open; `seen` is when the form last said so.

    Old rows mean nothing and are removed.
    """

    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)
    seen = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="presence_once_per_item")]

    def __str__(self) -> str:
        return f"{self.user}: {self.kind}"


class ShareLink(models.Model):
    """An address at which people without an account can see drafts: of one item, of a release, or all of
    them.

    It ends by itself at `expires` or with its maker's account, or when somebody withdraws it. With neither
    key nor release it shows all drafts.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    purpose = models.CharField(
        max_length=120, blank=True, help_text="For staff: who it is for, and what for."
    )
    kind = models.CharField(max_length=20, blank=True, editable=False)
    key = models.UUIDField(null=True, blank=True, editable=False)
    release = models.ForeignKey(
        Release, null=True, blank=True, on_delete=models.CASCADE, related_name="share_links", editable=False
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        USER, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    created_by_name = models.CharField(max_length=150, blank=True, editable=False)
    expires = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by_name = models.CharField(max_length=150, blank=True, editable=False)

    class Meta:
        ordering = ["-created"]

    def __str__(self) -> str:
        return self.purpose or f"Share link of {self.created:%Y-%m-%d}"


class NoticePreference(models.Model):
    """Which e-mails a member of staff asks for. Without a row: none."""

    user = models.OneToOneField(USER, on_delete=models.CASCADE, related_name="notice_preference")
    on_submission = models.BooleanField("when a draft waits for approval", default=False)
    on_decision = models.BooleanField("when my draft is approved or returned", default=False)
    on_overdue = models.BooleanField(
        "when what I own is due for review (one e-mail a day at most)", default=False
    )
    overdue_sent = models.DateField(null=True, editable=False)

    def __str__(self) -> str:
        return f"E-mails to {self.user}"
