"""`make run` does its own set-up, also where an earlier one was broken off."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture
def checkout(tmp_path):
    """Return a folder with the Makefile, no packages to install and a site that only says that it runs."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "requirements-run.txt").write_text("")
    (tmp_path / "manage.py").write_text("print('the site runs')")
    return tmp_path


def without_python(venv):
    """Leave an environment whose Python was removed from the machine."""
    (venv / "bin").mkdir(parents=True)
    (venv / "pyvenv.cfg").write_text("home = /gone\n")
    (venv / "bin" / "python").symlink_to("/gone/python3")
    (venv / ".installed-run").touch()


def broken_off(venv):
    """Leave an environment that was stopped before it had pip."""
    subprocess.run(["python3", "-m", "venv", "--without-pip", venv], check=True)


@pytest.mark.parametrize("leave", [without_python, broken_off])
def test_a_half_made_environment_is_made_anew(checkout, leave):
    leave(checkout / ".venv")
    clean = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        ["make", "run"], cwd=checkout, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Virtual environment: making .venv" in done.stdout
    assert done.stdout.endswith("the site runs\n")
