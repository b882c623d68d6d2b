"""A made-up city with a made-up record, for trying out, demonstration, tests and screenshots. Labelled so on
every page.

`fixtures/sandbox/` holds the city in the content format, and `history.yaml` what happened to it: steps on
days before today. Each step goes through the same methods as the desk, at its own time. Another app's module
`sandbox` may add to ACTIONS what its items can do, and to EPILOGUES what is made up once the history is told.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import time_machine
import yaml
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from initiatives.audit.passages import Removal
from initiatives.audit.redaction import redact
from initiatives.exchange.load import ROWS, is_empty, load
from initiatives.models import KINDS, Item, Release, Section, Site
from initiatives.publishing import approval, releases, reviews
from initiatives.publishing.beside import publish_position
from initiatives.publishing.publish import publish, save_draft, schedule, unpublish
from initiatives.publishing.restore import restore

FOLDER = Path(settings.BASE_DIR) / "fixtures/sandbox"
Progress = Callable[[int, int], None]


class NotASandboxError(Exception):
    """The database holds a report that is not made up."""


@transaction.atomic
def fill_sandbox(folder: Path = FOLDER, progress: Progress = lambda done, total: None) -> int:
    """Fill an empty database with the made-up city and its history, and return how many steps that took. All
    or nothing.

    In: the folder; where to say how far it is (done, total). Days count from today, so that what is overdue
    or scheduled stays so. Raises NotASandboxError where the database holds a report already.
    """
    if not is_empty():
        raise NotASandboxError
    autodiscover_modules("sandbox")
    told = yaml.safe_load((folder / "history.yaml").read_text(encoding="utf-8"))
    story = Story({name: person(name, group) for name, group in told["people"].items()})
    with clock_at(told["begins"]):
        Site.objects.create(title="Sandbox", slug="site", is_sandbox=True)
        load(folder)
        story.give_owners(told["owners"])
    for done, step in enumerate(told["steps"], start=1):
        with clock_at(step["day"], done):
            story.play(step)
        progress(done, len(told["steps"]))
    for epilogue in EPILOGUES:
        epilogue(folder)
    return len(told["steps"])


def moment_on(day: int, minutes: int = 0) -> datetime:
    """Return nine o'clock and so many minutes on a day so many days before (-) today, or now where that is
    still to come.
    """
    nine = datetime.combine(
        timezone.localdate() + timedelta(days=day), time(9), timezone.get_current_timezone()
    )
    return min(nine + timedelta(minutes=minutes), timezone.now())


def clock_at(day: int, minutes: int = 0) -> Any:
    """Return a context in which it is that moment."""
    return time_machine.travel(moment_on(day, minutes), tick=True)


def person(name: str, group: str) -> Any:
    """Return a made-up member of staff, who cannot sign in; in no group, an administrator."""
    user, is_new = get_user_model().objects.get_or_create(
        username=name, defaults={"is_staff": True, "is_superuser": not group, "first_name": name.capitalize()}
    )
    if is_new:
        user.set_unusable_password()
        user.save()
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


@dataclass
class Story:
    """Plays the steps of the history.

    In: the people by name. `keys` holds the key of each item that a step named.
    """

    people: dict[str, Any]
    keys: dict[str, Any] = field(default_factory=dict)

    def give_owners(self, owners: dict[str, list[str]]) -> None:
        """Give items to the people who keep them true."""
        for name, refs in owners.items():
            for ref in refs:
                item = self.item(ref)
                item.owner = self.people[name]
                item.save(update_fields=["owner"])

    def item(self, ref: str) -> Any:
        """Return the working copy that a step names as kind/slug, by the slug that it has then."""
        kind, slug = ref.split("/")
        return KINDS[kind]._default_manager.get(slug=slug)

    def play(self, step: dict[str, Any]) -> None:
        """Do what a step says.

        Raises ValueError for a step without a known action, or with a key that is not known.
        """
        for part in (step, *step.get("items", [])):
            refuse_stray(part, SAID | set(ACTIONS))
        if not set(step) & set(ACTIONS):
            raise ValueError(f"No action is known in {step}.")
        action = next(name for name in step if name in ACTIONS)
        ACTIONS[action](self, step[action], self.people[step["by"]], step)

    def publish(self, ref: str, by: Any, step: dict[str, Any]) -> None:
        publish(changed(self.item(ref), step), by, step.get("note", ""), step.get("minor", False))

    def draft(self, ref: str, by: Any, step: dict[str, Any]) -> None:
        item = changed(self.item(ref), step)
        save_draft(item, by)
        if "submit" in step:
            approval.submit(item, by, step["submit"])

    def schedule(self, ref: str, by: Any, step: dict[str, Any]) -> None:
        schedule(changed(self.item(ref), step), by, timezone.now() + timedelta(days=step["at"]), step["note"])

    def rename(self, ref: str, by: Any, step: dict[str, Any]) -> None:
        item = self.item(ref)
        item.slug, item.title = step["slug"], step["title"]
        publish(changed(item, step), by, step["note"])

    def move(self, ref: str, by: Any, step: dict[str, Any]) -> None:
        item = self.item(ref)
        item.section = self.item(step["to"])
        item.place_last()
        publish(changed(item, step), by, step["note"])

    def order(self, ref: str, by: Any, step: dict[str, Any]) -> None:
        """Turn the order of the initiatives of a section round."""
        section: Section = self.item(ref)
        items = list(section.initiatives.all())
        for position, item in enumerate(reversed(items)):
            item.position = position
            item.save()
            publish_position(item, by)

    def withdraw(self, ref: str, by: Any, step: dict[str, Any]) -> None:
        successor = self.item(step["successor"]) if "successor" in step else None
        unpublish(self.item(ref), by, step["reason"], successor)

    def restore(self, ref: str, by: Any, step: dict[str, Any]) -> None:
        old = self.item(ref).revisions.texts().once_live().last()
        publish(changed(restore(old, by), step), by, step["note"])

    def review(self, ref: str, by: Any, step: dict[str, Any]) -> None:
        due = timezone.localdate() - timedelta(days=step["day"]) + timedelta(days=step["due"])
        reviews.confirm(self.item(ref), by, due)

    def redact(self, words: str, by: Any, step: dict[str, Any]) -> None:
        redact(Removal([words]), step["reason"], by)

    def release(self, name: str, by: Any, step: dict[str, Any]) -> None:
        release = Release.objects.create(name=name, note=step["note"], created_by=by)
        for part in step["items"]:
            item = changed(self.item(part["item"]), part)
            save_draft(item, by)
            releases.add_to_release(release, item, by)
        releases.publish_release(release, by)


ACTIONS: dict[str, Callable[[Story, Any, Any, dict[str, Any]], None]] = {
    "publish": Story.publish,
    "draft": Story.draft,
    "schedule": Story.schedule,
    "rename": Story.rename,
    "move": Story.move,
    "order": Story.order,
    "withdraw": Story.withdraw,
    "unpublish": Story.withdraw,
    "restore": Story.restore,
    "review": Story.review,
    "redact": Story.redact,
    "release": Story.release,
}


# What a step may say besides who acts, when, and the action itself.
SAID = {
    "day",
    "by",
    "note",
    "minor",
    "replace",
    "status",
    "slug",
    "title",
    "body",
    "to",
    "at",
    "due",
    "submit",
    "reason",
}
SAID |= {"successor", "items", "item", "led_to_change", *ROWS}

EPILOGUES: list[Callable[[Path], Any]] = []


def refuse_stray(said: dict, known: set[str]) -> None:
    """Raise ValueError where a mapping of the history has a key that is not known, such as the rest of a
    text with a comma.
    """
    if stray := [str(key) for key in said if key not in known]:
        raise ValueError(f"Not known: {', '.join(stray)}, in {said}. A text with a comma stands in quotes.")


def changed(item: Item, step: dict[str, Any]) -> Item:
    """Save an item with the changes of a step: passages replaced in its fields, a status, rows of figures or
    amounts.

    Raises ValueError where a passage does not stand in the field, so that the history cannot drift from the
    city.
    """
    for name, (old, new) in step.get("replace", {}).items():
        if old not in getattr(item, name):
            raise ValueError(f"{item.kind} {item.slug}: {name} does not hold “{old}”")
        setattr(item, name, getattr(item, name).replace(old, new))
    if "status" in step:
        item.status = step["status"]  # type: ignore[attr-defined]
    item.full_clean()
    item.save()
    for name in set(step) & set(ROWS):
        rows = getattr(item, name)
        rows.all().delete()
        for values in step[name]:
            rows.create(**{"sort" if column == "kind" else column: value for column, value in values.items()})
    return item
