"""The hour of a comment is in nothing that is kept, also beside the public record, which is exact to the
second.
"""

import random
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.models import Comment, CommentRedaction, Handling, Note
from feedback.pages import find_page
from initiatives.models import Initiative, Pillar, Section, Site
from initiatives.publishing.publish import publish, unpublish
from initiatives.report.report import Report
from tests.builders import make_initiative, make_pillar, make_section, make_site

pytestmark = pytest.mark.django_db

RESIDENTS = ("page", "title", "item", "version", "date", "language", "held_for", "state", "helpful")


def rows():
    return sorted(map(str, Comment.objects.values_list(*RESIDENTS)))


@pytest.fixture
def town(clock):
    """A site with two pillars, sections and an initiative, public since yesterday; it is noon."""
    clock.set("2030-03-04 12:00")
    make_site()
    one, other = make_pillar(slug="one"), make_pillar(slug="other")
    section = make_section(pillar=one, slug="parks")
    make_section(pillar=other, slug="jobs")
    make_initiative(section=section, slug="swings", title="Swings")
    clock.set("2030-03-05 12:00")


def republish(item, **fields):
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    publish(item, by=None)


def reword(number):
    republish(Initiative.objects.get(), summary=f"Wording {number}.")


def rename(number):
    republish(Initiative.objects.get(), title=f"Swings {number}", slug=f"swings-{number}")


def rename_pillar(number):
    republish(Pillar.objects.order_by("pk").first(), slug=f"one-{number}", title=f"One {number}")


def rename_section(number):
    republish(Section.objects.order_by("pk").first(), slug=f"parks-{number}", title=f"Parks {number}")


def move_section(number):
    section = Section.objects.order_by("pk").first()
    republish(section, pillar=Pillar.objects.exclude(pk=section.pillar_id).first())


def move(number):
    item = Initiative.objects.get()
    republish(item, section=Section.objects.exclude(pk=item.section_id).order_by("pk").first())


def settings_change(number):
    republish(Site.objects.get(), title=f"Safety {number}")


STEPS = (reword, rename, rename_pillar, rename_section, move_section, move, settings_change)
ITEMS = (Initiative, Section, Pillar)


def addresses_now():
    """Return the addresses of the pages as anybody finds them now: of the initiative, its history,
    sections, pillars and home.
    """
    report = Report.live()
    own = sorted((str(node.key), node.url) for node in report.nodes)
    past = reverse("initiative_history", args=[report.initiatives[0].slug])
    return [*(url for _, url in own), past, reverse("home"), reverse("about")]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), min_size=1, max_size=4), data=st.data())
def test_two_comments_of_a_day_are_alike_whatever_was_published_between_them(town, post, clock, steps, data):
    which = data.draw(st.integers(0, len(addresses_now()) - 1))
    Comment.objects.all().delete()
    before = addresses_now()[which]
    assert post({"page": before, "comment": "Words."}, REMOTE_ADDR="203.0.113.1").status_code == 303
    for number, step in enumerate(steps):
        clock.now += timedelta(minutes=7)
        step(f"{clock.now:%H-%M}-{number}")
    after = addresses_now()[which]
    for page in (after, before):
        assert post({"page": page, "comment": "Words."}, REMOTE_ADDR="203.0.113.2").status_code == 303
    kept = rows()
    assert len(kept) in (2, 3)
    assert len(set(kept)) == 1
    clock.now += timedelta(days=1)


def test_it_is_the_version_of_the_morning(town, post, clock):
    page = reverse("initiative", args=["swings"])
    clock.set("2030-03-05 00:00")
    reword(1)
    clock.set("2030-03-05 09:00")
    rename(2)
    post({"page": page, "comment": "Words."})
    row = Comment.objects.get()
    assert (row.page, row.title, row.version, row.date) == (page, "Swings", 2, date(2030, 3, 5))
    clock.set("2030-03-06 00:00")
    post({"page": page, "comment": "Next day."})
    row = Comment.objects.get(text="Next day.")
    assert (row.page, row.title, row.version) == (reverse("initiative", args=["swings-2"]), "Swings 2", 3)


def test_of_a_page_new_that_day_it_is_the_first(town, post, clock):
    item = make_initiative(section=Section.objects.first(), slug="gym", title="Gym")
    clock.now += timedelta(minutes=5)
    republish(item, title="Evening Gym", slug="evening-gym")
    post({"page": reverse("initiative", args=["evening-gym"]), "comment": "Words."})
    row = Comment.objects.get()
    assert (row.page, row.title, row.version) == (reverse("initiative", args=["gym"]), "Gym", 1)


