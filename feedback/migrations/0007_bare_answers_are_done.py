from typing import Any

from django.db import migrations, models


def close_bare_answers(apps: Any, schema_editor: Any) -> None:
    """Give answers without words the state that they begin with: there is nothing to read."""
    apps.get_model("feedback", "Comment").objects.filter(text="", state="new").update(state="closed")


class Migration(migrations.Migration):
    dependencies = [("feedback", "0006_redaction_record")]
    operations = [
        migrations.RunPython(close_bare_answers, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="dailycount",
            name="read_within",
            field=models.JSONField(
                default=dict, help_text="Of those with words, by days until a reviewer read it, “” for never: how many."
            ),
        ),
    ]
