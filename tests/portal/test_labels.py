"""Every label on the desk is the label of something."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from feedback.models import Answer, Comment, Tag
from initiatives.desk import share_links
from initiatives.report import drafts
from tests.builders import (
    make,
    make_agency,
    make_audience,
    make_document,
    make_initiative,
    make_place,
    make_site,
    make_upload,
)

pytestmark = pytest.mark.django_db
OWN = ("outline", "scheduled", "releases", "due", "share_links", "emails", "round_trip", "removed", "redact")


def paths():
    """Yield the lists, the empty forms and the form of one row of everything in the admin."""
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for one in model._default_manager.all()[:1]:
            yield reverse(f"{name}_change", args=[one.pk])
        yield from (reverse(f"{name}_{page}") for page in ("changelist", "add"))
    yield from (reverse(f"admin:{name}") for name in OWN)


def test_every_label_in_the_admin_names_a_field_that_is_there(as_, alice):
    client = as_(alice)
    make_site()
    make_initiative()
    for maker in (make_agency, make_audience, make_document, make_place, make_upload):
        maker()
    make(Answer)
    Tag.objects.create(name="timetable")
    Comment.objects.create(page="/", title="Home", text="Late.")
    share_links.make_share_link(drafts.scope_named("all"), 7, "The mayor", alice)
    lost = []
    for path in paths():
        text = client.get(path, follow=True).content.decode()
        ids = set(re.findall(r'\sid="([^"]+)"', text))
        for attributes, inside in re.findall(r"<label([^>]*)>(.*?)</label>", text, re.DOTALL):
            named = re.search(r'\sfor="([^"]*)"', attributes)
            if not (named[1] in ids if named else re.search("<(input|select|textarea)", inside)):
                lost.append(f"{path}: {attributes} {inside.strip()}")
    assert lost == []
