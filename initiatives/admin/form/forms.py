"""The forms of the desk: those of the items notice when somebody else saved in between; those of files
check them.
"""

import re
from itertools import count
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from initiatives.addresses import slug_of
from initiatives.admin.lines import LineField
from initiatives.admin.moments import MomentField
from initiatives.exchange import pictures
from initiatives.exchange.uploads import DOCUMENT_TYPES, store_document, store_image
from initiatives.models import Item, Revision, Upload
from initiatives.models.lock import lock_report
from initiatives.report.report import Report


class ItemForm(forms.ModelForm):
    """An item's form. It knows the revision it was opened on and refuses to save over a later one unseen.

    `pending` is what has to be decided before anything is saved (initiatives/admin/conflicts/conflict.py);
    `held` the public text where the form holds that and not the working copy
    (initiatives/admin/form/beside.py). Both are set for each request.
    """

    pending: Any = None
    held: Revision | None = None

    base_revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    item_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    change_note = LineField(
        max_length=300,
        required=False,
        help_text=(
            "What changed and why, in a sentence for the public. Kept with the draft until it goes out."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField", "aria-describedby": "id_change_note_helptext"}),
    )

    minor = forms.BooleanField(
        required=False,
        label="Minor change",
        help_text="No news for the public. The history still says what kind of change it was.",
    )
    publish_at = MomentField(required=False, label="Publish at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {"summary", "description"} & set(self.fields):
            if not isinstance(self.fields[name].widget, forms.Textarea):
                self.fields[name].widget = forms.Textarea(attrs={"class": "vLargeTextField", "rows": 3})
        if "title" in self.fields:
            self.fields["title"].required = False
        newest = self.newest()
        self.initial["base_revision"] = newest.number if newest else None
        self.initial["item_key"] = self.instance.key
        if newest and not self.is_bound:
            self.initial.update(change_note=newest.to_say["note"], minor=newest.to_say["minor"])

    def clean_title(self) -> str:
        """A draft may have no title yet: then it is called untitled."""
        return self.cleaned_data["title"] or self.instance.untitled()

    def give_address(self, cleaned: dict[str, Any]) -> None:
        """Give a draft without a title an address that is free, and one that got its title the address
        made from that.
        """
        stand_in, typed = slug_of(self.instance.untitled()), cleaned.get("slug") or ""
        if cleaned.get("title") != self.instance.untitled():
            is_stand_in = re.fullmatch(rf"{stand_in}(-\d+)?", typed) and typed == self.initial.get("slug")
            cleaned["slug"] = "" if is_stand_in else typed
        elif not typed:
            taken = set(
                type(self.instance)
                ._default_manager.filter(slug__startswith=stand_in)
                .values_list("slug", flat=True)
            )
            cleaned["slug"] = next(slug for n in count(1) if (slug := f"{stand_in}-{n}") not in taken)

    def newest(self) -> Revision | None:
        """Return the revision that the form holds: the item's newest, unless it is told which; None for a
        new item.
        """
        return self.held or (self.instance.revisions.texts().last() if self.instance.pk else None)

    def clean(self) -> dict[str, Any]:
        """Refuse what is pending, and where another text was saved since the form was opened.

        What was typed stays in it.
        """
        cleaned = super().clean() or {}
        if "slug" in self.fields:
            self.give_address(cleaned)
        if not self.instance.pk:
            self.take_key(cleaned.get("item_key"))
        if self.pending:
            raise ValidationError(self.pending.message)
        if not self.instance.pk:
            return cleaned
        lock_report()
        newest, base = (
            self.newest(),
            self.instance.revisions.filter(number=cleaned.get("base_revision")).first(),
        )
        if newest and (base is None or base.digest != newest.digest):
            raise ValidationError(
                f"{newest.author_name or 'Somebody'} saved this item while you were working on it. Save "
                "again."
            )
        return cleaned

    def take_key(self, key: Any) -> None:
        """Give a new item the key that its form was served with, so that sending it twice makes one item."""
        if key and not Revision.objects.filter(key=key).exclude(kind=self.instance.kind).exists():
            self.instance.key = key


class WithdrawForm(forms.Form):
    """Why an item leaves the site, what takes its place, and when."""

    reason = LineField(
        max_length=300,
        required=False,
        label="Why, for the public",
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    successor: Any = forms.ModelChoiceField(
        queryset=None,
        required=False,
        label="What takes its place",
        help_text="Its old address then leads there.",
    )
    at = MomentField(required=False, label="When", help_text="Leave empty for now.")

    def __init__(self, item: Item, *args: Any, now: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if now:
            del self.fields["at"]
        if item.kind not in ("pillar", "section", "initiative"):
            # What has no address of its own leaves none that could lead anywhere.
            del self.fields["successor"]
            return
        report = Report.live()
        node = report.by_key.get(item.key)
        leaving = list(node.walk()) if node else []
        keys = [one.key for one in report.nodes if one.kind == item.kind and one not in leaving]
        field: Any = self.fields["successor"]
        field.queryset = (
            type(item)._default_manager.filter(key__in=keys).exclude(pk=item.pk).order_by("title")
        )


class UploadForm(forms.ModelForm):
    """Takes in a file; what is kept is what initiatives/exchange/uploads.py makes of it."""

    upload = forms.FileField(
        label="File", help_text=f"An image ({pictures.NAMES}) or a document ({', '.join(DOCUMENT_TYPES)})."
    )

    class Meta:
        model = Upload
        fields = ["title"]

    by: Any = None

    def clean(self) -> dict[str, Any]:
        """Store the file where the rest of the form is right."""
        cleaned = super().clean() or {}
        file = cleaned.get("upload")
        if file and not self.errors:
            try:
                self.instance = store_upload(file, cleaned["title"], self.by)
            except ValidationError as error:
                self.add_error("upload", error)
        return cleaned

    def _post_clean(self) -> None:
        """The stored upload is whole; there is nothing to copy onto it."""

    def save(self, commit: bool = True) -> Upload:
        """Return the stored upload."""
        return self.instance

    def save_m2m(self) -> None:
        """There is nothing else to store."""


def store_upload(file: Any, title: str, by: Any) -> Upload:
    """Store a file as a document where its name says so, as an image otherwise. Raises ValidationError."""
    if file.name.rpartition(".")[2].lower() in DOCUMENT_TYPES:
        return store_document(file, file.name, title, by)
    return store_image(file, title, by)
