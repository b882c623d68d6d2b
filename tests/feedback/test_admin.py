"""Who may open the inbox and what they may do there; that nobody changes, adds or deletes a comment."""

from importlib import import_module
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import connection

from feedback.models import Comment, Note, Tag

LIST = "/admin/feedback/comment/"


@pytest.fixture
def comment(db):
    return Comment.objects.create(
        page="/about/", title="About", helpful=False, text="Two\nlines & <b>marks</b>", date="2030-01-02"
    )


@pytest.fixture
def one(comment):
    return f"{LIST}{comment.pk}/change/"


def pages(comment):
    """Every page of the inbox with the methods that it takes."""
    own = f"{LIST}{comment.pk}/"
    return {
        LIST: "GET",
        f"{LIST}triage/": "GET POST",
        f"{LIST}rules/": "GET",
        f"{LIST}numbers/": "GET",
        f"{LIST}digest/": "GET POST",
        f"{LIST}records/": "GET POST",
        f"{LIST}export.csv": "GET",
        f"{LIST}export.json": "GET",
        f"{LIST}sort/": "POST",
        f"{LIST}undo/": "POST",
        f"{LIST}steps/": "GET",
        f"{own}change/": "GET",
        f"{own}show/": "POST",
        f"{own}note/": "POST",
        f"{own}redact/": "GET POST",
    }


def test_a_reviewer_sees_the_list_with_page_day_answer_and_text(as_, rita, comment):
    text = as_(rita).get(LIST).content.decode()
    for part in ("About</a>", "Jan 2, 2030", "Helpful: no", "lines &amp; &lt;b&gt;marks"):
        assert part in text


def test_a_reviewer_sees_one_comment_whole_and_the_way_to_its_page(as_, rita, one):
    text = as_(rita).get(one).content.decode()
    assert "Two<br>lines &amp; &lt;b&gt;marks&lt;/b&gt;" in " ".join(text.split())
    assert '<a href="/about/">' in text


def test_to_look_changes_nothing(as_, rita, comment):
    for address in pages(comment):
        as_(rita).get(address)
    comment.refresh_from_db()
    assert (comment.state, comment.read_on, comment.handlings.count()) == ("new", None, 0)


@pytest.mark.parametrize("who", ["rita", "alice"])
def test_nobody_can_change_add_or_delete_a_comment(as_, request, who, comment, one):
    client = as_(request.getfixturevalue(who))
    fields = {"page": "/", "title": "Forged", "text": "Forged", "helpful": "true", "date": "2030-01-01"}
    assert client.post(one, fields).status_code == 405
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}add/", fields).status_code == 403
    assert client.post(f"{LIST}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    assert (
        client.post(
            LIST, {"action": "delete_selected", "_selected_action": str(comment.pk), "post": "yes"}
        ).status_code
        == 405
    )
    assert list(Comment.objects.values_list("text", flat=True)) == [comment.text]


@pytest.mark.parametrize("who", ["edith", "arthur"])
def test_editors_and_authors_do_not_see_feedback(as_, request, who, comment):
    client = as_(request.getfixturevalue(who))
    for address, methods in pages(comment).items():
        for method in methods.split():
            assert client.generic(method, address).status_code == 403, address


def test_who_may_only_look_cannot_act(as_, rita, comment):
    reviewer = Group.objects.get(name="Reviewer")
    reviewer.permissions.set(reviewer.permissions.filter(codename="view_comment"))
    client = as_(rita)
    assert client.get(LIST).status_code == client.get(f"{LIST}{comment.pk}/change/").status_code == 200
    for address, methods in pages(comment).items():
        if "POST" in methods and not address.endswith(
            "digest/"
        ):  # what they get by e-mail they choose themselves
            assert client.post(address).status_code == 403, address


def test_each_page_takes_its_methods_and_no_others(as_, rita, comment):
    client = as_(rita)
    for address, methods in pages(comment).items():
        for method in {"GET", "POST", "PUT", "DELETE"} - set(methods.split()):
            assert client.generic(method, address).status_code == 405, (method, address)


def test_an_id_that_there_is_not_is_not_found(as_, rita, comment):
    client = as_(rita)
    for pk in (uuid4(), "7", "x"):
        for page in ("change/", "redact/"):
            assert client.get(f"{LIST}{pk}/{page}", follow=True).status_code == 404
        assert client.post(f"{LIST}{pk}/note/", {"note": "x"}, follow=True).status_code == 404


def test_the_public_is_sent_to_sign_in(client, comment):
    for path in pages(comment):
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


def test_a_reviewer_may_do_nothing_else(as_, rita, db):
    permissions = Group.objects.get(name="Reviewer").permissions
    assert set(permissions.values_list("content_type__app_label", flat=True)) == {"feedback"}
    assert not permissions.filter(codename__startswith="delete_").exists()
    assert as_(rita).get("/admin/initiatives/initiative/").status_code == 403


def test_a_note_is_kept_with_who_wrote_it_and_an_empty_one_is_not(as_, rita, comment, one):
    client = as_(rita)
    client.post(f"{LIST}{comment.pk}/note/?state=all", {"note": "Ask the parks <b>team</b>."})
    client.post(f"{LIST}{comment.pk}/note/", {"note": "  "})
    client.post(f"{LIST}{comment.pk}/note/", {"note": "x" * 2001})
    client.post(f"{LIST}{comment.pk}/note/", {"note": "A\0B"})
    assert set(Note.objects.values_list("text", "by_name")) == {
        ("Ask the parks <b>team</b>.", "rita"),
        ("A\N{REPLACEMENT CHARACTER}B", "rita"),
    }
    assert "Ask the parks &lt;b&gt;team" in client.get(one).content.decode()


def test_reviewers_make_tags_and_others_cannot_see_them(as_, rita, edith):
    as_(rita).post("/admin/feedback/tag/add/", {"name": "lights"})
    assert Tag.objects.get().name == "lights"
    assert as_(edith).get("/admin/feedback/tag/").status_code == 403


def test_what_staff_are_told_sets_no_cookie_for_the_public_pages(as_, rita, comment):
    client = as_(rita)
    client.post(f"{LIST}{comment.pk}/note/", {"note": "Kept."})
    assert {cookie["path"] for cookie in client.cookies.values()} <= {"/admin/", "/"}
    assert "messages" not in client.cookies


def test_the_group_is_there_however_often_the_migration_runs(db):
    import_module("feedback.migrations.0003_reviewer").create_reviewer(
        apps, SimpleNamespace(connection=connection)
    )
    assert Group.objects.filter(name="Reviewer").count() == 1
