"""The sandbox: a made-up city with a past, which says on every page that it is made up."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from initiatives.audit.verify import verify
from initiatives.models import Initiative, Redaction, Release, Revision, Site, Submission
from initiatives.sandbox import NotASandboxError, Story, fill_sandbox
from tests.builders import make_initiative

LABEL = "everything here is made up"


@pytest.fixture(scope="module")
def sandbox(django_db_setup, django_db_blocker):
    """The sandbox, filled once for all tests of this file, and removed after them."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        fill_sandbox()
        yield
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


pytestmark = pytest.mark.usefixtures("sandbox", "db")


def day(days):
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def test_it_has_two_years_of_public_changes_by_several_people():
    public = Revision.objects.once_in_force()
    assert public.order_by("live_from").first().live_from < timezone.now() - timedelta(days=700)
    assert public.exclude(changes=",first,").count() >= 40
    assert set(public.values_list("publisher_name", flat=True)) >= {"dana", "ines"}


def test_it_has_one_of_each_thing_that_can_happen():
    assert Redaction.objects.count() == 1
    assert Release.objects.get().is_out()
    assert Submission.objects.get().state == "waiting"
    assert Revision.objects.upcoming().count() == 1
    kinds = {
        kind
        for changes in Revision.objects.once_in_force().values_list("changes", flat=True)
        for kind in changes.split(",")
    }
    assert kinds >= {"wording", "status", "figures", "address", "moved", "order", "withdrawn", "returned"}


def test_some_reviews_are_overdue(client):
    assert "A review was due" in client.get("/initiatives/summer-jobs/").content.decode()


@pytest.mark.parametrize(
    "path", ["/", "/report/", "/initiatives/summer-jobs/", "/updates/", "/no/such/page/"]
)
def test_every_page_says_that_it_is_made_up_today_and_in_the_past(client, path):
    for prefix in ("", f"/as-of/{day(-365)}"):
        assert LABEL in client.get(prefix + path).content.decode(), prefix + path


def test_the_desk_says_it_too(as_, alice):
    assert "all made up" in as_(alice).get("/admin/").content.decode()


def test_a_report_that_is_not_made_up_says_nothing_of_the_kind():
    assert "sandbox" not in Site(title="Real").recorded_fields()


def test_the_past_can_be_read_and_compared(client):
    assert "9 p.m." in client.get(f"/as-of/{day(-200)}/initiatives/evening-gyms/").content.decode()
    assert "10 p.m." in client.get("/initiatives/evening-gyms/").content.decode()
    assert "Four" in client.get("/initiatives/evening-gyms/compare/?from=1").content.decode()
    assert client.get(f"/as-of/{day(-600)}/initiatives/shop-locks/").status_code == 200
    assert client.get("/initiatives/shop-locks/")["Location"] == "/initiatives/safer-shops/"
    assert client.get("/initiatives/paint-week/").status_code == 410
    assert client.get(f"/as-of/{day(-800)}/").status_code == 404


def test_the_redacted_name_is_nowhere(client):
    for path in ("/initiatives/foot-patrols/", f"/as-of/{day(-600)}/initiatives/foot-patrols/"):
        page = client.get(path).content.decode()
        assert "Pat Example" not in page
        assert "[removed]" in page


def test_its_record_holds():
    assert list(verify(lambda text: None)) == []


def test_the_people_in_it_cannot_sign_in():
    people = get_user_model().objects.filter(username__in=["dana", "ines", "marco", "sam"])
    assert [person.has_usable_password() for person in people] == [False] * 4


def test_it_is_filled_once():
    out = StringIO()
    call_command("fill_sandbox", if_empty=True, stdout=out)
    assert "filled already" in out.getvalue()
    with pytest.raises(NotASandboxError):
        fill_sandbox()


def test_it_never_goes_into_a_database_that_holds_a_report():
    Site.objects.update(is_sandbox=False)
    make_initiative()
    before = Initiative.objects.count()
    with pytest.raises(CommandError, match="not made up"):
        call_command("fill_sandbox", if_empty=True, stdout=StringIO())
    assert Initiative.objects.count() == before


@pytest.mark.parametrize("stray", [{"000.": None}, {"and more": None}, {"nots": "Typed wrong."}])
def test_a_step_with_a_stray_key_is_refused(stray):
    step = {
        "day": -1,
        "by": "dana",
        "publish": "initiative/summer-jobs",
        "note": "The grant grew to $300",
        **stray,
    }
    with pytest.raises(ValueError, match="A text with a comma stands in quotes"):
        Story({"dana": None}).play(step)
    with pytest.raises(ValueError, match="A text with a comma stands in quotes"):
        Story({"dana": None}).play(
            {"day": -1, "by": "dana", "release": "r", "items": [{"item": "initiative/summer-jobs", **stray}]}
        )


def test_no_note_of_the_history_is_cut():
    assert Revision.objects.filter(note="The grant grew to $300,000.").exists()
