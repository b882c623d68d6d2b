"""Takes in files from staff: checks them, has images encoded anew, names them by their content."""

import hashlib
import io
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from initiatives.exchange.pictures import encode, read_picture
from initiatives.models import Upload

MAX_IMAGE_BYTES = 30 * 1024 * 1024
MAX_DOCUMENT_BYTES = 50 * 1024 * 1024
DOCUMENT_TYPES = {
    "pdf": ("application/pdf", b"%PDF-"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK\x03\x04"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK\x03\x04"),
    "odt": ("application/vnd.oasis.opendocument.text", b"PK\x03\x04"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", b"PK\x03\x04"),
    "csv": ("text/csv", b""),
    "txt": ("text/plain", b""),
}


def store_image(file: IO[bytes], title: str, by: Any = None) -> Upload:
    """Keep a picture and return its upload: turned upright, in sRGB, at most 2,000 pixels a side, without
    metadata.

    In: an image of at most 30 MB, of the kinds and sizes that initiatives/exchange/pictures.py takes. Of an
    animation the first frame is kept, and the upload says so: `lost_motion`. Raises ValidationError that says
    what is wrong with the file.
    """
    data = file.read(MAX_IMAGE_BYTES + 1)
    if len(data) > MAX_IMAGE_BYTES:
        raise ValidationError("The image is larger than 30 MB. Make it smaller and try again.")
    picture, moves = read_picture(data)
    suffix, content_type, encoded = encode(picture)
    with Image.open(io.BytesIO(encoded)) as stored:
        width, height = stored.size
    upload = keep_upload(
        encoded, f"images/{{}}.{suffix}", content_type, title, by, sort="image", width=width, height=height
    )
    upload.lost_motion = moves
    return upload


def store_document(file: IO[bytes], name: str, title: str, by: Any = None) -> Upload:
    """Keep a document under a name of ours and return its upload.

    In: PDF, Word, Excel, OpenDocument, CSV or plain text of at most 50 MB whose content fits the ending of
    its name. Raises ValidationError that says what is wrong with the file.
    """
    suffix = name.rpartition(".")[2].lower()
    if suffix not in DOCUMENT_TYPES:
        raise ValidationError(f"Files of this kind are not taken. Use one of: {', '.join(DOCUMENT_TYPES)}.")
    data = file.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise ValidationError("The file is larger than 50 MB. Make it smaller and try again.")
    content_type, beginning = DOCUMENT_TYPES[suffix]
    if not data or not data.startswith(beginning) or (not beginning and b"\0" in data):
        raise ValidationError(f"The file is not what its name says: a .{suffix} file begins differently.")
    return keep_upload(data, f"documents/{{}}.{suffix}", content_type, title, by, sort="document")


def keep_upload(data: bytes, pattern: str, content_type: str, title: str, by: Any, **more: Any) -> Upload:
    """Return the upload with just this content: the one there is, or a new one.

    Raises ValidationError for a removed one.
    """
    name = pattern.format(hashlib.sha256(data).hexdigest())
    if Upload.objects.filter(file=name).exclude(redaction=None).exists():
        raise ValidationError("This very file was removed for good. It cannot come back.")
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(data))
    upload, _ = Upload.objects.get_or_create(
        file=name,
        defaults={
            "title": title[:120] or name,
            "content_type": content_type,
            "size": len(data),
            "uploaded_by": by,
            **more,
        },
    )
    return upload
