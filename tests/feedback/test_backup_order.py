"""The docs name the copy of the SQLite file that writes each page anew, in the order of random ids."""

from pathlib import Path

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"


def test_the_docs_name_that_copy_and_no_other():
    text = OPERATIONS.read_text()
    assert "VACUUM INTO '/backup/portal.sqlite3'" in text
    assert ".backup" not in text
