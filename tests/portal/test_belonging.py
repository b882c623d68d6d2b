"""In production neither an empty folder nor an empty database is taken for a new site, and no file of the
site is for others.
"""

import os
import uuid

import pytest
from django.conf import settings
from django.core.management.base import CommandError

from portal import belonging
from portal.models import DatabaseId
from tests.servers import PRODUCTION, Start, empty_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    settings.PORTAL_DATA = tmp_path / "data"
    settings.PORTAL_DATA.mkdir()
    return settings.PORTAL_DATA


def test_a_folder_that_keeps_the_databases_id_is_started(folder):
    belonging.keep_id()
    belonging.refuse_strangers()
    assert (folder / "database-id").read_text().strip() == str(DatabaseId.objects.get())


def test_the_id_is_made_once(folder):
    belonging.keep_id()
    first = DatabaseId.objects.get()
    belonging.keep_id()
    assert DatabaseId.objects.get() == first


@pytest.mark.parametrize(
    "left", [[], ["start.lock"], ["lost+found"], ["start.lock", "lost+found", ".snapshot"]]
)
def test_a_folder_without_anything_of_a_site_is_refused(folder, left):
    for name in left:
        (folder / name).touch()
    with pytest.raises(CommandError, match=r"The data folder .* is empty.*--new"):
        belonging.refuse_strangers()


@pytest.mark.parametrize("trace", ["media", "static"])
def test_a_site_from_before_the_id_goes_on(folder, trace):
    (folder / trace).mkdir()
    belonging.refuse_strangers()


def test_the_folder_of_another_database_is_refused(folder):
    DatabaseId.objects.create()
    (folder / "database-id").write_text(f"{uuid.uuid4()}\n")
    with pytest.raises(CommandError, match="belongs to another database"):
        belonging.refuse_strangers()


def test_a_database_that_lost_its_id_is_not_the_folders(folder):
    (folder / "database-id").write_text(f"{uuid.uuid4()}\n")
    with pytest.raises(CommandError, match="belongs to another database"):
        belonging.refuse_strangers()


@pytest.mark.parametrize("arguments", [(), ("--new",)], ids=["as always", "as a new one"])
def test_in_production_a_start_on_nothing_makes_nothing_until_it_is_said_to_be_new(tmp_path, arguments):
    with empty_database() as database:
        start = Start(tmp_path, database, arguments=arguments, **PRODUCTION)
        if arguments:
            start.until("[4/")  # the report is being loaded
            start.stop()
            return
        assert start.process.wait(30) == 1
        assert start.output.count("\n") == 1
        assert "--new" in start.output
        assert "database is empty" in start.output if database else "There is no database at" in start.output
        assert not (tmp_path / "portal.sqlite3").exists()


def test_in_production_no_command_makes_a_database_either(tmp_path):
    command = Start(tmp_path, "", command="verify_record", **PRODUCTION)
    assert command.process.wait(30) != 0
    assert "there is no such database file" in command.output
    assert not (tmp_path / "portal.sqlite3").exists()


def test_what_a_start_finds_open_to_others_it_closes(tmp_path):
    (tmp_path / "media" / "images").mkdir(parents=True, mode=0o755)
    picture = tmp_path / "media" / "images" / "a.png"
    picture.touch(mode=0o644)
    (tmp_path / "elsewhere").symlink_to(tmp_path.parent)
    before = tmp_path.parent.stat().st_mode
    os.chmod(tmp_path, 0o755)
    belonging.make_private(tmp_path)
    modes = [path.stat().st_mode & 0o777 for path in (tmp_path, picture.parent, picture)]
    assert [oct(mode) for mode in modes] == ["0o700", "0o700", "0o600"]
    assert tmp_path.parent.stat().st_mode == before


def test_what_the_site_writes_is_its_owners_alone(tmp_path):
    """The umask is set with the settings, so also where a command or another server runs the site."""
    made = tmp_path / "made"
    made.touch()
    (tmp_path / "folder").mkdir()
    assert [oct(path.stat().st_mode & 0o777) for path in (made, tmp_path / "folder")] == ["0o600", "0o700"]
    assert (settings.FILE_UPLOAD_PERMISSIONS, settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS) == (0o600, 0o700)
