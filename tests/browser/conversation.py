"""What residents said of a page that was edited. Runs in the site's own database: `site.start.run(…)`."""

from datetime import timedelta

from django.utils import timezone

from feedback.holding import RULES
from feedback.models import Comment, Tag
from feedback.personal import flags
from feedback.shape import shape
from initiatives.models import Initiative
from initiatives.record import Report

State = Comment.State
ANSWERABLE = (State.NEW, State.IN_HAND, State.CLOSED, State.SPAM)
HELD = dict.fromkeys([State.HELD, State.SPAM], f",{next(iter(RULES))},")
# How many; yes or no; how many days ago; which version was read; the comment
ANSWERS = [
    (40, True, 120, 1, ""),
    (10, False, 100, 1, ""),
    (24, False, 3, 2, ""),
    (4, False, 2, 2, "The timetable is missing."),
    (1, None, 1, 2, "Please print the timetable. Call 314-555-0142."),
]


def make(word):
    """Edit the last initiative and publish it; say much of it, and something in each state with a word that no others have;
    what an answer is written to has that word backwards.

    Prints the initiative's number, its key, its path and its title, each on a line.
    """
    item = next(one for one in Initiative.objects.order_by("-pk") if one.revisions.live().exists())
    item.body += "\n\nOpen on Sundays, too."
    item.save()
    item.publish(None, "Longer hours.")
    node = Report.live().by_key[item.key]
    about = {"page": node.url, "title": node.title, "item": node.key}
    said = [comment(*row, **about) for count, *row in ANSWERS for _ in range(count)]
    said += [comment(None, 1, 2, f"{word} {state}", state=state, held_for=HELD.get(state, ""), **about) for state in State.values]
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
