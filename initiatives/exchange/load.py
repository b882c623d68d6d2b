"""Puts a content folder into the database: as working copies, recorded and published, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction

from initiatives.exchange.folder import ContentError, Entry, read_folder
from initiatives.exchange.uploads import store_image
from initiatives.models import (
    KINDS,
    Agency,
    Amount,
    Figure,
    Item,
    KeyDate,
    Link,
    Participation,
    Revision,
    Section,
)
from initiatives.publishing.beside import publish_position
from initiatives.publishing.publish import publish

RENAMED = {"kind": "sort"}
BODY = {"site": "introduction", "pillar": "introduction", "section": "introduction", "initiative": "body"}
ROWS: dict[str, type[models.Model]] = {"amounts": Amount, "figures": Figure, "dates": KeyDate, "links": Link}
RELATIONS = ("audiences", "places", "documents")
ROLES = tuple(Participation.Role.values)
Progress = Callable[[int, int], None]


@dataclass
class Outcome:
    """What a load did: how many items of each kind are new, changed and as they were."""

    new: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    same: dict[str, int] = field(default_factory=dict)


def is_empty() -> bool:
    """Say whether the database holds nothing of a report yet, not even something deleted."""
    return not Revision.objects.exists() and not any(
        model._default_manager.exists() for model in KINDS.values()
    )


@transaction.atomic
def load(
    folder: Path, replace: bool = False, by: Any = None, progress: Progress = lambda done, total: None
) -> Outcome:
    """Make the database say what the folder says, publish it, and return what that took. Loading again
    changes nothing.

    Items are matched by kind and slug; what the folder does not name is left alone. An item that says
    something else in the database than in the folder is an error unless `replace` is true. Raises
    ContentError with every problem found; the database is then as it was.
    """
    entries = read_folder(folder)
    problems: list[str] = []
    outcome = Outcome()
    items: dict[tuple[str, str], Item] = {}
    for done, entry in enumerate(entries, start=1):
        try:
            items[entry.kind, entry.slug] = Loader(entry, items).load(outcome, replace, by)
        except ContentError as error:
            problems += error.problems
        progress(done, len(entries))
    if problems:
        raise ContentError(problems)
    return outcome


class Loader:
    """Takes one entry to one item. `items` holds the items loaded before it, by kind and slug."""

    def __init__(self, entry: Entry, items: dict[tuple[str, str], Item]) -> None:
        self.entry, self.items = entry, items
        self.problems: list[str] = []
        self.model: Any = KINDS[entry.kind]
        self.item: Any = self.model._default_manager.filter(slug=entry.slug).first() or self.model(
            slug=entry.slug
        )

    def load(self, outcome: Outcome, replace: bool, by: Any) -> Item:
        """Save, record and publish the item. Raises ContentError."""
        self.set_fields()
        self.refuse_if_wrong()
        before = self.item.revisions.texts().last()
        self.save()
        self.refuse_if_wrong()
        snapshot = self.item.snapshot()
        same = before and (before.digest, before.position) == (snapshot.digest, snapshot.position)
        if before and not same and not replace:
            says = (
                "the database says"
                if before.has_begun
                else f"a text that {before.author_name or 'somebody'} saved waits and says"
            )
            raise ContentError(
                [self.entry.problem(f"{says} something else; load with --replace to overwrite it")]
            )
        if not same or not before.is_live():
            self.publish(by)
        counts = outcome.same if same else outcome.changed if before else outcome.new
        counts[self.entry.kind] = counts.get(self.entry.kind, 0) + 1
        return self.item

    def publish(self, by: Any) -> None:
        """Publish the item, with its place among its siblings."""
        try:
            publish(self.item, by)
            publish_position(self.item, by)
        except ValidationError as error:
            self.collect(error)
            self.refuse_if_wrong()

    # Fields

    def set_fields(self) -> None:
        """Give the item the plain values of the entry; what the entry leaves out becomes the field's
        default.
        """
        entry, known = self.entry, self.item.plain_fields + self.item.markdown_fields + ("title",)
        known = tuple(name for name in known if not name.startswith("image_"))
        values = {RENAMED.get(key, key): value for key, value in entry.values.items()}
        for name in known:
            default = self.model._meta.get_field(name).get_default()
            setattr(self.item, name, self.typed(name, values.pop(name, default)))
        if entry.kind in BODY:
            setattr(self.item, BODY[entry.kind], entry.body)
        self.item.position = entry.position
        if entry.kind in ("section", "initiative"):
            self.set_parent()
        relations = {"agencies", "image", *RELATIONS, *ROWS} if entry.kind == "initiative" else set()
        for name in set(values) - relations:
            self.problems.append(entry.problem(f"“{name}” is not known here", name))
        self.clean(self.item, exclude=["section"] if entry.kind == "initiative" else [])

    def typed(self, name: str, value: Any) -> Any:
        """Return a value of the kind that the field takes, or note a problem."""
        if isinstance(self.model._meta.get_field(name), models.BooleanField):
            return value in (True, "yes", "true", "1")
        if isinstance(value, str):
            # Without the line break that ends a block of text: the desk's forms take it off as well.
            return value.strip()
        self.problems.append(self.entry.problem(f"“{name}” is a list or a mapping where text belongs", name))
        return ""

    def set_parent(self) -> None:
        """Hang the item on what its folder is."""
        assert self.entry.parent  # noqa: S101 - content.read_tree gives every section and initiative a parent
        parent = self.items.get((self.entry.parent.kind, self.entry.parent.slug))
        if parent is None:
            raise ContentError([self.entry.problem("what it hangs on could not be loaded")])
        if self.entry.kind == "initiative":
            self.item.section = parent
        else:
            self.item.pillar, self.item.parent = (
                (None, parent) if isinstance(parent, Section) else (parent, None)
            )

    # Relations and rows

    def save(self) -> None:
        """Save the item and what hangs on it."""
        self.item.save()
        if self.entry.kind == "initiative":
            self.save_agencies()
            for name in RELATIONS:
                getattr(self.item, name).set(self.named(name, name[:-1]))
            for name, model in ROWS.items():
                self.save_rows(name, model)
            self.save_image()

    def named(self, key: str, kind: str, *where: Any) -> list[Any]:
        """Return the items that a list of slugs names; note a problem for each that there is not."""
        slugs = self.entry.values.get(key, {}) if not where else self.entry.values[key].get(where[0], {})
        found = []
        for place, slug in enumerate(slugs if isinstance(slugs, list) else [slugs] if slugs else []):
            item = self.items.get((kind, slug))
            if item is None:
                self.problems.append(self.entry.problem(f"there is no {kind} “{slug}”", key, *where, place))
            else:
                found.append(item)
        return found

    def save_agencies(self) -> None:
        """Replace the item's agencies by those of the entry, in the order of roles."""
        roles = self.entry.values.get("agencies", {})
        if not isinstance(roles, dict) or set(roles) - set(ROLES):
            self.problems.append(
                self.entry.problem(f"agencies stand by role: {', '.join(ROLES)}", "agencies")
            )
            return
        self.item.participations.all().delete()
        for role in ROLES:
            agencies: list[Agency] = self.named("agencies", "agency", role) if role in roles else []
            Participation.objects.bulk_create(
                Participation(initiative=self.item, agency=one, role=role) for one in agencies
            )

    def save_rows(self, name: str, model: type[models.Model]) -> None:
        """Replace the item's rows of one sort by those of the entry."""
        getattr(self.item, name).all().delete()
        rows = self.entry.values.get(name, [])
        for place, row in enumerate(rows if isinstance(rows, list) else [rows]):
            self.save_row(model, row, name, place)

    def save_row(self, model: Any, row: Any, name: str, place: int) -> None:
        """Save one row, or note what is wrong with it."""
        if not isinstance(row, dict):
            self.problems.append(self.entry.problem(f"{name} are written as {{key: value, …}}", name, place))
            return
        columns = {str(RENAMED.get(key, key)): value for key, value in row.items()}
        unknown = set(columns) - set(model.fields)
        if unknown:
            self.problems.append(
                self.entry.problem(f"{', '.join(sorted(unknown))}: not known in {name}", name, place)
            )
            return
        built = model(initiative=self.item, **columns)
        if self.clean(built, name, place, exclude=["initiative"]):
            built.save()

    def save_image(self) -> None:
        """Take in the image that stands beside the entry's file."""
        image = self.entry.values.get("image")
        if not image:
            self.item.image, self.item.image_alt = None, ""
        elif isinstance(image, dict) and set(image) == {"file", "alt"}:
            try:
                with (self.entry.path.parent / Path(image["file"]).name).open("rb") as file:
                    self.item.image, self.item.image_alt = store_image(file, image["alt"]), image["alt"]
            except (OSError, ValidationError) as error:
                reason = error.strerror if isinstance(error, OSError) else " ".join(error.messages)
                self.problems.append(self.entry.problem(f"image {image['file']}: {reason}", "image"))
        else:
            self.problems.append(self.entry.problem("an image has a file and an alt", "image"))
        self.item.save()

    # Problems

    def clean(self, built: models.Model, *where: Any, exclude: list[str]) -> bool:
        """Say whether a model accepts its values; note a problem for each that it does not."""
        try:
            built.full_clean(exclude=exclude)
        except ValidationError as error:
            self.collect(error, *where)
            return False
        return True

    def collect(self, error: ValidationError, *where: Any) -> None:
        """Note the problems of a refused value on the line where the value stands."""
        for name, messages in error.message_dict.items():
            key = {new: old for old, new in RENAMED.items()}.get(name, name)
            words = "" if name == "__all__" else f"{key}: "
            place = "body" if name == BODY.get(self.entry.kind) else key
            self.problems.append(self.entry.problem(words + " ".join(messages), *where, place))

    def refuse_if_wrong(self) -> None:
        """Raise ContentError where problems were noted."""
        if self.problems:
            raise ContentError(self.problems)
