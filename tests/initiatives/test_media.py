"""Uploaded files: the public gets what it was shown, and nothing else."""

import pytest

from initiatives.publishing.publish import unpublish
from tests.builders import make_document, make_initiative, make_upload

pytestmark = pytest.mark.django_db


def address(upload):
    return f"/media/{upload.file.name}"


def picture():
    return make_upload("Park", "image", b"\xff\xd8\xff picture", "jpg", "image/jpeg")


def test_a_published_document_is_saved_under_a_readable_name(client):
    upload = make_upload(title="Development Study: 2015")
    make_document(file=upload)
    response = client.get(address(upload))
    assert b"".join(response.streaming_content) == b"%PDF-1.7"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="development-study-2015.pdf"'
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_title_without_letters_still_makes_a_name(client):
    upload = make_upload(title="…")
    make_document(file=upload)
    assert 'filename="document.pdf"' in client.get(address(upload))["Content-Disposition"]


def test_a_published_image_is_shown_and_kept_by_caches(client):
    upload = picture()
    make_initiative(image=upload, image_alt="A park")
    response = client.get(address(upload))
    assert response["Content-Type"] == "image/jpeg"
    assert not response.get("Content-Disposition", "").startswith("attachment")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    again = client.get(address(upload), headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


def test_a_file_of_a_draft_reaches_nobody(client):
    document, image, unused = make_upload(), picture(), make_upload(content=b"%PDF-unused")
    make_document(file=document, publish=False)
    make_initiative(image=image, image_alt="A park", publish=False)
    assert [client.get(address(upload)).status_code for upload in (document, image, unused)] == [404] * 3


def test_signing_in_changes_nothing_at_the_public_address(as_, edith):
    upload = make_upload()
    make_document(file=upload, publish=False)
    assert as_(edith).get(address(upload)).status_code == 404


def test_what_was_once_public_stays_readable(client):
    upload = make_upload()
    document = make_document(file=upload)
    unpublish(document, by=None)
    assert client.get(address(upload)).status_code == 200


def test_a_file_that_is_missing_on_the_disk_is_a_page_that_is_not_there(client):
    upload = make_upload()
    make_document(file=upload)
    upload.file.storage.delete(upload.file.name)
    assert client.get(address(upload)).status_code == 404


@pytest.mark.parametrize(
    "name",
    [
        "",
        "images/",
        "documents/x.pdf",
        "../portal/settings.py",
        "..%2f..%2fsecret-key",
        "images/%00.jpg",
        "a" * 5000,
    ],
)
def test_other_names_lead_nowhere(client, name):
    make_document(file=make_upload())
    assert client.get(f"/media/{name}").status_code in {400, 404}


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_files_can_only_be_read(client, method):
    upload = make_upload()
    make_document(file=upload)
    assert getattr(client, method)(address(upload)).status_code == 405
    assert client.head(address(upload)).status_code == 200
