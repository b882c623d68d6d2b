"""Takes out of what is kept already whatever tells the hour of a comment, or that comments are one sender's.

Steps, notes and redactions keep their day. Version, title and address of a comment become those of the morning of its day.
The names of two rules go: one looked at the sender, one held what came just after a clock's ten minutes began.
"""

from datetime import datetime, time
from itertools import product
from typing import Any

import django.utils.timezone
from django.db import migrations, models
from django.utils import timezone

from feedback.models.constraints import drop, install_rules
from feedback.models.rowid import remove_rowid
from initiatives import addresses

STEPS = ("handling", "note", "commentredaction")
RULES = ("limit", "quick")
PAGES = ("pillar", "section", "initiative")
PAST = {"history": "History", "compare": "Compare"}


def keep_days(apps: Any, schema_editor: Any) -> None:
    for name in STEPS:
        model = apps.get_model("feedback", name)
        days: dict[Any, list[Any]] = {}
        for pk, at in model.objects.values_list("pk", "at").iterator():
            days.setdefault(timezone.localdate(at), []).append(pk)
        for day, pks in days.items():
            for start in range(0, len(pks), 500):
                model.objects.filter(pk__in=pks[start : start + 500]).update(done_on=day)


def forget_rules(apps: Any, schema_editor: Any) -> None:
    comments = apps.get_model("feedback", "Comment").objects
    for held_for in set(comments.exclude(held_for="").values_list("held_for", flat=True)):
        kept = [name for name in held_for.split(",") if name and name not in RULES]
        comments.filter(held_for=held_for).update(held_for=f",{','.join(kept)}," if kept else "")


class Shown:
    """What the items of the report showed in public, each revision as (live_from, number, slug, title, parent)."""

    def __init__(self, apps: Any) -> None:
        self.kinds: dict[Any, str] = {}
        self.rows: dict[Any, list[tuple]] = {}
        self.days: dict[Any, set[Any]] = {}
        public = apps.get_model("initiatives", "Revision").objects.filter(live_from__lte=timezone.now(), withdrawn=False)
        for key, kind, *row in public.order_by("live_from").values_list(
            "key", "kind", "live_from", "number", "slug", "title", "parent"
        ):
            self.kinds[key] = kind
            self.rows.setdefault(key, []).append(tuple(row))
            self.days.setdefault(key, set()).add(timezone.localdate(row[0]))

    def at(self, key: Any, moment: datetime) -> tuple:
        """Return what an item last showed by a moment, else what it showed first."""
        rows = self.rows[key]
        return next((row for row in reversed(rows) if row[0] <= moment), rows[0])

    def path(self, key: Any, moment: datetime) -> str:
        """Return the address of an item's page at a moment, "" where it had none of its own."""
        _, _, slug, _, parent = self.at(key, moment)
        if self.kinds[key] != "section":
            return addresses.of(self.kinds[key], slug)
        if self.kinds.get(parent) != "pillar":
            return ""
        return addresses.of("section", slug, self.at(parent, moment)[2])


def begin(day: Any) -> datetime:
    return datetime.combine(day, time.min, timezone.get_current_timezone())


def keep_mornings(apps: Any, schema_editor: Any) -> None:
    comments, shown = apps.get_model("feedback", "Comment").objects, Shown(apps)
    pillars = {day for key, kind in shown.kinds.items() if kind == "pillar" for day in shown.days[key]}
    for key, day in set(comments.exclude(item=None).values_list("item", "date")):
        if shown.kinds.get(key) in PAGES and day in shown.days[key] | pillars:
            _, number, _, title, _ = shown.at(key, begin(day))
            path = shown.path(key, begin(day))
            rows = comments.filter(item=key, date=day)
            rows.update(title=title, **({"page": path} if path else {}))
            rows.exclude(version=None).update(version=number)
    others = comments.filter(item=None)
    for key, days in shown.days.items():
        for day in days:
            if shown.kinds[key] == "site":
                others.filter(date=day).exclude(version=None).update(version=shown.at(key, begin(day))[1])
            else:
                keep_past_pages(others.filter(date=day), shown, key, day)


def keep_past_pages(rows: Any, shown: Shown, key: Any, day: Any) -> None:
    """Give comments of a day about an item's history, or about two of its versions, the address and title of the morning."""
    _, _, slug, title, _ = shown.at(key, begin(day))
    names = {(row[2], row[3]) for row in shown.rows[key] if timezone.localdate(row[0]) == day} - {(slug, title)}
    for (old_slug, old_title), (page, word) in product(names, PAST.items()):
        said = rows.filter(page__endswith=f"/{old_slug}/{page}/", title=f"{word}: {old_title}")
        for path in set(said.values_list("page", flat=True)):
            new = f"{path.removesuffix(f'{old_slug}/{page}/')}{slug}/{page}/"
            said.filter(page=path).update(page=new, title=f"{word}: {title}")


class Migration(migrations.Migration):
    dependencies = [("feedback", "0010_urgent_and_exports"), ("initiatives", "0015_whom_to_call")]
    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        *(
            migrations.AddField(name, "done_on", models.DateField(default=django.utils.timezone.localdate)) for name in STEPS
        ),
        migrations.RunPython(keep_days, migrations.RunPython.noop),
        *(migrations.AlterModelOptions(name, {"ordering": ["done_on", "pk"]}) for name in STEPS),
        *(migrations.RemoveField(name, "at") for name in STEPS),
        migrations.RunPython(keep_mornings, migrations.RunPython.noop),
        migrations.RunPython(forget_rules, migrations.RunPython.noop),
        migrations.AlterField(
            "comment",
            "page",
            models.CharField(max_length=300, help_text="The page's address on this site when the day began, such as /about/."),
        ),
        migrations.AlterField(
            "comment",
            "title",
            models.CharField("page title", max_length=300, help_text="As it was when that day began."),
        ),
        migrations.AlterField(
            "comment",
            "version",
            models.PositiveIntegerField(null=True, help_text="The number of the item's revision when that day began."),
        ),
        migrations.RunPython(remove_rowid, migrations.RunPython.noop),
        migrations.RunPython(install_rules, drop),
    ]
