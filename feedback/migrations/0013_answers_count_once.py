"""Marks the comments that were counted as answered for the answer they have: by the state, or by the day of a step."""

from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

from feedback.models.constraints import drop, install_rules
from feedback.models.rowid import remove_rowid


def mark_counted(apps: Any, schema_editor: Any) -> None:
    answered = apps.get_model("feedback", "Handling").objects.filter(comment=OuterRef("pk"), changes__state__1="answered")
    tied = apps.get_model("feedback", "Comment").objects.exclude(answer=None)
    tied.filter(Q(state="answered") | Exists(answered)).update(answer_counted=True)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0012_legal_holds")]
    operations = [
        migrations.RunPython(drop, migrations.RunPython.noop),
        migrations.AddField(
            "comment",
            "answer_counted",
            models.BooleanField(default=False, help_text="Its answer was public, and it was counted as answered for that."),
        ),
        migrations.RunPython(mark_counted, migrations.RunPython.noop),
        migrations.RunPython(remove_rowid, migrations.RunPython.noop),
        migrations.RunPython(install_rules, drop),
    ]
