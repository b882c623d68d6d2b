"""The project as a whole: migrations are complete, settings and commands are documented, files read at a
sitting.
"""

import re
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.management import call_command

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
DOCS = README + "".join(path.read_text() for path in (ROOT / "docs").rglob("*.md"))


@pytest.mark.django_db
def test_the_migrations_say_all_that_the_models_say():
    out = StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=out)
    assert "No changes" in out.getvalue()


def settings_read():
    text = (ROOT / "portal" / "settings.py").read_text()
    return set(re.findall(r'env\.[a-z_]+\(\s*"([A-Z_]+)"', text))


def test_every_setting_is_in_the_table_of_the_readme():
    rows = set(re.findall(r"^\| `([A-Z_]+)` \|", README, re.MULTILINE))
    assert settings_read() == rows


def test_every_command_of_ours_is_documented():
    for path in ROOT.glob("*/management/commands/[a-z]*.py"):
        assert f"manage.py {path.stem}" in DOCS, path


def test_every_dependency_is_named_with_its_reason():
    named = (ROOT / "docs" / "dependencies.md").read_text().lower()
    for name in ("requirements.in", "requirements-dev.in"):
        for line in (ROOT / name).read_text().splitlines():
            if line and line[0].isalpha():
                package = re.split(r"[<>=\[]", line)[0].lower()
                assert package in named or (package.startswith("types-") and "types-*" in named), package


def test_every_pinned_package_has_hashes():
    for name in ("requirements.txt", "requirements-run.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text()
        assert len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)) == len(
            re.findall(r"^[^#\n ].*\\\n    --hash=sha256:", text, re.MULTILINE)
        )


def pins(name):
    return set(re.findall(r"^([a-z0-9-]+)(==.*?)(?: \\\\)?$", (ROOT / name).read_text(), re.MULTILINE))


def test_a_site_runs_on_the_same_packages_as_the_tests_less_those_that_only_test():
    run, whole = pins("requirements-run.txt"), pins("requirements.txt")
    assert run < whole
    assert {"pytest", "pytest-django"} <= {name for name, _ in whole - run}
    asked = {
        line for line in (ROOT / "requirements.in").read_text().splitlines() if line and line[0].isalpha()
    }
    asked = {re.split("[<>=]", line)[0].lower() for line in asked}
    assert asked - {name for name, _ in run} == {"pytest-django"}


def test_no_module_of_the_portal_has_a_name_of_the_standard_library():
    """Where gunicorn restarts itself its folder comes first on the path."""
    assert not {path.stem for path in (ROOT / "portal").glob("*.py")} & sys.stdlib_module_names


def test_links_in_the_documentation_lead_somewhere():
    for path in [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "SECURITY.md",
        *(ROOT / "docs").rglob("*.md"),
    ]:
        for target in re.findall(r"\]\((?!https?:|mailto:|/|#)([^)#\s]+)", path.read_text()):
            assert (path.parent / target).exists(), f"{path}: {target}"


def test_initiatives_never_names_feedback():
    """Imports are held apart by the contracts in pyproject.toml; names and addresses are words."""
    for path in (ROOT / "initiatives").rglob("*.py"):
        assert "feedback_" not in path.read_text(), path


@pytest.mark.parametrize("folder", ["portal", "initiatives", "feedback", "tests"])
def test_files_read_at_a_sitting(folder):
    for path in (path for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts):
        assert len(path.read_text().splitlines()) <= 300, path


def test_a_remark_in_a_template_ends_on_its_line_or_it_is_shown_to_everyone():
    for path in (ROOT / "templates").rglob("*.*"):
        assert all(line.count("{#") == line.count("#}") for line in path.read_text().splitlines()), path


def test_templates_are_short():
    for path in (ROOT / "templates").rglob("*.html"):
        assert len(path.read_text().splitlines()) <= 100, path


def test_no_template_of_ours_takes_the_place_of_one_of_the_admins_by_chance():
    """The admin looks for admin/<app>/actions.html and the like before its own: for all lists of that app."""
    stock = {path.name for path in (Path(admin.__file__).parent / "templates" / "admin").glob("*.html")}
    ours = {
        str(path)
        for app in ("feedback", "initiatives")
        for path in (ROOT / "templates" / "admin" / app).glob("*.html")
        if path.name in stock
    }
    assert ours == set()
