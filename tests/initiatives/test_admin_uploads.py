"""Files at the desk: uploaded by staff, shown to staff, and to the public only with what is published."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from initiatives.exchange.uploads import store_image
from initiatives.models import Upload
from initiatives.publishing.publish import publish
from tests.builders import make_initiative
from tests.conftest import person
from tests.initiatives.reading import framed

pytestmark = pytest.mark.django_db


def png(colour="green"):
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(buffer, "PNG")
    return SimpleUploadedFile("park.png", buffer.getvalue(), "image/png")


def test_an_image_is_uploaded_through_the_form(as_, arthur):
    as_(arthur).post(reverse("admin:initiatives_upload_add"), {"title": "The park", "upload": png()})
    upload = Upload.objects.get()
    assert (upload.title, upload.uploaded_by, upload.width) == ("The park", arthur, 60)


def test_a_document_is_uploaded_through_the_form(as_, arthur):
    file = SimpleUploadedFile("study.pdf", b"%PDF-1.7", "application/pdf")
    as_(arthur).post(reverse("admin:initiatives_upload_add"), {"title": "Study", "upload": file})
    assert Upload.objects.get().sort == "document"


def test_what_is_refused_says_why_and_stores_nothing(as_, arthur):
    file = SimpleUploadedFile("park.png", b"<svg onload=alert(1)>", "image/png")
    page = (
        as_(arthur)
        .post(reverse("admin:initiatives_upload_add"), {"title": "The park", "upload": file})
        .content.decode()
    )
    assert "This is not a JPEG, PNG, WebP, AVIF or GIF image" in page
    assert not Upload.objects.exists()


def test_an_editor_renames_a_file_and_an_author_does_not(as_, edith, arthur):
    upload = store_image(png(), "Old")
    change = reverse("admin:initiatives_upload_change", args=[upload.pk])
    as_(edith).post(change, {"title": "New"})
    assert as_(arthur).post(change, {"title": "Arthur's"}).status_code == 403
    upload.refresh_from_db()
    assert upload.title == "New"


def test_nobody_deletes_a_file_that_the_record_may_show(as_, alice):
    upload = store_image(png(), "x")
    assert (
        as_(alice)
        .post(reverse("admin:initiatives_upload_delete", args=[upload.pk]), {"post": "yes"})
        .status_code
        == 403
    )


def test_a_draft_image_is_for_staff_alone(client, as_, arthur, rita):
    upload = store_image(png(), "x")
    item = make_initiative(image=upload, image_alt="A park", publish=False)
    assert client.get(f"/media/{upload.file.name}").status_code == 404
    staff = reverse("admin:initiatives_upload_file", args=[upload.file.name])
    assert client.get(staff).status_code == 302
    assert as_(rita).get(staff).status_code == 403
    assert as_(arthur).get(staff).status_code == 200
    page = framed(as_(arthur), item).content.decode()
    inside = re.search(rf'src="([^"]+/{upload.file.name})"', page)[1]
    assert inside.startswith("/admin/")
    assert as_(arthur).get(inside).status_code == 200
    assert '"/media/' not in page
    assert as_(rita).get(inside).status_code == 403
    client.logout()
    publish(item, by=None)
    assert client.get(f"/media/{upload.file.name}").status_code == 200


def test_the_editor_shows_the_text_as_the_site_would(as_, arthur):
    response = as_(arthur).post(
        reverse("admin:markdown_preview"), {"content": "**bold** <script>alert(1)</script>"}
    )
    assert response.content.decode() == "<p><strong>bold</strong> &lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_the_editor_takes_an_image_and_returns_the_text_that_shows_it(as_, arthur):
    response = as_(arthur).post(reverse("admin:markdown_upload"), {"image": png()})
    name = Upload.objects.get().file.name
    assert response.json() == {"image_code": f"![](/media/{name})"}


def moving_gif():
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (60, 40), colour) for colour in ("green", "red")]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    return SimpleUploadedFile("park.gif", buffer.getvalue())


def test_an_animation_that_loses_its_motion_says_so_in_the_form_and_in_the_editor(as_, arthur):
    add = reverse("admin:initiatives_upload_add")
    page = as_(arthur).post(add, {"title": "The park", "upload": moving_gif()}, follow=True).content.decode()
    assert "Only its first frame was kept" in page
    dropped = as_(arthur).post(reverse("admin:markdown_upload"), {"image": moving_gif()}).json()
    assert "Only its first frame was kept" in dropped["notice"]
    page = as_(arthur).post(add, {"title": "Still", "upload": png("blue")}, follow=True).content.decode()
    assert "first frame" not in page


@pytest.mark.parametrize("name", ["markdown_preview", "markdown_upload"])
def test_the_editors_addresses_are_for_writers(client, as_, name):
    signed_out = client.post(reverse(f"admin:{name}"), {"content": "x"})
    assert signed_out.status_code == 403
    assert "sign in again in another tab" in signed_out.content.decode()
    nobody = person("nora")
    assert as_(nobody).post(reverse(f"admin:{name}"), {"content": "x"}).status_code == 403
    assert as_(nobody).get(reverse(f"admin:{name}")).status_code == 405


def test_a_reviewer_who_writes_answers_sees_them_as_the_site_would_and_stores_no_image(as_, rita):
    assert as_(rita).post(reverse("admin:markdown_preview"), {"content": "**bold**"}).status_code == 200
    assert as_(rita).post(reverse("admin:markdown_upload"), {"image": png()}).status_code == 403


@pytest.mark.parametrize("path", ["/markdownx/markdownify/", "/markdownx/upload/"])
def test_the_packages_own_addresses_do_not_exist(client, path):
    assert client.post(path, {"content": "x"}).status_code == 405  # what any address below a pillar answers
    assert client.get(path).status_code == 404


def test_a_broken_image_dropped_on_the_editor_is_refused_with_the_reason(as_, arthur):
    response = as_(arthur).post(
        reverse("admin:markdown_upload"), {"image": SimpleUploadedFile("x.png", b"no")}
    )
    assert response.status_code == 400
    assert "not a JPEG" in response.json()["image"][0]
