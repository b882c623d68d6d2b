"""Gives steps, notes, redactions, files and the tags of comments random ids, so that their order within a day is gone.

Each table is made anew and filled in the order of the new ids: a database can tell from where a row lies when it was written.
Only the steps of one comment keep their order, as a number of their own.
"""

from collections import Counter
from typing import Any
from uuid import uuid4

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils.timezone import localdate

from feedback.models.constraints import drop, install_rules
from feedback.models.rowid import remove_rowid

CHUNK = 500
NAMES = ("Handling", "Note", "CommentRedaction", "Export")


def renumber(apps: Any, schema_editor: Any) -> None:
    numbers: Counter[Any] = Counter()
    of_step = {}
    for pk, comment in apps.get_model("feedback", "Handling").objects.order_by("done_on", "pk").values_list("pk", "comment"):
        of_step[pk] = numbers[comment]
        numbers[comment] += 1
    for name in NAMES:
        copy(apps.get_model("feedback", name), apps.get_model("feedback", f"New{name}"), of_step)
    copy(apps.get_model("feedback", "Comment").tags.through, apps.get_model("feedback", "Tagging"), {})


def copy(old: Any, new: Any, numbers: dict[int, int]) -> None:
    """Fill a table from another in the order of new random ids."""
    ids = sorted((uuid4(), pk) for pk in old._default_manager.order_by().values_list("pk", flat=True))
    names = {field.attname for field in new._meta.concrete_fields} & {field.attname for field in old._meta.concrete_fields}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = old._default_manager.in_bulk([pk for _, pk in chunk])
        more = [{"number": numbers[pk]} if new._meta.model_name == "newhandling" else {} for _, pk in chunk]
        new._default_manager.bulk_create(
            new(**{name: getattr(rows[pk], name) for name in names} | {"id": key} | extra)
            for (key, pk), extra in zip(chunk, more, strict=True)
        )


def name_keys(apps: Any, schema_editor: Any) -> None:
    """Name the keys on PostgreSQL as the tables are called; a table that is renamed keeps the name of its key."""
    if schema_editor.connection.vendor == "postgresql":
        for name in map(str.lower, NAMES):
            schema_editor.execute(f"ALTER INDEX feedback_new{name}_pkey RENAME TO feedback_{name}_pkey")


def key() -> tuple[str, models.Field]:
    return "id", models.UUIDField(primary_key=True, default=uuid4, editable=False, serialize=False)


def who() -> list[tuple[str, models.Field]]:
    to = {"to": settings.AUTH_USER_MODEL, "on_delete": django.db.models.deletion.SET_NULL}
    return [
        ("by", models.ForeignKey(null=True, related_name="+", **to)),
        ("by_name", models.CharField(max_length=150, blank=True)),
        ("done_on", models.DateField(default=localdate)),
    ]


def comment(name: str, **more: Any) -> tuple[str, models.Field]:
    more = {"on_delete": django.db.models.deletion.CASCADE, **more}
    return "comment", models.ForeignKey("feedback.comment", related_name=name, **more)


BY_DAY = {"ordering": ["done_on", "pk"]}
REASON = "Do not repeat what is removed."
BY_COMMAND = models.CharField(max_length=150, blank=True, help_text="Empty for the command line.")
KINDS = "csv and json hide what looks personal; records holds all that is kept."
MADE = [
    migrations.CreateModel(
        "NewHandling",
        [
            key(),
            ("batch", models.UUIDField(default=uuid4, db_index=True)),
            comment("handlings"),
            *who(),
            ("changes", models.JSONField(help_text="By field: what it was and what it became.")),
            ("taken_back", models.BooleanField(default=False)),
            ("number", models.PositiveIntegerField(default=0, help_text="How many steps of the same comment came before.")),
        ],
        {"ordering": ["done_on", "number"]},
    ),
    migrations.CreateModel(
        "NewNote", [key(), comment("notes"), ("text", models.TextField(max_length=2000)), *who()], BY_DAY
    ),
    migrations.CreateModel(
        "NewCommentRedaction",
        [
            key(),
            comment("redactions", null=True, on_delete=django.db.models.deletion.SET_NULL),
            ("page", models.CharField(max_length=300, blank=True)),
            ("day", models.DateField(null=True, help_text="Of the comment.")),
            *who(),
            ("reason", models.CharField(max_length=300, help_text=REASON)),
            ("passages", models.PositiveSmallIntegerField(help_text="How many passages were replaced.")),
            ("applied", models.BooleanField(default=False, help_text="Set by the database when the text changed: once.")),
        ],
        BY_DAY,
    ),
    migrations.CreateModel(
        "NewExport",
        [
            key(),
            *(field for field in who() if field[0] != "by_name"),
            ("by_name", BY_COMMAND),
            ("kind", models.CharField(max_length=10, help_text=KINDS)),
            ("filter", models.CharField(max_length=1000, blank=True, help_text="The query of the list's address.")),
            ("reason", models.CharField(max_length=300, blank=True)),
            ("comments", models.PositiveIntegerField()),
        ],
        {"ordering": ["-done_on", "pk"]},
    ),
    migrations.CreateModel(
        "Tagging",
        [
            key(),
            comment("+"),
            ("tag", models.ForeignKey("feedback.tag", on_delete=django.db.models.deletion.CASCADE, related_name="+")),
        ],
        {"constraints": [models.UniqueConstraint(fields=["comment", "tag"], name="feedback_tagged_once")]},
    ),
]
TAGS = models.ManyToManyField("feedback.tag", blank=True, related_name="comments", through="feedback.Tagging")


class Migration(migrations.Migration):
    dependencies = [("feedback", "0013_answers_count_once")]
    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        *MADE,
        migrations.RunPython(renumber, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(
            [migrations.RemoveField("comment", "tags")],
            [migrations.RemoveField("comment", "tags"), migrations.AddField("comment", "tags", TAGS)],
        ),
        *(migrations.DeleteModel(name) for name in NAMES),
        *(migrations.RenameModel(f"New{name}", name) for name in NAMES),
        migrations.RunPython(name_keys, migrations.RunPython.noop),
        migrations.RunPython(remove_rowid, migrations.RunPython.noop),
        migrations.RunPython(install_rules, drop),
    ]
