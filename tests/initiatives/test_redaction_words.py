"""Which words go and which stay, in texts, addresses and columns."""

import pytest
from django.apps import apps
from django.db import models

from initiatives.audit.occurrences import PLACES
from initiatives.models import KINDS, Release
from tests.builders import make_agency, make_initiative, make_upload
from tests.initiatives.conftest import NAME
from tests.initiatives.reading import page
from tests.initiatives.test_redaction import remove

pytestmark = pytest.mark.django_db


def test_whole_words_go_in_whatever_case_and_parts_of_other_words_stay(told):
    item = make_initiative(
        title="Ann announces", summary="ANN and Annie, ann's; Ann-Marie. O’Brien", publish=False
    )
    remove("Ann", "O'Brien")
    item.refresh_from_db()
    assert item.title == "[removed] announces"
    assert item.summary == "[removed] and Annie, [removed]'s; [removed]-Marie. [removed]"


def test_choices_keys_and_names_of_files_are_not_words():
    item = make_initiative(
        title="Ongoing work", image=make_upload("Ongoing", "image", b"\xff\xd8", "jpg"), image_alt="A park"
    )
    remove("ongoing", str(item.key)[:8])
    item.refresh_from_db()
    revision = item.revisions.get()
    assert (item.status, revision.fields["status"], item.title) == ("ongoing", "ongoing", "[removed] work")
    assert revision.fields["image"]["name"] == item.image.file.name
    assert revision.fields["image"]["title"] == item.image.title == "[removed]"


def test_markdown_around_the_words_stays_what_it_was():
    item = make_initiative(body="Roe: chief\n\nRoe(2015)\n\n[Roe](https://example.org/)\n\n`Roe`")
    remove("Roe")
    html = item.revisions.get().html["body"]
    assert "<p>[removed]: chief</p>" in html
    assert "<p>[removed](2015)</p>" in html
    assert 'href="https://example.org/"' in html
    assert ">[removed]</a>" in html


def test_words_in_addresses_go_and_the_page_is_at_the_new_one(client, told):
    make_initiative(slug="removed-house", title="Not the same")
    make_initiative(slug="jane-q-roe-house", title="House")
    remove(NAME)
    assert client.get("/initiatives/jane-q-roe-house/").status_code == 404
    assert "<h1>House</h1>" in page(client, "/initiatives/removed-house-2/")
    assert client.get("/initiatives/camp-of-removed/")["Location"] == "/initiatives/camp/"


def test_two_names_that_have_to_differ_still_do():
    Release.objects.create(name="Roe")
    Release.objects.create(name="roe")
    remove("Roe")
    assert Release.objects.filter(name__startswith="[removed]").count() == 2


def test_a_column_without_room_for_the_mark_has_a_dash():
    item = make_agency(short_name="Li" + "x" * 2 + " Li" * 8)
    remove("Li")
    item.refresh_from_db()
    assert item.short_name == "Lixx" + " –" * 8


def test_every_column_of_words_is_searched_or_named_here_with_its_reason():
    accounts = {
        "author_name",
        "publisher_name",
        "by_name",
        "submitted_by_name",
        "decided_by_name",
        "created_by_name",
    }
    accounts |= {"published_by_name", "withdrawn_by_name", "owner_name"}
    not_words = {
        "digest",
        "digest_before",
        "digest_after",
        "row_before",
        "row_after",
        "report",
        "previous",
        "changes",
        "kind",
    }
    own = {
        "initiatives.Revision": {"title", "slug", "fields", "html", "note"},
        "initiatives.DaySeal": {"entries"},  # keys, numbers and digests
        "initiatives.Upload": {"file", "content_type"},  # named by its content
        "initiatives.Amount": {"currency"},
        "initiatives.KeyDate": {"date"},
        "initiatives.Site": {"trusted_hosts"},  # names of hosts, which no visitor sees
        # What residents wrote is changed by a redaction of its own alone.
        "feedback.Comment": {"text", "language", "held_for", "personal"},
        "feedback.DailyCount": {"language", "read_within"},
    }
    missing = set()
    for model in (
        *apps.get_app_config("initiatives").get_models(),
        *apps.get_app_config("feedback").get_models(),
    ):
        label = model._meta.label
        searched = {*PLACES.get(label, ()), *own.get(label, ()), *accounts, *not_words}
        if model in KINDS.values():
            searched |= {"title", "slug", *model.plain_fields, *model.markdown_fields}
        for column in model._meta.concrete_fields:
            holds_words = (
                isinstance(column, (models.CharField, models.TextField, models.JSONField))
                and not column.choices
            )
            if holds_words and column.name not in searched:
                missing.add(f"{label}.{column.name}")
    assert missing == set()
