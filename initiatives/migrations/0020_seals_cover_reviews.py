from django.db import migrations, models

RULES = [(1, "Versions and redactions"), (2, "Versions, redactions and reviews")]


class Migration(migrations.Migration):
    """Seals that are there were made by the first rule; new ones are made by the second."""

    dependencies = [("initiatives", "0019_whom_to_ask_about_accessibility")]

    operations = [
        migrations.AddField("dayseal", "version", models.PositiveSmallIntegerField(choices=RULES, default=1)),
        migrations.AlterField("dayseal", "version", models.PositiveSmallIntegerField(choices=RULES, default=2)),
    ]
