from django.db import migrations, models

from initiatives.models.constraints import install
from initiatives.publishing.windows import changes_column


def compute_changes(apps, schema_editor):
    Revision = apps.get_model("initiatives", "Revision")
    before = None
    for revision in Revision.objects.filter(live_from__isnull=False).order_by("key", "live_from"):
        revision.changes = changes_column(before if before and before.key == revision.key else None, revision)
        revision.save(update_fields=["changes"])
        before = revision


class Migration(migrations.Migration):

    dependencies = [
        ('initiatives', '0003_roles'),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='changes',
            field=models.CharField(blank=True, editable=False, help_text='Kinds of change against the public version before: “,wording,dates,”.', max_length=200),
        ),
        migrations.AddField(
            model_name='revision',
            name='minor',
            field=models.BooleanField(default=False, help_text='Said at publish to be of no news.'),
        ),
        migrations.AddField(
            model_name='revision',
            name='withdrawn',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['key', 'live_from'], name='revision_histories'),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
        migrations.RunPython(compute_changes, migrations.RunPython.noop),
    ]
