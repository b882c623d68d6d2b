"""Takes the order of arrival out of the table of comments on SQLite. For migrations.

SQLite numbers the rows of a table as they come, in a hidden column, rowid. A table "WITHOUT ROWID" has none:
its rows lie in the order of their primary key, which here is random. Django makes every table with one, also
when it rebuilds the table to alter it: a migration that alters Comment runs remove_rowid() again.
tests/feedback/test_store.py fails where one forgot.

This is about what a query can tell. The raw bytes of the file still show in which order the few rows of one
page of it were written, until VACUUM writes them anew. PostgreSQL stamps each row with the number of its
transaction (xmin) and puts it where there is room (ctid); no setting turns that off. `manage.py
scatter_comments` puts the rows in the order of their ids, so that no dump is in that of arrival; who may ask
the server itself still sees the numbers.
"""

from typing import Any

TABLE = "feedback_comment"
REBUILT = "without_rowid__feedback_comment"


def remove_rowid(apps: Any, schema_editor: Any) -> None:
    """Rebuild the table without row numbers; for RunPython, and safe to run again.

    Does nothing on other databases.
    """
    connection = schema_editor.connection
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [TABLE])
        made = cursor.fetchall()
    table = next(sql for sort, sql in made if sort == "table")
    if table.upper().endswith("WITHOUT ROWID"):
        return
    for statement in (
        f"{table.replace(TABLE, REBUILT, 1)} WITHOUT ROWID",
        f'INSERT INTO "{REBUILT}" SELECT * FROM "{TABLE}" ORDER BY id',  # noqa: S608
        f'DROP TABLE "{TABLE}"',
        f'ALTER TABLE "{REBUILT}" RENAME TO "{TABLE}"',
        *(sql for sort, sql in made if sort in ("index", "trigger")),
    ):
        schema_editor.execute(statement, params=None)
