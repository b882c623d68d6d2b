"""What a person is asked for a change to many items."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from initiatives.admin.lines import LineField
from initiatives.admin.moments import DAY_INPUT, moment_in_words
from initiatives.models import Initiative, Item, Pillar, Release, Section
from initiatives.models.labels import path_label
from initiatives.publishing import reviews


class BulkForm(forms.Form):
    """A form about the items given."""

    def __init__(self, items: Sequence[Item], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items


class PublishForm(BulkForm):
    """The change note."""

    note = LineField(
        max_length=300,
        required=False,
        label="Change note",
        help_text="What changes and why, in a sentence for the public. It stands with each of them.",
        widget=forms.TextInput,
    )
    minor = forms.BooleanField(
        required=False,
        label="Minor change",
        help_text="No news for the public. The history still says what kind of change it was.",
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        cleaned = super().clean() or {}
        if not cleaned.get("note") and not cleaned.get("minor") and "note" not in self.errors:
            self.add_error("note", "Say what changes, for the public, or tick “Minor change”.")
        return cleaned


class OwnerForm(BulkForm):
    """Who keeps them true."""

    owner: Any = forms.ModelChoiceField(queryset=None, required=False, empty_label="Nobody")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = reviews.keepers()  # type: ignore[attr-defined]


class DueForm(BulkForm):
    """When they are next to be reviewed."""

    due = forms.DateField(
        required=False, label="Next review", help_text="Leave empty for no date.", widget=DAY_INPUT
    )


class StatusForm(BulkForm):
    """The new status."""

    status = forms.ChoiceField(choices=Initiative.Status.choices, label="New status")


class MoveForm(BulkForm):
    """Where they are to stand."""

    parent = forms.TypedChoiceField(label="Move to", coerce=str)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sections = Section.objects.select_related("pillar", "parent__pillar")
        is_of_sections = any(item.kind == "section" for item in self.items)
        found: list[Any] = list(Pillar.objects.all()) if is_of_sections else []
        found += sections.filter(parent=None) if is_of_sections else sections
        self.places = {f"{place.kind}-{place.pk}": place for place in found}
        choices = sorted(
            ((ref, path_label(place)) for ref, place in self.places.items()), key=lambda choice: choice[1]
        )
        self.fields["parent"].choices = choices  # type: ignore[attr-defined]

    def clean_parent(self) -> Any:
        """Return the item itself."""
        return self.places[self.cleaned_data["parent"]]


class ReleaseChoice(forms.ModelChoiceField):
    """A release that is not out yet."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj}, scheduled: goes out {moment_in_words(obj.live_from)}" if obj.live_from else str(obj)


class GatherForm(BulkForm):
    """The release, there or new."""

    release: Any = ReleaseChoice(
        queryset=None,
        required=False,
        empty_label="A new one, named below",
        help_text="Added to one that is scheduled, a draft goes out with it at that time, if it is ready.",
    )
    name = LineField(max_length=120, required=False, label="Name of a new release")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = Release.objects.exclude(live_from__lte=timezone.now()).order_by("name")
        self.fields["release"].queryset = waiting  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two, and for a name that no release has."""
        cleaned = super().clean() or {}
        name = (cleaned.get("name") or "").strip()
        if not cleaned.get("release") and not name and not self.errors:
            self.add_error("name", "Choose a release, or type the name of a new one.")
        if not cleaned.get("release") and name and Release.objects.filter(name=name).exists():
            self.add_error(
                "name", "There is a release of that name already. Choose it above, or type another name."
            )
        return cleaned
