"""The sandbox's made-up residents: what they said, what a reviewer did with it, and what the made-up city
answered.
"""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from feedback.models import Comment, Note
from initiatives.models import Revision
from initiatives.sandbox import fill_sandbox

State = Comment.State


@pytest.fixture(scope="module")
def sandbox(django_db_setup, django_db_blocker):
    """The sandbox, filled once for all tests of this file, and removed after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill_sandbox()
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.usefixtures("sandbox", "db")


def test_each_comment_is_about_a_version_that_the_public_could_read_on_that_day():
    assert Comment.objects.count() > 800
    windows = {(one.key, one.number): one for one in Revision.objects.once_in_force()}
    for comment in Comment.objects.all():
        window = windows[comment.item, comment.version]
        assert timezone.localdate(window.live_from) <= comment.date
        assert window.live_to is None or comment.date <= timezone.localdate(window.live_to)


def test_there_is_something_to_do_and_something_done():
    assert {state for state in State if Comment.objects.filter(state=state).exists()} == set(State)
    assert not Comment.objects.filter(
        state=State.NEW, date__lt=timezone.localdate() - timedelta(days=60)
    ).exists()
    assert Comment.objects.exclude(tags=None).exists()
    assert Comment.objects.exclude(personal="").exists()
    assert Note.objects.get().by_name == "rosa"


def test_the_answers_stand_in_public_and_lead_to_the_change(client):
    page = client.get("/you-said-we-did/").content.decode()
    assert page.count("You asked") >= 3
    assert "/initiatives/evening-gyms/compare/?to=" in page
    assert "You asked for longer hours" in client.get("/initiatives/evening-gyms/").content.decode()
    assert (
        "You asked"
        not in client.get(
            f"/as-of/{timezone.localdate() - timedelta(days=300)}/you-said-we-did/"
        ).content.decode()
    )


def test_the_numbers_tell_a_story(as_, rita):
    page = as_(rita).get("/admin/feedback/comment/numbers/").content.decode()
    fell = page[page.index("What fell") : page.index("Page by page")]
    assert "Bike Patrols" in fell
    assert "Evening Gyms" not in fell