def test_of_a_page_that_left_and_came_back_that_day_it_is_what_stood_there_before(town, post, clock):
    item, page = Initiative.objects.get(), reverse("initiative", args=["swings"])
    unpublish(item, by=None)
    clock.now += timedelta(minutes=5)
    post({"page": page, "comment": "Gone."})
    republish(item, title="Swings again")
    post({"page": page, "comment": "Back."})
    assert set(Comment.objects.values_list("page", "title", "version")) == {(page, "Swings", 1)}


def test_the_thanks_and_the_errors_lead_to_the_page_as_it_is_now(town, post, client):
    page = reverse("initiative", args=["swings"])
    rename(2)
    now = reverse("initiative", args=["swings-2"])
    assert f'href="{now}"' in client.get(post({"page": page, "helpful": "yes"})["Location"]).content.decode()
    assert f'name="page" value="{now}"' in post({"page": page}).content.decode()


def test_the_same_sending_across_a_rename_and_midnight_is_one_row(town, post, clock):
    fields = {
        "page": reverse("initiative", args=["swings"]),
        "comment": "Words.",
        "once": "0123456789abcdef" * 2,
    }
    post(fields)
    rename(2)
    clock.now += timedelta(days=1)
    assert post(fields).status_code == 303
    assert Comment.objects.count() == 1


def test_no_column_of_what_residents_or_reviewers_leave_has_an_hour():
    for model in (Comment, Handling, Note, CommentRedaction):
        kinds = {field.name: field.get_internal_type() for field in model._meta.concrete_fields}
        assert "DateTimeField" not in kinds.values(), (model, kinds)


BEFORE, AFTER = [("feedback", "0010_urgent_and_exports")], [("feedback", "0011_days_without_hours")]


@pytest.fixture
def old_tables():
    """The models of the tables as they were when they kept hours; afterwards all migrations again."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    call_command("migrate", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_what_is_kept_already_loses_its_hours(town, clock, old_tables):
    item, site = Initiative.objects.get(), Site.objects.get()
    rename(2)
    settings_change(2)
    comment = old_tables.get_model("feedback", "Comment").objects
    said = {"date": date(2030, 3, 5), "text": "Words.", "held_for": ",limit,links,quick,"}
    page = reverse("initiative", args=["swings-2"])
    one = comment.create(page=page, title="Swings 2", item=item.key, version=2, **said)
    comment.create(page=f"{page}history/", title="History: Swings 2", **said)
    comment.create(page="/about/", title="About this report", version=site.revisions.count(), **said)
    for name, more in (
        ("Handling", {"changes": {}}),
        ("Note", {"text": "x"}),
        ("CommentRedaction", {"passages": 1, "reason": "x"}),
    ):
        old_tables.get_model("feedback", name).objects.create(
            comment_id=one.pk, at=clock.now + timedelta(hours=11), **more
        )
    executor = MigrationExecutor(connection)
    executor.migrate(AFTER)
    old = reverse("initiative", args=["swings"])
    assert set(Comment.objects.values_list("page", "title", "version", "held_for")) == {
        (old, "Swings", 1, ",links,"),
        (f"{old}history/", "History: Swings", None, ",links,"),
        ("/about/", "About this report", 1, ",links,"),
    }
    days = {
        model.objects.values_list("done_on", flat=True).get() for model in (Handling, Note, CommentRedaction)
    }
    assert days == {date(2030, 3, 5)}


def test_pages_are_found_by_every_address_they_had(town):
    for number in random.Random(1).sample(range(9), 3):
        rename(number)
    assert find_page(reverse("initiative", args=["swings"])).path == Report.live().initiatives[0].url


def test_a_number_that_the_city_publishes_that_day_counts_as_its_own_from_the_next_morning(town, post, clock):
    page = Report.live().initiatives[0].url
    post({"page": page, "comment": "314-555-0123 is always busy"})
    republish(Initiative.objects.get(), body="Call 314-555-0123.")
    post({"page": page, "comment": "Nobody answers 314-555-0123"})
    assert set(Comment.objects.values_list("personal", flat=True)) == {",phone,"}
    clock.set("2030-03-06 12:00")
    post({"page": page, "comment": "Who answers 314-555-0123?"})
    assert Comment.objects.get(text__startswith="Who").personal == ""
