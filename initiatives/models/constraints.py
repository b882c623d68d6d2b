"""What the database itself refuses of the record: windows that overlap. For migrations.

SQLite drops a table's triggers when a migration rebuilds the table: a migration that alters Revision runs
install() again. tests/initiatives/test_record.py fails where one forgot.
"""

from typing import Any

# Windows of one item, and of one address, do not overlap so far: only the last to begin before the new one
# ends can.
LAST = """EXISTS (SELECT 1 FROM (
        SELECT other.live_to FROM initiatives_revision other
        WHERE {same} AND other.id <> NEW.id AND other.live_from < COALESCE(NEW.live_to, '9999-12-31')
        ORDER BY other.live_from DESC LIMIT 1
    ) last WHERE last.live_to IS NULL OR last.live_to > NEW.live_from)"""
OF_ITEM = LAST.format(same="other.key = NEW.key")
OF_ADDRESS = LAST.format(same="other.kind = NEW.kind AND other.slug = NEW.slug")
OVERLAP = f"""
    SELECT RAISE(ABORT, 'revision windows overlap')
    WHERE NEW.live_from IS NOT NULL AND ({OF_ITEM} OR {OF_ADDRESS});
"""
SQLITE = [
    "DROP TRIGGER IF EXISTS revision_windows_insert",
    "DROP TRIGGER IF EXISTS revision_windows_update",
    f"CREATE TRIGGER revision_windows_insert BEFORE INSERT ON initiatives_revision BEGIN {OVERLAP} END",
    (
        "CREATE TRIGGER revision_windows_update BEFORE UPDATE OF live_from, live_to ON initiatives_revision "
        f"BEGIN {OVERLAP} END"
    ),
]
TABLE = "ALTER TABLE initiatives_revision"
WINDOW = "tstzrange(live_from, live_to) WITH &&) WHERE (live_from IS NOT NULL)"
POSTGRESQL = [
    "CREATE EXTENSION IF NOT EXISTS btree_gist",
    f"{TABLE} DROP CONSTRAINT IF EXISTS revision_windows_of_item",
    f"{TABLE} DROP CONSTRAINT IF EXISTS revision_windows_of_address",
    f"{TABLE} ADD CONSTRAINT revision_windows_of_item EXCLUDE USING gist (key WITH =, {WINDOW}",
    (
        f"{TABLE} ADD CONSTRAINT revision_windows_of_address EXCLUDE USING gist (kind WITH =, slug WITH =, "
        f"{WINDOW}"
    ),
]


def install(apps: Any, schema_editor: Any) -> None:
    """Add the rules for the database in use; for RunPython, and safe to run again."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
