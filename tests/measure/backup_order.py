"""What a copy of the SQLite file tells of the order in which comments came: `make measure WHAT=backup_order`.

SQLite puts each new cell of a page below those that are there. For each b-tree of the comments this gives the
share of pairs of comments on one page that lie as they came; chance is 50%. It also counts ids that lie
anywhere else in the file, where something was deleted or freed. Pages are read as
https://www.sqlite.org/fileformat.html, 1.6, has them.
"""

import re
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from io import StringIO
from itertools import combinations, pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.utils import timezone

from feedback.intake import stamp
from feedback.intake.forms import FeedbackForm
from feedback.intake.idempotency import comment_id
from feedback.intake.store import store_comment
from feedback.models import Comment
from feedback.pages import find_page
from tests.builders import make_initiative, make_site
from tests.measure.fresh import database

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations.md"
DOCUMENTED = re.compile(r"sqlite3 \S+ \"(VACUUM INTO )'[^']+'\"")
SEEDS, COUNT = range(4), 250
WORDS = [
    "light",
    "street",
    "park",
    "police",
    "camera",
    "night",
    "bus",
    "corner",
    "house",
    "vacant",
    "trash",
    "kids",
    "jobs",
]
INTERIOR, LEAF = (2, 5), (10, 13)  # kinds of pages
COMMANDS, ELSEWHERE = ("vacuum", "scatter_comments"), "elsewhere"
ID = re.compile(rb"(?=([0-9a-f]{32}))")  # also behind a day, whose digits look like its first


@override_settings(SECRET_KEY="The ids of comments are made with it.")
def fill(seed, count=COUNT):
    """Store so many comments of one day, half of them urgent; return their ids in the order in which they
    came.
    """
    chance, page, came = Random(seed), find_page("/initiatives/night-basketball/"), []
    for _ in range(count):
        text = " ".join(chance.choices(WORDS, k=chance.randrange(5, 30))) + chance.choice(
            ["", ". I will kill somebody."]
        )
        form = FeedbackForm(
            {"comment": text, "once": f"{chance.getrandbits(128):032x}", "stamp": stamp.make()}
        )
        assert form.is_valid()
        store_comment(page, timezone.localdate(), form, "", frozenset())
        came.append(comment_id(form.sent("once"), "", page.about, "", text).hex)
    return came


def documented(folder):
    """Make the copy that docs/operations.md tells to make, in a folder; return its path."""
    statement = DOCUMENTED.search(OPERATIONS.read_text())[1]
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as file:
        file.execute(f"{statement} '{folder}/documented'")
    return Path(folder, "documented")


def page_by_page(folder):
    """Copy the pages as they are, as SQLite's own backup does, into a folder; return the copy's path."""
    path = Path(folder, "page_by_page")
    with (
        closing(sqlite3.connect(connection.settings_dict["NAME"])) as file,
        closing(sqlite3.connect(path)) as copy,
    ):
        file.backup(copy)
    return path


def after(command):
    """Run a command; return the path of the file that the site uses."""
    call_command(command, stdout=StringIO())
    return Path(connection.settings_dict["NAME"])


def pages(data, size, number):
    """Yield the pages of a b-tree, each as its bytes and the places of its cells in them, from the page of
    that number on.
    """
    page = data[(number - 1) * size : number * size]
    at = 100 if number == 1 else 0
    kind, cells = page[at], int.from_bytes(page[at + 3 : at + 5])
    assert kind in INTERIOR + LEAF
    first = at + (12 if kind in INTERIOR else 8)
    places = [int.from_bytes(page[place : place + 2]) for place in range(first, first + 2 * cells, 2)]
    yield page, places
    if kind in INTERIOR:
        for child in (at + 8, *places):
            yield from pages(data, size, int.from_bytes(page[child : child + 4]))


def look(path, came):
    """Return, by b-tree of the comments, how many pairs lie as they came and how many pairs there are, and
    the ids elsewhere.
    """
    data, number = path.read_bytes(), {key.encode(): place for place, key in enumerate(came)}
    found, elsewhere = {}, Counter(ids=sum(map(data.count, number)))
    with closing(sqlite3.connect(path)) as file:
        trees = file.execute(
            "SELECT name, rootpage FROM sqlite_master WHERE tbl_name = 'feedback_comment' AND rootpage"
        ).fetchall()
    size = int.from_bytes(data[16:18])
    for name, root in trees:
        lie = Counter()
        for page, places in pages(data, size, root):
            ends = sorted([*places, size], reverse=True)
            keys = (key for end, start in pairwise(ends) for key in ID.findall(page[start:end]))
            here = [number[key] for key in keys if key in number]
            elsewhere["ids"] -= len(here)
            lie.update(earlier < later for earlier, later in combinations(here, 2))
        found[name] = Counter(ordered=lie[True], pairs=lie.total())
    return found | {ELSEWHERE: elsewhere}


def measured():
    """Return what look() finds in both copies, and in the file after each command that rewrites it, by
    how; all runs together.
    """
    make_site()
    make_initiative(
        slug="night-basketball", key=UUID(int=1)
    )  # the ids of comments are made with its key, too
    found = {how: defaultdict(Counter) for how in ("documented", "page by page", *COMMANDS)}
    for seed in SEEDS:
        with TemporaryDirectory() as folder:
            came = fill(seed)
            for how, copy in (("documented", documented), ("page by page", page_by_page)):
                add(found[how], look(copy(folder), came))
        command = COMMANDS[seed % 2]
        add(found[command], look(after(command), came))
        Comment.objects.all().delete()
    return found


def add(found, more):
    """Add the counts of a run to those of the runs before."""
    for tree, counts in more.items():
        found[tree].update(counts)


def share(counts):
    """Return which share of the pairs lies as they came; none of no pairs."""
    return counts["ordered"] / max(1, counts["pairs"])


def main():
    """Print the figures."""
    print(
        f"{len(SEEDS)} days of {COUNT} comments: share of pairs on one page that lie as they came, by "
        "b-tree; ids elsewhere"
    )
    with database():
        for how, found in measured().items():
            elsewhere = found.pop(ELSEWHERE)["ids"]
            shares = sorted((share(counts), name) for name, counts in found.items())
            print(
                f"  {how}: {shares[0][0]:.0%} to {shares[-1][0]:.0%} ({shares[-1][1]}); elsewhere {elsewhere}"
            )
            print(*(f"    {name} {of:.1%}" for of, name in shares), sep="\n")


if __name__ == "__main__":
    main()
