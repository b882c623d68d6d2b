"""The site behind a real pgbouncer in transaction mode, where each transaction may run on another
connection to the server.
"""

import psycopg2
import pytest
from django.db import connection

from tests.servers import PGBOUNCER, Start, empty_database, pooler

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql" or not PGBOUNCER,
    reason="needs PostgreSQL and pgbouncer; .ci/run installs both",
)

# What a start, editors and residents do, several at once in threads that each have a connection of their own
AT_ONCE = """
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from feedback.models import Comment
from initiatives.publishing.publish import save_draft
from portal.upgrading import alone_on_database
from tests.builders import make_initiative, make_section, make_site
settings.ALLOWED_HOSTS = ["testserver"]
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
with alone_on_database():
    call_command("migrate", verbosity=0)
    make_site()
    section = make_section()
    numbers = range(3)
    items = [make_initiative(title=f"Item {n}", slug=f"item-{n}", section=section) for n in numbers]
    admin = User.objects.create_user("alice", is_staff=True, is_superuser=True)

def work(number):
    item, client = items[number % 3], Client()
    client.force_login(admin)
    opened = client.get(f"/admin/initiatives/initiative/{item.pk}/change/")
    added = client.post("/admin/feedback/tag/add/", {"name": f"Tag {number}"})
    said = urlencode({"page": "/about/", "comment": f"Sunflower {number}"})
    form_type = "application/x-www-form-urlencoded"
    own = {"sec-fetch-site": "same-origin"}
    sent = Client().post("/feedback/", said, content_type=form_type, headers=own)
    item.title = f"Title {number}"
    save_draft(item, admin)
    connection.close()
    return opened.status_code, added.status_code, sent.status_code

with ThreadPoolExecutor(6) as pool:
    print(set(pool.map(work, range(18))), Comment.objects.filter(text__startswith="Sunflower").count())
"""


def test_starts_saves_and_comments_work_behind_it_and_no_lock_stays(tmp_path):
    with empty_database() as database, pooler(database, tmp_path) as pooled:
        worked = Start(tmp_path, pooled, command="shell", arguments=["--no-imports", "-c", AT_ONCE])
        assert worked.process.wait(120) == 0, worked.output
        assert worked.output.endswith("{(200, 302, 303)} 18\n")
        assert advisory_locks(database) == 0


def advisory_locks(database):
    with psycopg2.connect(database) as server, server.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        )
        return cursor.fetchone()[0]
