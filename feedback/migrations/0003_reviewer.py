from django.contrib.auth.management import create_permissions
from django.db import migrations


def create_reviewer(apps, schema_editor):
    # Permissions are normally made after all migrations; the group needs them now.
    config = apps.get_app_config("feedback")
    config.models_module = getattr(config, "models_module", None) or True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    Permission, Group = apps.get_model("auth", "Permission"), apps.get_model("auth", "Group")
    reviewer, _ = Group.objects.get_or_create(name="Reviewer")
    reviewer.permissions.add(Permission.objects.get(content_type__app_label="feedback", codename="view_comment"))


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0002_without_rowid"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_reviewer, migrations.RunPython.noop)]
