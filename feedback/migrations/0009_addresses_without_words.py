from django.db import migrations

from feedback.models.constraints import drop, install_rules


class Migration(migrations.Migration):
    dependencies = [("feedback", "0008_reasons_can_be_redacted")]
    operations = [migrations.RunPython(install_rules, drop)]
