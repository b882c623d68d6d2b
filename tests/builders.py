"""Small makers of items for tests: each says only what the test is about, and publishes unless told
otherwise.
"""

import hashlib
from itertools import count
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils import timezone

from initiatives.models import (
    Agency,
    Audience,
    Document,
    Initiative,
    Pillar,
    Place,
    Revision,
    Section,
    Site,
    Upload,
)
from initiatives.publishing.publish import publish as publish_now
from initiatives.publishing.publish import save_draft

numbers = count(1)


def make(model, publish=True, **fields):
    """Save an item of a model, record it, publish it unless told otherwise, and return it."""
    number = next(numbers)
    fields.setdefault("title", f"{model.__name__} {number}")
    fields.setdefault("slug", f"{model.kind}-{number}")
    fields.setdefault("position", number)
    for name in model.required_to_publish:
        fields.setdefault(name, f"The {name} of number {number}.")
    item = model.objects.create(**fields)
    if publish:
        publish_now(item, by=None)
    else:
        save_draft(item, by=None)
    return item


def change(item, by=None, **fields):
    """Save an item with other values, record that as somebody's draft, and return it."""
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    save_draft(item, by=by)
    return item


def make_site(**fields):
    return make(
        Site,
        **{
            "title": "Public Safety Portal",
            "slug": "site",
            "city_name": "Testville",
            "emergency_number": "911",
        }
        | fields,
    )


def make_pillar(**fields):
    return make(Pillar, **fields)


def make_section(pillar=None, parent=None, **fields):
    if not (pillar or parent):
        pillar = make_pillar()
    return make(Section, pillar=None if parent else pillar, parent=parent, **fields)


def make_initiative(section=None, **fields):
    return make(Initiative, **{"section": section or make_section(), "status": "ongoing"} | fields)


def make_agency(**fields):
    return make(Agency, **fields)


def make_audience(**fields):
    return make(Audience, **fields)


def make_place(**fields):
    return make(Place, **fields)


def make_document(**fields):
    return make(Document, **fields)


def make_many(count, section=None):
    """Put copies of one published initiative on the record as items of their own, in one statement: for
    counting queries.
    """
    original = make_initiative(section=section).revisions.get()
    copies = [
        original.copy(key=uuid4(), slug=f"{original.slug}-{n}", title=f"Copy {n}", position=n)
        for n in range(1, count)
    ]
    for copy in copies:
        copy.number, copy.live_from = 1, timezone.now()
    Revision.objects.bulk_create(copies)


def make_upload(
    title="Development Study",
    sort="document",
    content=b"%PDF-1.7",
    suffix="pdf",
    content_type="application/pdf",
):
    """Keep a small file as if staff had uploaded it. Nothing uses it yet."""
    upload = Upload(sort=sort, title=title, content_type=content_type, size=len(content))
    name = f"{sort}s/{hashlib.sha256(content).hexdigest()}.{suffix}"
    upload.file.save(name, ContentFile(content))
    return upload
