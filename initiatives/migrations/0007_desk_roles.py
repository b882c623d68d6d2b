from django.contrib.auth.management import create_permissions
from django.db import migrations

WANTED = {
    "Author": ["view_release", "view_submission", "add_submission", "view_sharelink", "add_sharelink"],
    "Editor": [
        *("view_release", "add_release", "change_release", "delete_release"),
        *("view_submission", "add_submission", "change_submission", "view_sharelink", "add_sharelink"),
    ],
}


def grant(apps, schema_editor):
    # Permissions are normally made after all migrations; the groups need them now.
    config = apps.get_app_config("initiatives")
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    config.models_module = None
    Permission, Group = apps.get_model("auth", "Permission"), apps.get_model("auth", "Group")
    for name, codenames in WANTED.items():
        found = Permission.objects.filter(content_type__app_label="initiatives", codename__in=codenames)
        Group.objects.get(name=name).permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0006_desk")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
