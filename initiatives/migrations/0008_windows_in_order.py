from django.db import migrations, models

from initiatives.models.constraints import install


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0007_desk_roles")]
    operations = [
        migrations.RemoveIndex(model_name="revision", name="revision_addresses"),
        migrations.AddIndex(
            model_name="revision", index=models.Index(fields=["kind", "slug", "live_from"], name="revision_addresses")
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
