from django.db import migrations

from feedback.models.constraints import drop, install_rules


class Migration(migrations.Migration):
    dependencies = [("feedback", "0007_bare_answers_are_done")]
    operations = [migrations.RunPython(install_rules, drop)]
