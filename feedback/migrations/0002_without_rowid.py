from django.db import migrations

from feedback.models.rowid import remove_rowid


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]
    operations = [migrations.RunPython(remove_rowid, migrations.RunPython.noop)]
