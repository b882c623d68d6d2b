"""How many files of the site take part when an initiative is opened and published by its form: `make
measure WHAT=files`.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client

from tests.builders import make_initiative, make_site
from tests.initiatives.edith import Fields
from tests.measure.fresh import database

ROOT = Path(__file__).parent.parent.parent
APPS = ("feedback", "initiatives", "portal")


@contextmanager
def traced() -> Iterator[set[str]]:
    """Give the paths of the site's files in which a function is called within the block."""
    found: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in APPS:
            found.add(str(path.relative_to(ROOT)))

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)


def main() -> None:
    """Print both numbers and the files."""
    with database():
        make_site()
        item = make_initiative(slug="camp", title="Camp")
        client = Client()
        client.force_login(get_user_model().objects.create_superuser("alice", password="alice"))
        address = item.desk_path("change", item.pk)
        client.get(address)  # what is made once for all is made now
        with traced() as opening:
            opened = client.get(address)
        sent = Fields(opened.content.decode()).sent | {
            "title": "Camps",
            "change_note": ("A name."),
            "_publish": "1",
        }
        with traced() as publishing:
            answer = client.post(address, sent)
        assert answer.status_code == 302 and item.revisions.live().get().title == "Camps", (
            answer.content.decode()
        )
    for words, files in (("To open its form", opening), ("To publish it", publishing)):
        print(f"{words}: {len(files)} files\n  " + "\n  ".join(sorted(files)))


if __name__ == "__main__":
    main()
