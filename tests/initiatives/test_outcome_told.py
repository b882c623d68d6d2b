"""What became of a text is told to who handed it in, on its page, by e-mail and on the desk; what changed
nothing says so.
"""

import pytest
from django.contrib.auth.models import Group, User
from django.core import mail
from django.urls import reverse

from initiatives.models import NoticePreference, Release
from initiatives.publishing import approval, authorship
from initiatives.publishing.publish import publish
from tests.builders import change, make_initiative
from tests.initiatives.edith import FRIDAY, words
from tests.initiatives.test_admin_items import live, messages, typed, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_in(club, arthur):
    arthur.email = "arthur@example.org"
    arthur.save()
    NoticePreference.objects.create(user=arthur, on_decision=True)
    change(club, by=arthur, title="Better club")
    return approval.submit(club, arthur)


@pytest.mark.parametrize("at", ["", FRIDAY])
def test_approved_and_published_is_told_in_the_page_the_e_mail_and_on_the_desk(  # noqa: PLR0917
    as_, edith, arthur, handed_in, desk, at, django_capture_on_commit_callbacks
):
    page = reverse("admin:approval", args=[handed_in.pk])
    with django_capture_on_commit_callbacks(execute=True):
        desk.client.post(page, {"do": "publish", "minor": "on", "at": at})
    told = (
        "It goes out Mar 6, 2026, 8:00 a.m. CST." if at else "Published Mar 2, 2026, 12:00 p.m. CST by edith."
    )
    shown = words(as_(arthur).get(page))
    assert told in shown
    assert "Next: an editor publishes it" not in shown
    assert told in words(as_(arthur).get(reverse("admin:index")))
    (letter,) = mail.outbox
    assert told in letter.body
    assert letter.subject == ("Approved: Better club" if at else "Published: Better club")
    if not at:
        assert 'href="/initiatives/club/">See it on the site' in shown
        assert 'href="/initiatives/club/"' in words(as_(arthur).get(reverse("admin:index")))
        assert "/initiatives/club/" in letter.body


def test_approved_alone_still_says_what_comes_next_and_published_later_says_so(  # noqa: PLR0917
    as_, edith, arthur, handed_in, desk, clock
):
    page = reverse("admin:approval", args=[handed_in.pk])
    desk.client.post(page, {"do": "approve"})
    assert "Next: an editor publishes it." in words(as_(arthur).get(page))
    clock.set("2026-03-03 12:00")
    change_of = type(make_initiative()).objects.get(key=handed_in.key)
    publish(change_of, edith, "Better.")
    assert "Published Mar 3, 2026, 12:00 p.m. CST by edith." in words(as_(arthur).get(page))


def test_publishing_an_unchanged_text_says_so_and_tells_a_changed_order_apart(as_, edith, club, desk):
    (told,) = messages(desk.press(club, "_publish"))
    assert told == "“Club” is on the site with this very text already: nothing was published."
    type(club).objects.filter(pk=club.pk).update(position=77)
    (told,) = messages(desk.press(club, "_publish"))
    assert told.endswith(
        "Only its place in the list is new: the outline publishes that, with “Publish this order”."
    )


def test_after_adding_to_a_release_one_lands_on_it(as_, edith, club, desk):
    path, client = reverse("admin:bulk", args=["initiative", "release"]), desk.client
    asked = client.get(path, {"item": club.pk})
    sent = {"item": club.pk, "release": "", "name": "Fall", "do": "apply", "seen": asked.context["seen"]}
    assert client.post(path, sent)["Location"] == reverse("admin:release", args=[Release.objects.get().pk])


def test_a_missing_change_note_has_a_link_to_its_field_and_the_focus(desk, club):
    response = desk.press(club, "_publish", title="New", minor=None)
    assert '<a href="#id_change_note" autofocus>Go to the change note</a>' in words(response)
    change(club, title="Waiting")
    response = desk.press(club, "_publish", of_public=True, summary="New.", minor=None)
    assert '<a href="#id_change_note" autofocus>' in words(response)
    assert live() == ["Club"]


def test_an_authors_form_submits_from_the_bar_and_says_before_what_is_missing(as_, arthur, club):
    client = as_(arthur)
    page = client.get(url("change", club)).content.decode()
    assert 'name="_submit"' in page[page.index("form-buttons") :]
    told = messages(client.post(url("change", club), typed(club, "_submit", summary=""), follow=True))
    assert told[0].startswith("Not submitted yet: your draft is saved.")
    assert told[1] == "Summary: Fill this in before you publish."
    assert not authorship.waiting_of(club.key)
    club.refresh_from_db()
    page = client.get(url("change", club))
    again = typed(club, "_submit", missing_seen=page.context["missing_seen"]())
    assert "waits for approval" in messages(client.post(url("change", club), again, follow=True))[0]


def test_a_new_account_in_a_group_may_sign_in(as_, alice):
    user = User.objects.create_user("nina")
    data = {"username": "nina", "is_active": "on", "groups": [Group.objects.get(name="Author").pk]}
    as_(alice).post(reverse("admin:auth_user_change", args=[user.pk]), data)
    user.refresh_from_db()
    assert user.is_staff
    as_(alice).post(reverse("admin:auth_user_change", args=[user.pk]), data)
    user.refresh_from_db()
    assert not user.is_staff  # taken away on purpose from somebody who is in a group


def test_the_sign_in_page_says_that_typed_text_is_kept(client, club):
    path = url("change", club)
    page = client.get(path, follow=True).content.decode()
    assert "Your browser keeps what you typed before you were signed out." in page
    assert "Your browser keeps" not in client.get("/admin/", follow=True).content.decode()
