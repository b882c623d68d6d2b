"""A desk at which anything may be done in any order while the clock moves, and what the public saw all the
while.
"""

import re
from datetime import timedelta
from itertools import count, pairwise

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from initiatives.audit.passages import Removal
from initiatives.audit.redaction import redact
from initiatives.audit.seals import seal_ended_days
from initiatives.audit.verify import verify
from initiatives.models import Revision
from initiatives.publishing import windows as timeline
from initiatives.publishing.beside import publish_position
from initiatives.publishing.publish import publish, save_draft, schedule, unpublish
from initiatives.publishing.restore import restore
from initiatives.report.report import Report
from tests.builders import make_initiative, make_pillar, make_section, make_site
from tests.initiatives.reading import words

MARKER = re.compile(r"zq\d+q")
ITEMS = st.integers(0, 3)
SLUGS = st.sampled_from(["camp", "lamps", "parks", "jobs", "courts"])
SECOND = timedelta(seconds=1)


class DeskMachine(RuleBasedStateMachine):
    """Four items, a section among them. Each saved text holds a word of its own, by which it is known."""

    clock = None

    def __init__(self):
        super().__init__()
        self.sandbox = transaction.atomic()
        self.sandbox.__enter__()
        self.client, self.numbers = Client(), count(1)
        self.saved, self.redacted = set(), set()
        self.seen, self.days = {}, {}

    @initialize()
    def open_the_desk(self):
        self.clock.set("2026-03-01 09:00")
        make_site()
        pillar = make_pillar(slug="part")
        self.sections = [make_section(pillar=pillar, slug=slug) for slug in ("youth", "streets")]
        rest = [
            make_initiative(section=self.sections[0], slug=slug, publish=slug == "one")
            for slug in ("one", "two", "three")
        ]
        self.items = [(type(item), item.key) for item in (*rest, self.sections[1])]
        self.tick()

    def tick(self):
        """Let time go by, and remember what the public saw between two moments."""
        self.clock.now += SECOND
        self.seen[timezone.now()] = self.told(Report.live())
        self.clock.now += SECOND

    def told(self, report):
        return {
            (n.key, n.revision, n.slug, n.title, n.fields.get("summary"), n.parent_key, n.position)
            for n in report.by_key.values()
        }

    def item(self, number):
        """Return the working copy, fresh from the database; None where it was deleted."""
        model, key = self.items[number]
        return model.objects.filter(key=key).first()

    def marker(self):
        return f"zq{next(self.numbers)}q"

    def attempt(self, act, *args, **more):
        """Do something as the desk would: all of it or nothing. An explained refusal is no failure."""
        try:
            with transaction.atomic():
                return act(*args, **more)
        except ValidationError:
            return None
        except IntegrityError as error:
            assert "windows" in str(error), error
            return None

    def change(self, number, **fields):
        item = self.item(number)
        if item is None:
            return
        for name, value in fields.items():
            setattr(item, name, value)

        def save():
            item.clean()
            item.save()
            return save_draft(item, None)

        if self.attempt(save):
            self.saved |= set(MARKER.findall(str(fields)))

    # What may be done

    @rule(number=ITEMS)
    def save(self, number):
        mark = self.marker()
        self.change(number, title=f"Title {mark}", summary=f"Said {mark}.")

    @rule(number=ITEMS)
    def save_and_publish(self, number):
        self.save(number)
        self.publish(number)

    @rule(number=ITEMS)
    def publish(self, number):
        item = self.item(number)
        if item:
            self.attempt(publish, item, None, f"Note {self.marker()}")

    @rule(number=ITEMS, minutes=st.integers(1, 3000))
    def schedule(self, number, minutes):
        item = self.item(number)
        if item:
            self.attempt(
                schedule, item, None, timezone.now() + timedelta(minutes=minutes), f"Note {self.marker()}"
            )

    @rule(pick=st.integers(0, 9))
    def call_off(self, pick):
        upcoming = list(Revision.objects.upcoming())
        if upcoming:
            self.attempt(timeline.cancel_scheduled, upcoming[pick % len(upcoming)])

    @rule(number=st.integers(0, 2), section=st.integers(0, 1))
    def move(self, number, section):
        self.change(number, section=self.sections[section])

    @rule(number=ITEMS, slug=SLUGS)
    def rename(self, number, slug):
        self.change(number, slug=slug)

    @rule(number=ITEMS, position=st.integers(0, 5))
    def reorder(self, number, position):
        item = self.item(number)
        if item:
            type(item).objects.filter(pk=item.pk).update(position=position)
            self.attempt(publish_position, self.item(number), None)

    @rule(number=ITEMS)
    def unpublish(self, number):
        item = self.item(number)
        if item:
            self.attempt(unpublish, item, None, "It is over.")

    @rule(number=ITEMS, minutes=st.integers(1, 3000))
    def withdraw_later(self, number, minutes):
        item = self.item(number)
        if item:
            self.attempt(
                unpublish,
                item,
                None,
                f"Reason {self.marker()}",
                at=timezone.now() + timedelta(minutes=minutes),
            )

    @rule(number=st.integers(0, 2))
    def delete(self, number):
        item = self.item(number)
        if item:
            self.attempt(lambda: (unpublish(item, None), item.delete()))

    @rule(pick=st.integers(0, 30))
    def restore(self, pick):
        found = list(
            Revision.objects.texts().filter(
                kind__in=["initiative", "section"], key__in=[key for _, key in self.items]
            )
        )
        self.attempt(restore, found[pick % len(found)], None)

    @rule(pick=st.integers(0, 30))
    def redact(self, pick):
        marks = sorted(self.saved - self.redacted)
        if marks:
            mark = marks[pick % len(marks)]
            if self.attempt(redact, Removal([mark]), "The law asks for it.", None):
                self.redacted.add(mark)

    @rule(minutes=st.integers(1, 400))
    def wait(self, minutes):
        self.pass_time(timezone.now() + timedelta(minutes=minutes))

    @rule()
    def sleep(self):
        self.pass_time(timezone.now() + timedelta(hours=20))

    def pass_time(self, until):
        """Let time go by; at the last instant of a day keep what its pages say, then seal what has ended."""
        day = timezone.localdate()
        next_day = timezone.datetime.combine(day + timedelta(days=1), timezone.datetime.min.time())
        midnight = timezone.make_aware(next_day)
        if midnight <= until:
            self.clock.now = midnight - timedelta(microseconds=1)
            self.seen[self.clock.now] = self.told(Report.live())
            self.days[day] = {path: self.main(path) for path in self.paths()}
        self.clock.now = until
        seal_ended_days()

    def paths(self):
        return ["/report/", *(node.url for node in Report.live().initiatives)]

    def main(self, path):
        """Return the words of the main part of a page."""
        text = self.client.get(path).content.decode()
        return words(re.search("<main.*</main>", text, re.S)[0])

    # What must hold

    @invariant()
    def what_is_public_shows_no_draft(self):
        if self.seen:
            self.tick()
            self.look("/report/", "/updates/", "/updates/feed/")

    def look(self, *paths):
        secret = self.secret()
        for path in paths:
            shown = set(MARKER.findall(self.client.get(path).content.decode()))
            assert not shown & secret, path
            assert not shown & self.redacted, path

    def secret(self):
        """Return the words that stand in drafts and what is scheduled, and nowhere in what was public."""
        kept = Revision.objects.defer("html")
        rows = [(row.live_from, f"{row.title} {row.fields} {row.note}") for row in kept]
        public = {mark for at, text in rows if at and at <= timezone.now() for mark in MARKER.findall(text)}
        return {mark for _, text in rows for mark in MARKER.findall(text)} - public

    @invariant()
    def windows_of_an_item_follow_one_another(self):
        windows = (
            Revision.objects.exclude(live_from=None)
            .order_by("key", "live_from")
            .values_list("key", "live_from", "live_to")
        )
        rows = list(windows)
        for (key, _, end), (other, start, _) in pairwise(rows):
            assert key != other or end == start

    def teardown(self):
        try:
            if self.seen:
                self.close_the_desk()
        finally:
            transaction.set_rollback(True)
            self.sandbox.__exit__(None, None, None)

    def close_the_desk(self):
        """Hold the whole past against what was seen in it."""
        self.pass_time(timezone.now() + timedelta(days=3))
        pages = ["/", "/documents/", "/sitemap.xml", "/record/", "/part/", "/part/youth/", "/part/streets/"]
        for slug in {
            slug for _, slug in Revision.objects.filter(kind="initiative").values_list("key", "slug")
        }:
            pages += [
                f"/initiatives/{slug}/",
                f"/initiatives/{slug}/history/",
                f"/initiatives/{slug}/compare/",
            ]
            pages += [
                f"/initiatives/{slug}/feed/",
                f"/initiatives/{slug}/history/2/",
                f"/initiatives/{slug}/history/3.json",
            ]
        self.look(*pages)
        for at, told in self.seen.items():
            assert self.told(Report.live(at)) == self.bare(told), at
        for day, shown in self.days.items():
            for path, text in shown.items():
                past = self.main(f"/as-of/{day}{path}")
                assert past
                assert self.bare(text).startswith(past), (day, path)
        kept = set(MARKER.findall(str([(row.title, row.fields) for row in Revision.objects.all()])))
        assert kept >= self.saved - self.redacted
        assert not kept & self.redacted
        assert [str(finding) for finding in verify(lambda text: None)] == []

    def bare(self, told):
        """Return what was seen as it reads once the words that were removed for good are gone."""
        if isinstance(told, str):
            return MARKER.sub(lambda mark: "[removed]" if mark[0] in self.redacted else mark[0], told)
        return {tuple(self.bare(part) if isinstance(part, str) else part for part in row) for row in told}
