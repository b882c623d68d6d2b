"""In which order comments came is in no backup of the SQLite file that is made as the docs say, nor in the
rewritten file.
"""

import pytest
from django.db import connection

from tests.measure.backup_order import COMMANDS, DOCUMENTED, ELSEWHERE, OPERATIONS, measured, share

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite's")


def test_the_docs_name_that_copy_and_no_other():
    text = OPERATIONS.read_text()
    assert len(DOCUMENTED.findall(text)) == 1
    assert ".backup" not in text


@pytest.mark.django_db(transaction=True)
def test_the_documented_copy_and_the_rewritten_file_tell_nothing_and_a_copy_of_the_pages_would():
    found = measured()
    assert max(map(share, found.pop("page by page").values())) > 0.7
    assert set(found) == {"documented", *COMMANDS}
    for how, trees in found.items():
        assert trees.pop(ELSEWHERE)["ids"] == 0, how
        assert len(trees) == 9, how
        assert {
            name: share(counts) for name, counts in trees.items() if not 0.45 < share(counts) < 0.55
        } == {}, how
