"""Makes many comments as residents and reviewers would leave them: every state, page, language and answer,
over two years.
"""

import random
from datetime import date, timedelta

from feedback.models import Comment, Tag
from feedback.personal import flags
from initiatives.report.report import Report

WORDS = """
light street park school police officer camera night bus corner house vacant trash kids job program
help call wait safe crime shots gun car block ward center summer youth nobody answer page text clear
dated link money budget who why when how thanks good bad slow never always please more less our my
the a of to and is not in on with for
"""
ENDINGS = [
    *[""] * 3,
    " Call 314-555-0142.",
    " Write to a.b@example.com.",
    " I live at 4127 Labadie Avenue.",
    " ¿Y en español?",
    " Café!",
]
STATES = [*Comment.State.values, "new", "new", "read", "closed"]
RULES = ["links", "flood", "words", "limit"]
FIRST_DAY = date(2029, 1, 1)
DAYS = 730
BATCH = 2000


def make_comments(count, seed=1):
    """Store that many comments, the same ones for the same seed and report; one in ten is near another.

    Return how many.
    """
    chance = random.Random(seed)
    nodes = [
        (node.key, node.url, node.title) for node in Report.live().nodes if node.url and "#" not in node.url
    ]
    pages = [*nodes, (None, "/about/", "About this report"), (None, "/gone/", "A page that is gone")]
    tags = [Tag.objects.get_or_create(name=name)[0] for name in ("lights", "jobs", "thanks")]
    made = [comment(chance, chance.choice(pages)) for _ in range(count)]
    Comment.objects.bulk_create(made, batch_size=BATCH)
    through = Comment.tags.through
    tagged = (through(comment_id=one.pk, tag=chance.choice(tags)) for one in made[::5])
    through.objects.bulk_create(tagged, batch_size=BATCH)
    return len(made)


def comment(chance, page):
    """Return an unsaved comment about a page, (key, path, title)."""
    item, path, title = page
    text = sentence(chance) if chance.random() < 0.8 else ""
    state = chance.choice(STATES)
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    return Comment(
        page=path,
        title=title,
        item=item,
        version=1 if item else None,
        helpful=chance.choice([True, False]) if not text else chance.choice([True, False, None]),
        text=text,
        date=day,
        language=chance.choice(["en", "en", "en", "es", "bs"]),
        state=state,
        held_for=f",{chance.choice(RULES)}," if state in ("held", "spam") else "",
        personal=flags(text),
        shape=shape(chance) if text else None,
        read_on=None if state == "new" else day + timedelta(days=chance.randrange(9)),
    )


def sentence(chance):
    words = chance.choices(WORDS.split(), k=chance.randrange(3, 40))
    return (" ".join(words).capitalize() + "." + chance.choice(ENDINGS))[:500]


def shape(chance):
    """Return a shape: one in ten is a bit away from a common one."""
    if chance.random() < 0.1:
        return 0x0F0F_1234_5678_9ABC ^ (1 << chance.randrange(60))
    return chance.getrandbits(64) - (1 << 63)
