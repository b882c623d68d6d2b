"""Takes the order of arrival out of the tables of comments and of what reviewers do with them, on SQLite. For
migrations.

SQLite numbers the rows of a table as they come, in a hidden column, rowid. A table "WITHOUT ROWID" has none:
its rows lie in the order of their primary key, which here is random. Django makes every table with one, also
when it rebuilds the table to alter it: a migration that alters one of TABLES runs remove_rowid() again.
tests/feedback/test_store.py fails where one forgot.

This is about what a query can tell. The raw bytes of the file still show in which order the few rows of one
page of it were written, until VACUUM writes them anew. PostgreSQL stamps each row with the number of its
transaction (xmin) and puts it where there is room (ctid); no setting turns that off. `manage.py
scatter_comments` puts the rows in the order of their ids, so that no dump is in that of arrival; who may ask
the server itself still sees the numbers.
"""

from typing import Any

TABLES = tuple(
    f"feedback_{name}" for name in ("comment", "handling", "note", "commentredaction", "export", "tagging")
)


def remove_rowid(apps: Any, schema_editor: Any) -> None:
    """Rebuild the tables without row numbers; for RunPython, and safe to run again. Does nothing on other
    databases.

    A table that is not there yet, or whose ids still run, is left as it is.
    """
    if schema_editor.connection.vendor == "sqlite":
        for table in TABLES:
            rebuild(schema_editor, table)


def rebuild(schema_editor: Any, name: str) -> None:
    """Rebuild one table of SQLite's, with its indexes and triggers."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT type, sql FROM sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL", [name])
        made = cursor.fetchall()
    table = next((sql for sort, sql in made if sort == "table"), "").upper()
    if not table or "AUTOINCREMENT" in table or table.endswith("WITHOUT ROWID"):
        return
    table, rebuilt = next(sql for sort, sql in made if sort == "table"), f"without_rowid__{name}"
    for statement in (
        f"{table.replace(name, rebuilt, 1)} WITHOUT ROWID",
        f'INSERT INTO "{rebuilt}" SELECT * FROM "{name}" ORDER BY id',  # noqa: S608
        f'DROP TABLE "{name}"',
        f'ALTER TABLE "{rebuilt}" RENAME TO "{name}"',
        *(sql for sort, sql in made if sort in ("index", "trigger")),
    ):
        schema_editor.execute(statement, params=None)
