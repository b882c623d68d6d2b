"""What residents said of a page that was edited. Runs in the site's own database: `site.start.run(…)`."""

from datetime import timedelta

from django.utils import timezone

from feedback.intake.holding import RULES
from feedback.intake.shape import shape
from feedback.models import Comment, Tag
from feedback.personal import flags
from initiatives.models import Section
from initiatives.publishing.publish import publish
from initiatives.report.report import Report
from tests.builders import change, make_initiative

State = Comment.State
ANSWERABLE = (State.NEW, State.IN_HAND, State.CLOSED, State.SPAM)
HELD = dict.fromkeys([State.HELD, State.SPAM], f",{next(iter(RULES))},")
# How many; yes or no; how many days ago; which version was read; the comment
ANSWERS = [
    (40, True, 120, 1, ""),
    (10, False, 100, 1, ""),
    (16, False, 3, 2, ""),
    (12, False, 2, 2, "The timetable is missing."),
    (1, None, 0, 2, "Please print the timetable. Call 314-555-0142."),
]


def make(word):
    """Publish an initiative that no other test touches, and a change of it. Say much of it, and something in
    each state with
    a word that no others have; what an answer is written to has that word backwards.

    Prints the initiative's number, its key, its path and its title, each on a line.
    """
    section = next(one for one in Section.objects.order_by("-pk") if one.revisions.live().exists())
    item = make_initiative(
        section, title="Late bus", body="The bus runs until midnight.", status="completed", position=999
    )
    change(item, body="The bus runs until midnight, on Sundays too.")
    publish(item, None, "Longer hours.")
    node = Report.live().by_key[item.key]
    about = {"page": node.url, "title": node.title, "item": node.key}
    said = [comment(*row, **about) for count, *row in ANSWERS for _ in range(count)]
    said += [
        comment(None, 1, 2, f"{word} {state}", state=state, held_for=HELD.get(state, ""), **about)
        for state in State.values
    ]
    said += [
        comment(
            True,
            9,
            None,
            "Thank you. Opening hours, addresses and telephone numbers are useful here.",
            page="/about/",
            title="About",
        )
        for _ in range(20)
    ]
    said += [comment(None, 1, 2, f"{word[::-1]} {state}", state=state, **about) for state in ANSWERABLE]
    Comment.objects.bulk_create(said)
    Tag.objects.get_or_create(name="timetable")
    print(item.pk, item.key, node.url, node.title, sep="\n")


def comment(helpful, days, version, text, **fields):
    day = timezone.localdate() - timedelta(days=days)
    found = {"personal": flags(text), "shape": shape(text)}
    return Comment(helpful=helpful, date=day, version=version, text=text, **found, **fields)
