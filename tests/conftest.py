"""What every test may use: data folders of its own, a database of its own, people with names and roles."""

import gc
import os
from datetime import datetime
from pathlib import Path

import pytest

from tests.chromium import chromium

__all__ = ["chromium"]

REPORT = Path(__file__).parent.parent / "fixtures" / "st-louis"


def pytest_configure():
    from django.conf import settings

    # A file, not memory: write-ahead logging, locks and several connections behave as on a real machine.
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        settings.DATABASES["default"]["TEST"]["NAME"] = os.path.join(
            os.environ["PORTAL_DATA"], f"test-{worker}.sqlite3"
        )
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.WHITENOISE_AUTOREFRESH = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish():
    """What is there before the first test stays for the whole run: nobody needs to look through it for what
    can go.

    The lists of phrases are ready, as they are in a worker of the site.
    """
    from feedback.intake.spam import SPAM
    from feedback.intake.urgency import URGENT

    assert SPAM.patterns and URGENT.patterns
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _media_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def person(name, *groups, **more):
    """Return a member of staff in the groups named; their password is their name."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group

    user = get_user_model().objects.create_user(name, password=name, is_staff=True, **more)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def alice(db):
    """Alice is an administrator."""
    return person("alice", is_superuser=True)


@pytest.fixture
def edith(db):
    """Edith is an editor: she writes and publishes."""
    return person("edith", "Editor")


@pytest.fixture
def arthur(db):
    """Arthur is an author: he writes drafts."""
    return person("arthur", "Author")


@pytest.fixture
def rita(db):
    """Rita is a reviewer: she reads feedback and nothing else."""
    return person("rita", "Reviewer")


@pytest.fixture
def as_(client):
    """Return the test client signed in as somebody: as_(edith).get(…)."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def real_report(db):
    """The real report, loaded and published."""
    from initiatives.exchange.load import load

    return load(REPORT)


class Clock:
    """The time that the product believes it is; it stands still until it is set."""

    def __init__(self, now):
        self.now = now

    def set(self, text):
        """Set the time of day in the city, "2026-03-01 12:00"."""
        from django.utils import timezone

        self.now = timezone.make_aware(datetime.fromisoformat(text))


@pytest.fixture
def clock(monkeypatch):
    from django.utils import timezone

    clock = Clock(timezone.now())
    monkeypatch.setattr("django.utils.timezone.now", lambda: clock.now)
    return clock
