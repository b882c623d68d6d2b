from typing import Any

from django.db import migrations


def copy_notes(apps: Any, schema_editor: Any) -> None:
    """Keep with drafts that were handed in the change notes that they were handed in with."""
    handed_in = apps.get_model("initiatives", "Submission").objects.filter(state__in=["waiting", "approved"]).exclude(note="")
    for one in handed_in.filter(revision__live_from=None, revision__note="").order_by("pk"):
        apps.get_model("initiatives", "Revision").objects.filter(pk=one.revision_id).update(note=one.note)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0013_drafts_without_a_place")]
    operations = [migrations.RunPython(copy_notes, migrations.RunPython.noop)]
