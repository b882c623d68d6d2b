"""A file that must lawfully go: its bytes are gone, its address and the pages that showed it say so, it
cannot come back.
"""

import io
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection

from initiatives.audit.passages import Removal
from initiatives.audit.redaction import overwrite_freed_pages, redact
from initiatives.audit.verify import verify
from initiatives.exchange.uploads import store_document
from initiatives.models import Document, Initiative, Upload
from initiatives.publishing.publish import save_draft
from tests.builders import make_agency, make_document, make_initiative, make_site, make_upload
from tests.initiatives.reading import page, words

CONTENT = b"%PDF-1.7 a letter"


@pytest.fixture
def letter(db):
    """A letter that a document offers and an initiative links to, and a photo on the same initiative."""
    make_site()
    upload = make_upload("Letter of a resident", content=CONTENT)
    make_document(title="Letter", file=upload)
    make_initiative(
        slug="camp", body=f"Read [the letter](/media/{upload.file.name}). [Also](https://example.org/)"
    )
    return upload


def remove(*uploads, lines=()):
    return redact(Removal(lines, uploads), "The law asks for it.", None)


def test_its_bytes_and_title_are_gone_and_nothing_names_it(letter):
    path = letter.file.path
    remove(letter)
    letter.refresh_from_db()
    assert not letter.file.storage.exists(path)
    assert letter.title == "[removed]"
    assert Document.objects.get().file is None
    revision = Initiative.objects.get().revisions.get()
    assert "media" not in str(revision.fields) + str(revision.html)
    assert "Read the letter [file removed]." in revision.html["body"]
    assert not list(verify(lambda text: None))


def test_its_address_says_that_it_was_removed_and_why(client, letter):
    address = f"/media/{letter.file.name}"
    assert client.get(address).status_code == 200
    remove(letter)
    response = client.get(address)
    assert response.status_code == 410
    assert "no-cache" in response["Cache-Control"]
    assert "The reason given: The law asks for it." in words(response.content.decode())


def test_a_file_of_a_draft_stays_unknown_to_the_public(client, db):
    upload = make_upload()
    remove(upload)
    assert client.get(f"/media/{upload.file.name}").status_code == 404


def test_an_image_in_a_text_and_beside_it_goes(db):
    upload = make_upload("Face", "image", b"\xff\xd8\xff", "jpg", "image/jpeg")
    item = make_initiative(
        image=upload, image_alt="A face", body=f'![A face](/media/{upload.file.name} "At noon") after'
    )
    remove(upload)
    revision = item.revisions.get()
    assert revision.fields["image"] is None
    assert revision.html["body"] == "<p>[image removed] after</p>"
    item.refresh_from_db()
    assert item.image is None


def test_the_same_file_cannot_be_uploaded_again(letter):
    remove(letter)
    with pytest.raises(ValidationError, match="removed for good"):
        store_document(io.BytesIO(CONTENT), "letter.pdf", "Letter")
    assert not letter.file.storage.exists(letter.file.name)


def test_a_removed_file_that_is_back_is_a_finding(letter):
    remove(letter)
    with letter.file.storage.open(letter.file.name, "wb") as file:
        file.write(CONTENT)
    assert [finding.what for finding in verify(lambda text: None)] == [
        "it was removed for good and is still there."
    ]


def test_what_fails_before_leaves_the_file(letter, monkeypatch):
    monkeypatch.setattr("initiatives.audit.redaction.apply_change", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        remove(letter)
    assert letter.file.storage.exists(letter.file.name)
    assert Upload.objects.get().redaction is None


def test_a_page_of_the_past_stays_readable(client, letter):
    remove(letter)
    assert "[file removed]" in page(client, "/initiatives/camp/history/1/")


@pytest.mark.django_db(transaction=True)
def test_the_database_file_keeps_no_trace():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL frees its pages by VACUUM, which docs/operations.md asks for")
    item = make_agency(title="Xylophonia Quux", slug="x", summary="Xylophonia Quux " * 200)
    item.title = "A draft of Xylophonia Quux"
    item.save()
    save_draft(item, by=None)
    assert b"Xylophonia" in stored()
    remove(lines=["Xylophonia Quux", "Quux"])
    assert b"ylophonia" not in stored()
    assert overwrite_freed_pages()


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has a file to rewrite")
def test_on_postgresql_the_command_names_what_does_it_there():
    with pytest.raises(CommandError, match="VACUUM FULL"):
        call_command("vacuum")


def stored():
    name = connection.settings_dict["NAME"]
    return b"".join(
        Path(f"{name}{end}").read_bytes() for end in ("", "-wal") if Path(f"{name}{end}").exists()
    )
