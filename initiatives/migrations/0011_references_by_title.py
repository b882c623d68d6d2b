from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0010_presence_since")]

    operations = [
        migrations.AlterModelOptions("agency", {"ordering": ["title"], "verbose_name_plural": "agencies and partners"}),
        migrations.AlterModelOptions("audience", {"ordering": ["title"]}),
        migrations.AlterModelOptions("document", {"ordering": ["title"]}),
        migrations.AlterModelOptions("place", {"ordering": ["title"]}),
    ]
