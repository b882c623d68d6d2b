"""Imports point one way: feedback → initiatives → portal."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "portal": {"portal"},
    "initiatives": {"initiatives", "portal"},
    "feedback": {"feedback", "initiatives", "portal"},
}
MODULES = [path for app in MAY_IMPORT for path in sorted((ROOT / app).rglob("*.py"))]


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports name the whole way"
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_imports_an_app_above_it(path):
    app = path.relative_to(ROOT).parts[0]
    ours = {name.split(".")[0] for name in imported(path)} & set(MAY_IMPORT)
    assert ours <= MAY_IMPORT[app]


def test_initiatives_never_names_feedback():
    for path in (ROOT / "initiatives").rglob("*.py"):
        assert "feedback_" not in path.read_text(), path
        assert "from feedback" not in path.read_text(), path
