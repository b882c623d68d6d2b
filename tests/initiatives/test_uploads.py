"""Files from staff: checked before they are decoded, re-encoded, named by their content."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from initiatives.exchange.uploads import store_document, store_image

pytestmark = pytest.mark.django_db


def picture(kind="PNG", size=(60, 40), mode="RGB", **options):
    buffer = io.BytesIO()
    Image.new(mode, size, "green" if mode != "P" else 3).save(buffer, kind, **options)
    buffer.seek(0)
    return buffer


def stored(upload):
    return Image.open(upload.file.open())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_the_usual_formats_are_taken(kind):
    upload = store_image(picture(kind), "A park")
    assert upload.file.name.startswith("images/")
    assert (upload.sort, upload.width, upload.height) == ("image", 60, 40)


def test_what_is_see_through_stays_so():
    assert store_image(picture(mode="RGBA"), "x").content_type == "image/png"


def test_metadata_is_gone_and_the_picture_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "MARKED CAMERA"
    exif.get_ifd(0x8825)[2] = (38.0, 37.0, 0.0)
    upload = store_image(picture("JPEG", exif=exif, comment=b"MARKED COMMENT"), "x")
    assert (upload.width, upload.height) == (40, 60)
    assert not dict(stored(upload).getexif())
    assert b"MARKED" not in upload.file.open().read()


def test_a_large_picture_is_made_smaller():
    upload = store_image(picture(size=(4000, 1000)), "x")
    assert (upload.width, upload.height) == (2000, 500)


def test_the_same_file_twice_is_one_upload():
    assert store_image(picture(), "x") == store_image(picture(), "y")


def bomb(width, height):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "not a JPEG"),
        (io.BytesIO(b"<html><script>alert(1)</script>"), "not a JPEG"),
        (io.BytesIO(b""), "not a JPEG"),
        (io.BytesIO(picture("JPEG", size=(500, 500)).getvalue()[:400]), "cannot be read|not a JPEG"),
        (picture("BMP"), "not a JPEG"),
        (picture("TIFF"), "not a JPEG"),
        (bomb(8000, 8000), "40 million pixels"),
        (bomb(60_000, 60_000), "40 million pixels"),
        (io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"\0" * 32_000_000), "larger than 30 MB"),
    ],
    ids=range(9),
)
def test_what_is_no_sound_picture_is_refused_with_the_reason(file, words):
    with pytest.raises(ValidationError, match=words):
        store_image(file, "x")


def test_a_document_is_kept_as_it_is():
    upload = store_document(io.BytesIO(b"%PDF-1.7 text"), "Study.PDF", "Study")
    assert upload.file.open().read() == b"%PDF-1.7 text"
    assert upload.content_type == "application/pdf"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"<html>", "a.html", "not taken"),
        (b"MZ", "a.exe", "not taken"),
        (b"<svg>", "a.svg", "not taken"),
        (b"x", "pdf", "not what its name says"),
        (b"<html>", "a.pdf", "not what its name says"),
        (b"a\0b", "a.csv", "not what its name says"),
        (b"", "a.txt", "not what its name says"),
    ],
)
def test_other_documents_are_refused(data, name, words):
    with pytest.raises(ValidationError, match=words):
        store_document(io.BytesIO(data), name, "x")
