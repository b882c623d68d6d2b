"""The docs name what is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_measurement_has_its_figure_in_the_docs_and_each_that_they_name_is_there():
    there = {
        path.stem for path in (ROOT / "tests" / "measure").glob("*.py") if "__main__" in path.read_text()
    }
    said = "".join(path.read_text() for path in (ROOT / "docs").rglob("*.md"))
    assert there == set(re.findall(r"make measure WHAT=(\w+)", said)) >= {"acceptance", "backup_order"}
