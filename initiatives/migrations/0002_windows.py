from django.db import migrations

from initiatives.models.constraints import install


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
