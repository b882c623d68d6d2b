"""A small report to take out and bring back, and short words for both."""

import pytest

from initiatives.exchange import detect, document, sheets
from initiatives.exchange.exporting import choose
from initiatives.exchange.importing import bring_in
from tests.builders import make_initiative, make_pillar, make_section


def written(text="drafts", root=None):
    return "".join(document.write_document(choose(text, root)))


def zipped(text="drafts", root=None):
    return sheets.write_sheets(choose(text, root))


def brought(data, by=None, name="", **more):
    """Bring in a text or bytes and return the result."""
    return bring_in(detect.read_upload(data.encode() if isinstance(data, str) else data, name), by, **more)


def line_of(text, part):
    """Return the number of the first line that has a part in it."""
    return next(number for number, line in enumerate(text.split("\n"), start=1) if part in line)


@pytest.fixture
def park(db):
    """A pillar with two sections; the first has three initiatives: one, two, three."""
    pillar = make_pillar(title="Places", slug="places-to-be", position=1)
    section = make_section(pillar=pillar, title="Parks", slug="parks", position=1)
    make_section(pillar=pillar, title="Pools", slug="pools", position=2)
    for number, name in enumerate(("one", "two", "three"), start=1):
        make_initiative(
            section=section,
            title=name.capitalize(),
            slug=name,
            position=number,
            summary=f"About {name}.",
            body="Text.",
        )
    return section
