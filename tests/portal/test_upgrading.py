"""Bringing a database up to date: never with older code, one start at a time, and never with readers
waiting for long.
"""

import sqlite3
import threading
import time

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, OperationalError, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from portal import upgrading
from tests.servers import Start, empty_database

HOLD = (
    "from portal.upgrading import alone_on_database\nimport time\nwith alone_on_database():\n"
    "    print('Held.', flush=True)\n    time.sleep({})\n"
)


@pytest.mark.django_db
def test_this_code_may_start_on_its_own_database():
    upgrading.refuse_older_code()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("app", "name"),
    [("initiatives", "0999_later"), ("portal", "0002_x"), ("auth", "0099_y"), ("new_app", "0001_initial")],
)
def test_a_database_that_newer_code_has_changed_is_refused(app, name):
    MigrationRecorder(connection).record_applied(app, name)
    with pytest.raises(CommandError, match=rf"newer version .*\({app}\.{name}, 1 in all\).*Going back"):
        upgrading.refuse_older_code()


@pytest.mark.django_db
def test_what_a_squash_replaces_is_not_newer(monkeypatch):
    MigrationRecorder(connection).record_applied("portal", "0002_gone_since")
    build = MigrationLoader.load_disk

    def squashed(loader):
        build(loader)
        loader.disk_migrations["portal", "0001_database_id"].replaces = [("portal", "0002_gone_since")]

    monkeypatch.setattr(MigrationLoader, "load_disk", squashed)
    try:
        upgrading.refuse_older_code()
    finally:
        MigrationLoader(None).disk_migrations["portal", "0001_database_id"].replaces = []


def hold(folder, database, seconds):
    return Start(folder, database, command="shell", arguments=["--no-imports", "-c", HOLD.format(seconds)])


def test_a_second_start_waits_and_says_for_whom(tmp_path):
    with empty_database() as database:
        first = hold(tmp_path, database, 30)
        first.until("Held.")
        second = hold(tmp_path, database, 0)
        second.until("Another start prepares this database: process ")
        assert f"process {first.process.pid} on " in second.output
        assert "Held." not in second.output
        first.process.kill()
        second.until("Held.")
        assert second.process.wait(30) == 0


@pytest.fixture
def hasty(monkeypatch):
    monkeypatch.setattr(upgrading, "PAUSE", 0.2)
    monkeypatch.setattr(upgrading, "TRIES", 3)
    monkeypatch.setattr(upgrading, "PATIENCE", 1)


class Other:
    """Another session that has a table, or SQLite's file, locked until it is let go."""

    def __enter__(self):
        if connection.vendor == "sqlite":
            self.raw = sqlite3.connect(
                connection.settings_dict["NAME"], isolation_level=None, check_same_thread=False
            )
            self.raw.execute("BEGIN IMMEDIATE")
        else:
            self.raw = connection.copy()
            self.raw.inc_thread_sharing()
            self.raw.set_autocommit(False)
            self.raw.cursor().execute("LOCK TABLE portal_databaseid IN ACCESS SHARE MODE")
        return self

    def __exit__(self, *error):
        self.raw.close()


def alter():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE portal_databaseid ADD COLUMN spare integer")


@pytest.fixture
def altered(transactional_db):
    yield
    with connection.cursor() as cursor, pytest.MonkeyPatch.context():
        columns = [
            column.name
            for column in connection.introspection.get_table_description(cursor, "portal_databaseid")
        ]
        if "spare" in columns:
            cursor.execute("ALTER TABLE portal_databaseid DROP COLUMN spare")


@pytest.fixture
def short_wait():
    """SQLite waits four seconds for its lock by itself; a test has less time."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        connection.connection.execute("PRAGMA busy_timeout=100")
    yield
    connection.close()


def test_a_locked_table_is_said_and_tried_again_until_it_is_free(hasty, altered, short_wait):
    said = []
    with Other() as other:

        def say(words):
            said.append(words)
            other.raw.close()

        upgrading.patiently(alter, say)
    assert len(said) == 1
    assert said[0].startswith("      The database is locked by others: ")
    if connection.vendor == "postgresql":
        assert "server process " in said[0]
    assert "2 times at most" in said[0]


def test_a_table_that_stays_locked_ends_with_one_line_and_nothing_changed(hasty, altered, short_wait):
    with (
        Other(),
        pytest.raises(
            CommandError, match=r"^The database is locked by others: .*End that, then start again\.$"
        ),
    ):
        upgrading.patiently(alter, [].append)
    with connection.cursor() as cursor, pytest.raises(DatabaseError):
        cursor.execute("SELECT spare FROM portal_databaseid")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite readers never wait for who writes")
def test_readers_wait_no_longer_than_the_limit_behind_a_migration(hasty, altered, monkeypatch):
    waited = []

    def read():
        began = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM portal_databaseid")
        waited.append(time.monotonic() - began)
        connections.close_all()

    with Other():
        reader = threading.Timer(0.3, read)
        reader.start()
        with pytest.raises(CommandError):
            upgrading.patiently(alter, [].append)
        reader.join(10)
    assert waited[0] < 2


@pytest.mark.django_db
def test_another_error_is_not_waited_for(hasty):
    tried = []

    def fail():
        tried.append(1)
        raise OperationalError("no route to host")

    with pytest.raises(OperationalError):
        upgrading.patiently(fail, [].append)
    assert tried == [1]


@pytest.mark.django_db(transaction=True)
def test_the_command_migrate_is_patient_too(hasty, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "portal.management.commands.migrate.patiently", lambda run, say: asked.append(run) or run()
    )
    call_command("migrate", verbosity=0)
    assert len(asked) == 1
