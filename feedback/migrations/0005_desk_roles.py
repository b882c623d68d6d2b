from django.contrib.auth.management import create_permissions
from django.db import migrations

WANTED = {
    "Reviewer": [
        *("view_comment", "change_comment", "view_tag", "add_tag", "view_note", "add_note"),
        *("view_handling", "view_answer", "add_answer", "change_answer", "view_dailycount"),
    ],
    "Editor": ["view_answer", "add_answer", "change_answer", "delete_answer"],
}


def grant(apps, schema_editor):
    # Permissions are normally made after all migrations; the groups need them now.
    config = apps.get_app_config("feedback")
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    config.models_module = None
    Permission, Group = apps.get_model("auth", "Permission"), apps.get_model("auth", "Group")
    for name, codenames in WANTED.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="feedback", codename__in=codenames))


class Migration(migrations.Migration):
    dependencies = [("feedback", "0004_desk_and_answers"), ("initiatives", "0007_desk_roles")]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
