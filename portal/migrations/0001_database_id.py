import uuid

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DatabaseId",
            fields=[("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False))],
            options={"default_permissions": ()},
        ),
    ]
