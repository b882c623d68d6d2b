from django.contrib.auth.management import create_permissions
from django.db import migrations

ITEMS = ["pillar", "section", "initiative", "agency", "audience", "place", "document"]
ROWS = ["participation", "amount", "figure", "keydate", "link"]


def wanted():
    """Return the code names of the permissions of each group."""
    author = [f"{action}_{model}" for model in ITEMS for action in ("view", "add", "change")]
    author += [f"{action}_{model}" for model in ROWS for action in ("view", "add", "change", "delete")]
    author += ["view_upload", "add_upload", "view_revision", "view_site"]
    editor = [*author, *(f"delete_{model}" for model in ITEMS), "change_upload", "publish_report"]
    return {"Author": author, "Editor": editor}


def create_roles(apps, schema_editor):
    # Permissions are normally made after all migrations; the groups need them now.
    config = apps.get_app_config("initiatives")
    config.models_module = True
    create_permissions(config, apps=apps, using=schema_editor.connection.alias, verbosity=0)
    config.models_module = None
    Permission, Group = apps.get_model("auth", "Permission"), apps.get_model("auth", "Group")
    for name, codenames in wanted().items():
        group, _ = Group.objects.get_or_create(name=name)
        found = Permission.objects.filter(content_type__app_label="initiatives", codename__in=codenames)
        group.permissions.add(*found)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0002_windows"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(create_roles, migrations.RunPython.noop)]
