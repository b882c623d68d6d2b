"""A host that lacks uploaded files says so: at its start, and when it is asked."""

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command

from tests.builders import make_upload

pytestmark = pytest.mark.django_db


def told(capsys):
    call_command("check_files")
    return capsys.readouterr().out


def test_nothing_is_said_where_every_file_is_here(capsys):
    assert told(capsys) == ""
    make_upload()
    assert told(capsys) == ""


def test_what_is_missing_is_named_with_what_to_do(capsys):
    kept, lost = make_upload("Kept", content=b"%PDF-1.7 kept"), make_upload("Lost", content=b"%PDF-1.7 lost")
    default_storage.delete(lost.file.name)
    words = told(capsys)
    assert f"1 of 2 uploaded files are not in {settings.MEDIA_ROOT}" in words
    assert "set PORTAL_MEDIA" in words
    assert lost.file.name in words
    assert kept.file.name not in words


def test_a_start_asks():
    assert "check_files" in [command for _, command, _ in settings.START_STEPS]
