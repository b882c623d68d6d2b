"""A broken row of the record takes itself off the pages, and nothing else; the log names it."""

import json

import pytest
from django.db import connection

from initiatives.models import Revision
from initiatives.report.soundness import name_in_log
from tests.builders import make_document, make_initiative, make_pillar, make_section, make_site

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/report/",
    "/documents/",
    "/about/",
    "/prevention/",
    "/prevention/jobs/",
    "/initiatives/well/",
    "/sitemap.xml",
]


@pytest.fixture
def items():
    name_in_log.cache_clear()
    make_site()
    section = make_section(slug="jobs", pillar=make_pillar(slug="prevention"))
    make_initiative(title="Well", slug="well", section=section)
    return {
        "initiative": make_initiative(title="Broken", slug="broken", section=section),
        "document": make_document(title="Torn"),
    }


def write(item, column, value):
    row = item.revisions.get()
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE initiatives_revision SET {column} = %s WHERE id = %s", [value, row.pk])
    return row.pk


WRONG = [
    ("initiative", json.dumps(value))
    for value in (
        None,
        [],
        5,
        "text",
        {},
        {"summary": 5},
        {"summary": "", "amounts": 5},
        {"summary": "", "amounts": [5]},
        {"summary": "", "amounts": [{"amount": "much", "currency": "USD", "qualifier": "", "per": ""}]},
        {"summary": "", "agencies": [{"agency": "x", "role": "lead"}]},
        {"summary": "", "agencies": [{}]},
        {"summary": "", "audiences": ["x"]},
        {"summary": "", "places": {"a": 1}},
        {"summary": "", "documents": [7]},
        {"summary": "", "dates": [{"qualifier": "in", "date": 2015, "label": ""}]},
        {"summary": "", "links": [{"label": "x"}]},
        {"summary": "", "figures": [{"value": "NaN?"}]},
        {"summary": "", "image": "a.png"},
        {"summary": "", "status": ["ongoing"]},
    )
    # Fmt: skip
] + [("document", json.dumps(value)) for value in ({}, {"leading": "x"}, {"leading": True, "file": 3})]


@pytest.mark.parametrize(("kind", "fields"), WRONG)
def test_a_row_whose_values_are_of_a_wrong_type_is_left_out_and_named(client, caplog, items, kind, fields):
    pk = write(items[kind], "fields", fields)
    for path in PAGES:
        page = client.get(path)
        assert page.status_code == 200, path
        assert {"initiative": "Broken", "document": "Torn"}[kind] not in page.content.decode(), path
    assert "Well" in client.get("/report/").content.decode()
    assert [record.getMessage().split(" is ")[0] for record in caplog.records] == [f"Revision {pk}"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses such a value itself")
@pytest.mark.parametrize(
    ("column", "value"),
    [("fields", "{no json"), ("fields", b"\xff\xfe"), ("key", "no key"), ("parent", "x"),
     ("position", "first"), ("live_from", "2015-99-99")],
)  # fmt: skip
def test_a_row_that_cannot_even_be_read_is_left_out_and_named(client, caplog, items, column, value):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        try:
            pk = write(items["initiative"], column, value)
        finally:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")
    for path in ("/", "/report/", "/prevention/jobs/", "/initiatives/well/", "/sitemap.xml"):
        assert client.get(path).status_code == 200, path
    if column != "live_from":  # in the order of texts it lies in the future
        assert f"Revision {pk} is broken" in caplog.text


@pytest.mark.parametrize("html", ["[]", "5", '{"body": 5}', "null"])
def test_broken_rendered_text_is_not_shown(client, caplog, items, html):
    pk = write(items["initiative"], "html", html)
    assert client.get("/report/").status_code == 200
    assert client.get("/initiatives/broken/").status_code == 200
    assert f"Revision {pk} is broken" in caplog.text


def test_what_the_site_writes_itself_is_sound(client, caplog, real_report):
    assert client.get("/report/").status_code == 200
    assert Revision.objects.live().count() > 200
    assert caplog.text == ""
