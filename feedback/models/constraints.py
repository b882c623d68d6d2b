"""What the database itself refuses of comments: that what a resident sent is changed. For migrations.

The text alone may change, and only by a redaction on record: each change of it uses up one row of
CommentRedaction that was not applied yet, marks the comment as redacted and puts a mark in the words' place.
The rows of redactions do not change either, but that a comment or an account that is gone is no longer named.

The address and the title of the page, and the reason of a redaction, are the city's words, not the
resident's: where words are removed for good from the report (initiatives/audit/redaction.py), they go from
these too, and nothing but a text with a mark may come in their place; in an address the mark is the bare word
"removed".

SQLite drops a table's triggers when a migration rebuilds the table, and refuses to rename a table while a
trigger of another names it. A migration that alters Comment or CommentRedaction begins with drop() and ends
with remove_rowid() (feedback/models/rowid.py) and install(). tests/feedback/test_constraints.py fails where
one forgot.
"""

from typing import Any

SENT = ("id", "helpful", "date", "language", "item", "version")
RECORDED = ("done_on", "by_name", "passages", "day")
CITYS = ("page", "title")
CITYS_ON_RECORD = ("page", "reason")
KEPT = "what a resident sent is never changed"
REDACTED = "a comment changes only by a redaction on record"
ON_RECORD = "a redaction on record is never changed"
COMMENT, REDACTION = "feedback_comment", "feedback_commentredaction"
TRIGGERS = {COMMENT: ("feedback_sent", "feedback_words", "feedback_used"), REDACTION: ("feedback_on_record",)}


def columns_differ(columns: tuple[str, ...]) -> str:
    """Return the condition, for SQLite, that a row's columns change."""
    return " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in columns)


def unmarked(columns: tuple[str, ...], find: str) -> str:
    """Return the condition that one of these columns changes without a mark. `find` is instr or strpos; both
    databases.

    The mark of a text, "[removed]", has that of an address in it.
    """
    return " OR ".join(
        f"(OLD.{name} <> NEW.{name} AND {find}(NEW.{name}, 'removed') = 0 AND {find}(NEW.{name}, '–') = 0)"
        for name in columns
    )


def refuse_sqlite(name: str, table: str, columns: tuple[str, ...], when: str, words: str) -> str:
    """Return the statement that makes a trigger, for SQLite, which refuses an update."""
    before = f"CREATE TRIGGER {name} BEFORE UPDATE OF {', '.join(columns)} ON {table}"
    return f"{before} WHEN {when} BEGIN SELECT RAISE(ABORT, '{words}'); END"


SQLITE = [
    refuse_sqlite(
        "feedback_sent",
        COMMENT,
        (*SENT, *CITYS),
        f"{columns_differ(SENT)} OR {unmarked(CITYS, 'instr')}",
        KEPT,
    ),
    refuse_sqlite(
        "feedback_words",
        COMMENT,
        ("text", "redacted"),
        f"""(OLD.redacted AND NOT NEW.redacted) OR (OLD.text IS NOT NEW.text AND (NOT NEW.redacted
            OR (instr(NEW.text, '[removed]') = 0 AND instr(NEW.text, '…') = 0)
            OR NOT EXISTS (SELECT 1 FROM {REDACTION} r WHERE r.comment_id = NEW.id AND NOT r.applied)))""",  # noqa: S608
        REDACTED,
    ),
    f"""CREATE TRIGGER feedback_used AFTER UPDATE OF text ON {COMMENT} WHEN OLD.text IS NOT NEW.text
        BEGIN UPDATE {REDACTION} SET applied = 1 WHERE comment_id = NEW.id; END""",  # noqa: S608
    refuse_sqlite(
        "feedback_on_record",
        REDACTION,
        (*RECORDED, *CITYS_ON_RECORD, "applied", "comment_id", "by_id"),
        f"""{columns_differ(RECORDED)} OR {unmarked(CITYS_ON_RECORD, "instr")}
            OR (OLD.applied AND NOT NEW.applied)
            OR (OLD.comment_id IS NOT NEW.comment_id AND NEW.comment_id IS NOT NULL)
            OR (OLD.by_id IS NOT NEW.by_id AND NEW.by_id IS NOT NULL)""",
        ON_RECORD,
    ),
]


def rows_differ(columns: tuple[str, ...]) -> str:
    """Return the condition, for PostgreSQL, that a row's columns change."""
    old, new = (", ".join(f"{which}.{name}" for name in columns) for which in ("OLD", "NEW"))
    return f"ROW({new}) IS DISTINCT FROM ROW({old})"


def raising(words: str) -> str:
    return f"RAISE EXCEPTION '{words}' USING ERRCODE = 'restrict_violation'"


POSTGRESQL = [
    f"""CREATE FUNCTION feedback_sent() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {rows_differ(SENT)} OR {unmarked(CITYS, "strpos")} THEN {raising(KEPT)}; END IF;
        IF OLD.redacted AND NOT NEW.redacted THEN {raising(REDACTED)}; END IF;
        IF OLD.text IS DISTINCT FROM NEW.text THEN
            IF NOT NEW.redacted OR (position('[removed]' in NEW.text) = 0 AND position('…' in NEW.text) = 0)
                THEN {raising(REDACTED)}; END IF;
            UPDATE {REDACTION} SET applied = true WHERE comment_id = NEW.id AND NOT applied;
            IF NOT FOUND THEN {raising(REDACTED)}; END IF;
        END IF;
        RETURN NEW; END $$""",  # noqa: S608
    f"CREATE TRIGGER feedback_sent BEFORE UPDATE ON {COMMENT} FOR EACH ROW EXECUTE FUNCTION feedback_sent()",
    f"""CREATE FUNCTION feedback_on_record() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF {rows_differ(RECORDED)} OR {unmarked(CITYS_ON_RECORD, "strpos")}
            OR (OLD.applied AND NOT NEW.applied)
            OR (NEW.comment_id IS DISTINCT FROM OLD.comment_id AND NEW.comment_id IS NOT NULL)
            OR (NEW.by_id IS DISTINCT FROM OLD.by_id AND NEW.by_id IS NOT NULL)
            THEN {raising(ON_RECORD)}; END IF;
        RETURN NEW; END $$""",
    (
        f"CREATE TRIGGER feedback_on_record BEFORE UPDATE ON {REDACTION} FOR EACH ROW EXECUTE FUNCTION "
        "feedback_on_record()"
    ),
]


def drop(apps: Any, schema_editor: Any) -> None:
    """Take the rules away, for the time of a migration; for RunPython, and safe to run again."""
    if schema_editor.connection.vendor == "postgresql":
        for name in ("feedback_sent", "feedback_on_record"):
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}() CASCADE", params=None)
        return
    for name in (name for names in TRIGGERS.values() for name in names):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}", params=None)


def install_rules(apps: Any, schema_editor: Any) -> None:
    """Add the rules for the database in use; for RunPython, and safe to run again."""
    drop(apps, schema_editor)
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)
