from django.db import migrations

from feedback.models.constraints import drop, install


class Migration(migrations.Migration):
    dependencies = [("feedback", "0008_reasons_can_be_redacted")]
    operations = [migrations.RunPython(install, drop)]
