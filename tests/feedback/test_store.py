"""What the database itself holds and refuses."""

import re
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import UUIDField

from feedback.models import Comment, Export
from feedback.models.rowid import TABLES, remove_rowid


def test_a_row_has_these_columns_and_no_others(db):
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "feedback_comment")
    residents = {"id", "page", "title", "helpful", "text", "date", "language", "item", "version"}
    reviewers = {
        "state",
        "held_for",
        "personal",
        "shape",
        "redacted",
        "read_on",
        "assigned_to_id",
        "answer_id",
        "urgent",
        "told",
    }
    reviewers |= {"answer_counted"}
    assert {column.name for column in columns} == residents | reviewers


def test_ids_are_random(db):
    ids = [Comment.objects.create(page="/", title="Home page", helpful=True).pk for _ in range(20)]
    assert all(isinstance(one, UUID) and one.version == 4 for one in ids)
    assert ids != sorted(ids)


def test_newest_day_first_and_within_a_day_by_the_random_id(db):
    for number in range(20):
        Comment.objects.create(page="/", title="Home page", helpful=True, date=f"2030-01-{1 + number % 2:02}")
    rows = [(-comment.date.day, str(comment.pk)) for comment in Comment.objects.all()]
    assert rows == sorted(rows)


@pytest.mark.parametrize("fields", [{"text": "x" * 501}, {"text": "👩" * 501}, {"text": "", "helpful": None}])
def test_the_database_refuses_what_the_form_would(db, fields):
    with pytest.raises(DatabaseError), transaction.atomic():
        Comment.objects.create(page="/", title="Home page", **fields)


def test_the_database_takes_500_of_any_character(db):
    Comment.objects.create(page="/", title="Home page", text="👩" * 500)


def test_the_database_refuses_a_second_row_with_an_id(db):
    comment = Comment.objects.create(page="/", title="Home page", helpful=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Comment.objects.create(pk=comment.pk, page="/", title="Home page", helpful=True)


needs_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="Only SQLite numbers the rows of a table"
)


ABOUT_COMMENTS = [
    model
    for model in apps.get_app_config("feedback").get_models(include_auto_created=True)
    if model in (Comment, Export)
    or any(field.related_model is Comment for field in model._meta.concrete_fields)
]


@pytest.mark.parametrize("model", ABOUT_COMMENTS, ids=lambda model: model.__name__)
def test_no_row_about_comments_has_an_id_that_tells_which_came_first(model):
    assert isinstance(model._meta.pk, UUIDField) and model._meta.pk.default is uuid4
    assert model._meta.db_table in TABLES


@needs_sqlite
@pytest.mark.parametrize("table", TABLES)
def test_on_sqlite_no_hidden_number_tells_which_row_came_first(db, table):
    with pytest.raises(DatabaseError, match="no such column"), connection.cursor() as cursor:
        cursor.execute(f"SELECT rowid FROM {table}")


def rules():
    """Return the indexes of the table and the names of its constraints; Django words foreign keys in more
    than one way.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT type, sql FROM sqlite_master WHERE tbl_name = 'feedback_comment' AND sql IS NOT NULL "
            "ORDER BY sql"
        )
        found = cursor.fetchall()
    table = next(sql for sort, sql in found if sort == "table")
    assert table.endswith("WITHOUT ROWID")
    return [sql for sort, sql in found if sort == "index"], sorted(
        re.findall(r'CONSTRAINT "(feedback_\w+)"', table)
    )


@needs_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_table_that_was_rebuilt_with_numbers_loses_them_and_keeps_its_rows_and_rules():
    rows = [Comment.objects.create(page="/", title="Home page", text=f"No. {number}") for number in range(5)]
    made = rules()
    with connection.schema_editor() as editor:
        editor._remake_table(Comment)
    for _ in range(2):
        with connection.schema_editor() as editor:
            remove_rowid(None, editor)
    assert rules() == made
    assert set(Comment.objects.values_list("pk", "text")) == {(row.pk, row.text) for row in rows}
