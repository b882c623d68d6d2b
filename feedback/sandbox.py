"""What residents of the made-up city said about its report, and what it answered. See initiatives/sandbox.py.

`fixtures/sandbox/feedback.yaml` holds the comments, on days before today. Nobody's real words are among them.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.db.models import Q, QuerySet
from django.utils import timezone

from feedback.contacts import Public
from feedback.inbox.handling import Wish, handle
from feedback.intake.shape import shape
from feedback.intake.urgency import urgent_kinds
from feedback.models import Answer, Comment, Note, Tag
from feedback.pages import find_page, morning
from feedback.personal import flags
from initiatives.models import KINDS, Item, Revision
from initiatives.publishing.publish import publish
from initiatives.report import history
from initiatives.report.report import Report
from initiatives.sandbox import ACTIONS, EPILOGUES, Story, clock_at, moment_on, person, refuse_stray

HELPFUL = {"helpful": True, "not": False, "none": None}
# The reviewer reads what came in once a month; what came in the last days is new.
BEGIN, READ_EVERY, STILL_NEW = -700, 30, 12


def answer(story: Story, ref: str, by: Any, step: dict[str, Any]) -> None:
    """Publish an answer on the page of an item; where it led to a change, that is the item's last one."""
    about = story.item(ref)
    led_to = (
        history.as_news(list(history.news(key=about.key)[:1]), Report.live())[0].compare_url
        if "led_to_change" in step
        else ""
    )
    made = Answer(title=step["title"], slug=step["slug"], body=step["body"], about=about.key, led_to=led_to)
    made.full_clean()
    made.save()
    publish(made, by)


def tell_feedback(folder: Path) -> None:
    """Make the comments, the same each time, and what a reviewer did with them."""
    told = yaml.safe_load((folder / "feedback.yaml").read_text(encoding="utf-8"))
    [rosa] = [person(name, group) for name, group in told["people"].items()]
    tags = {name: Tag.objects.create(name=name) for name in told["tags"]}
    report = Report.live()
    for ref, spells in told["pages"].items():
        Comment.objects.bulk_create(comments(report, ref, spells, told["held"]))
    for day in range(BEGIN, -STILL_NEW, READ_EVERY):
        with clock_at(day):
            came = Comment.objects.filter(date__lte=timezone.localdate(), state=Comment.State.NEW)
            handle(came, rosa, Wish("read"))
    for step in (*told["sorted"], *told["notes"]):
        refuse_stray(step, {"day", "text", "do", "tag", "note"})
    for step in told["sorted"]:
        with clock_at(step["day"]):
            handle(beginning(step["text"]), rosa, Wish(step["do"], tag=tags.get(step.get("tag"))))
    for step in told["notes"]:
        with clock_at(step["day"]):
            Note.objects.create(
                comment=beginning(step["text"]).get(), text=step["note"], by=rosa, by_name=rosa.get_username()
            )
    for slug, texts in told["answered"].items():
        beginning(*texts).update(answer=Answer.objects.get(slug=slug), state=Comment.State.ANSWERED)


ACTIONS["answer"] = answer
if tell_feedback not in EPILOGUES:
    EPILOGUES.append(tell_feedback)


def comments(
    report: Report, ref: str, spells: list[dict[str, Any]], held: dict[str, str]
) -> Iterator[Comment]:
    """Yield the unsaved comments about a page, named kind/slug. Bare answers are spread over the days of
    their spell.

    Raises ValueError where the page was not public on a day, so that what was said cannot drift from the
    history.
    """
    kind, slug = ref.split("/")
    item: Item = KINDS[kind]._default_manager.get(slug=slug)
    versions = list(Revision.objects.once_live().filter(key=item.key).defer("html"))
    public, chance = Public(), random.Random(ref)  # noqa: S311
    for spell in spells:
        refuse_stray(spell, {"from", "to", "said", *HELPFUL})
        said = [
            (chance.randint(spell["from"], spell["to"]), word, "")
            for word in HELPFUL
            for _ in range(spell.get(word, 0))
        ]
        for day, word, text in said + spell.get("said", []):
            when = moment_on(day, minutes=60)
            read = find_page(report.by_key[item.key].url, morning(timezone.localdate(when)))
            if read is None or not any(one.is_live(when) for one in versions):
                raise ValueError(f"{ref} was not public on day {day}.")
            held_for = next((f",{rule}," for begins, rule in held.items() if text.startswith(begins)), "")
            yield Comment(
                page=read.path,
                title=read.title,
                item=read.item,
                version=read.version,
                helpful=HELPFUL[word],
                text=text,
                date=timezone.localdate(when),
                personal=flags(text, public),
                shape=shape(text),
                urgent=bool(urgent_kinds(text)),
                held_for=held_for,
                state=Comment.first_state(text, held_for),
            )


def beginning(*texts: str) -> QuerySet[Comment]:
    """Return the comments that begin so. Raises ValueError where there is none to one of them."""
    wanted = Q(pk=None)
    for text in texts:
        if not Comment.objects.filter(text__startswith=text).exists():
            raise ValueError(f"No comment begins with “{text}”.")
        wanted |= Q(text__startswith=text)
    return Comment.objects.filter(wanted)
