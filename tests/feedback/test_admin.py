"""The reviewers' desk: who sees comments, and that nobody changes them."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection

from feedback.models import Comment

LIST = "/admin/feedback/comment/"


@pytest.fixture
def comment(db):
    return Comment.objects.create(
        page="/about/", title="About", helpful=False, text="Two\nlines & <b>marks</b>", date="2030-01-02"
    )


@pytest.fixture
def one(comment):
    return f"{LIST}{comment.pk}/change/"


def test_a_reviewer_sees_the_list_with_page_day_answer_and_text(as_, rita, comment):
    text = as_(rita).get(LIST).content.decode()
    for part in ('href="/about/"', "About", "Jan. 2, 2030", ">No<", "lines &amp; &lt;b&gt;marks"):
        assert part in text
    assert "Add comment" not in text


def test_a_reviewer_sees_one_comment_whole_and_the_way_to_its_page(as_, rita, one):
    text = as_(rita).get(one).content.decode()
    assert "Two<br>lines &amp; &lt;b&gt;marks&lt;/b&gt;" in text
    assert '<a href="/about/" class="viewsitelink">' in text
    assert 'name="_save"' not in text
    assert "deletelink" not in text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=marks", 1),
        ("q=%2Fabout", 1),
        ("q=nothing", 0),
        ("helpful__exact=0", 1),
        ("helpful__exact=1", 0),
        ("helpful__isnull=True", 0),
        ("page=%2Fabout%2F", 1),
        ("page=%2F", 0),
        ("date__year=2030&date__month=1&date__day=2", 1),
        ("date__year=2029", 0),
    ],
)
def test_comments_can_be_searched_and_filtered(as_, rita, comment, query, found):
    response = as_(rita).get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert len(response.context["cl"].result_list) == found


def test_the_list_costs_the_same_however_long_it_is(as_, rita, django_assert_max_num_queries):
    Comment.objects.bulk_create(Comment(page="/", title="Home", text=f"No. {number}") for number in range(50))
    client = as_(rita)
    with django_assert_max_num_queries(12):
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize("who", ["rita", "alice"])
def test_nobody_can_change_or_add_a_comment(as_, request, who, comment, one):
    client = as_(request.getfixturevalue(who))
    fields = {"page": "/", "title": "Forged", "text": "Forged", "helpful": "true", "date": "2030-01-01"}
    assert client.post(one, fields).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}add/", fields).status_code == 403
    assert list(Comment.objects.values_list("text", flat=True)) == [comment.text]


def test_a_reviewer_cannot_delete(as_, rita, comment):
    client = as_(rita)
    assert client.post(f"{LIST}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    client.post(LIST, {"action": "delete_selected", "_selected_action": str(comment.pk), "post": "yes"})
    assert Comment.objects.count() == 1


def test_an_administrator_can_delete_and_the_log_does_not_keep_the_text(as_, alice, comment):
    as_(alice).post(f"{LIST}{comment.pk}/delete/", {"post": "yes"})
    assert Comment.objects.count() == 0
    assert LogEntry.objects.get().object_repr == "About, January 2, 2030"


@pytest.mark.parametrize("who", ["edith", "arthur"])
def test_editors_and_authors_do_not_see_feedback(as_, request, who, one):
    client = as_(request.getfixturevalue(who))
    assert [client.get(path).status_code for path in (LIST, one)] == [403, 403]


def test_the_public_is_sent_to_sign_in(client, one):
    for path in (LIST, one):
        response = client.get(path)
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/")


def test_a_reviewer_may_do_nothing_else(as_, rita, db):
    permissions = Group.objects.get(name="Reviewer").permissions
    assert set(permissions.values_list("content_type__app_label", flat=True)) == {"feedback"}
    assert not permissions.filter(codename__startswith="delete_").exists()
    assert as_(rita).get("/admin/initiatives/initiative/").status_code == 403


def test_the_group_is_there_however_often_the_migration_runs(db):
    import_module("feedback.migrations.0003_reviewer").create_reviewer(apps, SimpleNamespace(connection=connection))
    assert Group.objects.filter(name="Reviewer").count() == 1
