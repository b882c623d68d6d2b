"""Sending feedback: what is stored, what is refused, and that nothing typed is ever lost."""

import re
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import timezone

from feedback.models import Comment
from initiatives.models import Initiative, Section
from initiatives.publishing.publish import publish, unpublish
from tests.builders import make_section
from tests.feedback.conftest import typed


def test_an_answer_with_a_comment_is_stored_and_leads_to_the_thanks_by_303(post, page, stored):
    response = post({"page": page, "helpful": "yes", "comment": "Clear and short."})
    assert response.status_code == 303
    assert response["Location"].startswith("/feedback/thanks/?page=")
    assert stored() == [(page, True, "Clear and short.")]


@pytest.mark.parametrize(("answer", "kept"), [("yes", True), ("no", False)])
def test_a_bare_answer_is_enough(post, page, stored, answer, kept):
    assert post({"page": page, "helpful": answer, "comment": ""}).status_code == 303
    assert post({"page": "/", "helpful": answer}).status_code == 303
    assert sorted(stored()) == [("/", kept, ""), (page, kept, "")]


def test_what_was_written_waits_for_a_reader_and_a_bare_answer_does_not_bury_it(post, page, read_page):
    post({"page": page, "stamp": read_page, "helpful": "yes"})
    post({"page": page, "stamp": read_page, "helpful": "no", "comment": "Which park?"})
    assert dict(Comment.objects.values_list("text", "state")) == {"": "closed", "Which park?": "new"}


def test_a_bare_comment_is_enough(post, page, stored):
    assert post({"page": page, "comment": "Where is it held?"}).status_code == 303
    assert stored() == [(page, None, "Where is it held?")]


def test_neither_is_an_error_that_names_the_field(post, page, stored):
    response = post({"page": page, "comment": ""})
    text = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error: " in text.replace("\n", "").replace("  ", "")
    assert 'href="#feedback-yes"' in text
    assert 'aria-invalid="true" aria-describedby="feedback-helpful-error"' in text
    assert stored() == []


def test_another_answer_than_yes_or_no_is_refused_with_the_text_kept(post, page, stored):
    response = post({"page": page, "helpful": "maybe", "comment": "Hm."})
    assert (response.status_code, typed(response)) == (422, "Hm.")
    assert stored() == []


def test_an_error_page_keeps_the_answer_and_shows_one_form(post, page):
    text = post({"page": page, "helpful": "no", "comment": "x" * 501}).content.decode()
    assert text.count('id="feedback-comment"') == 1
    assert text.count("checked") == 1
    assert f'name="page" value="{page}"' in text


def test_markup_in_a_comment_is_shown_as_text(post, page):
    comment = "</textarea><script>alert(1)</script>" + "x" * 500
    response = post({"page": page, "comment": comment})
    assert b"<script>alert" not in response.content
    assert typed(response) == comment


def test_a_comment_keeps_its_first_line_break_and_its_spaces(post, page, stored):
    post({"page": page, "comment": "\r\n  indented \r\n"})
    assert stored() == [(page, None, "\n  indented \n")]
    assert typed(post({"page": page, "comment": "\n" + "x" * 500})) == "\n" + "x" * 500


# The page


def test_the_title_is_the_records_whatever_the_client_says(post, page):
    post({"page": page, "helpful": "yes", "title": "Forged"})
    assert Comment.objects.get().title == "Night Basketball"


def test_what_is_said_of_an_items_past_is_not_said_of_its_page(client, post, page, as_, rita):
    item = Initiative.objects.get()
    for part, title in (("history", "History: Night Basketball"), ("compare", "Compare: Night Basketball")):
        stamp = re.search(r'name="stamp" value="([^"]+)"', client.get(f"{page}{part}/").content.decode())[1]
        assert post({"page": f"{page}{part}/", "stamp": stamp, "comment": "Too long."}).status_code == 303
        row = Comment.objects.get(page=f"{page}{part}/")
        assert (row.title, row.item, row.version) == (title, None, None)
    assert "Too long." not in as_(rita).get("/admin/feedback/comment/?state=all&under=gone").content.decode()
    unpublish(item, by=None)
    assert post({"page": f"{page}history/", "comment": "Why?"}).status_code == 303
    assert post({"page": "/initiatives/never-was/history/", "comment": "Why?"}).status_code == 400


@pytest.mark.parametrize("name", ["home", "report", "documents", "about", "privacy", "accessibility"])
def test_every_page_of_the_site_itself_can_be_commented_on(post, page, name):
    assert post({"page": reverse(name), "helpful": "yes"}).status_code == 303


def test_pillars_and_sections_can_be_commented_on(post, page):
    section = Initiative.objects.get().section
    paths = [f"/{section.pillar.slug}/", f"/{section.pillar.slug}/{section.slug}/"]
    assert [post({"page": path, "helpful": "no"}).status_code for path in paths] == [303, 303]
    assert set(Comment.objects.values_list("title", flat=True)) == {section.title, section.pillar.title}


def test_a_query_or_fragment_on_the_pages_address_is_dropped(post, page, stored):
    post({"page": f"{page}?utm_source=mail#money", "helpful": "yes"})
    assert stored() == [(page, True, "")]


def test_the_old_address_of_an_item_that_moved_counts_for_the_item(post, page, clock):
    item = Initiative.objects.get()
    clock.now += timedelta(minutes=5)
    item.slug, item.title = "late-basketball", "Late Basketball"
    item.save()
    publish(item, by=None)
    clock.now += timedelta(days=1)
    assert post({"page": page, "helpful": "yes"}).status_code == 303
    comment = Comment.objects.get()
    assert (comment.page, comment.title) == (page.replace("night", "late"), "Late Basketball")


def test_a_section_that_became_part_of_another_counts_for_the_page_it_is_on(post, page, stored, clock):
    section = Initiative.objects.get().section
    other = make_section(pillar=section.pillar, title="Parks", slug="parks")
    old, (section.pillar, section.parent) = section.pillar, (None, other)
    section.save()
    clock.now += timedelta(minutes=5)
    publish(section, by=None)
    clock.now += timedelta(days=1)
    assert post({"page": f"/{old.slug}/{section.slug}/", "helpful": "yes"}).status_code == 303
    assert stored() == [(f"/{old.slug}/parks/", True, "")]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "/nowhere/",
        "/admin/",
        "//evil.example/",
        "https://evil.example/",
        "/feedback/thanks/",
        "javascript:alert(1)",
        "/[",
        "é",
        "\0",
        "/\0/",
    ],
)
def test_a_page_that_is_not_of_this_site_is_refused_with_the_text_kept(post, db, stored, wrong):
    response = post({"page": wrong, "comment": "Keep me."})
    assert (response.status_code, typed(response)) == (400, "Keep me.")
    assert b"evil.example" not in response.content
    assert stored() == []


def test_a_page_that_was_never_public_is_refused(post, page, stored):
    item = Initiative.objects.create(title="A draft", slug="a-draft", section=Section.objects.get())
    response = post({"page": f"/initiatives/{item.slug}/", "comment": "Keep me."})
    assert (response.status_code, typed(response)) == (400, "Keep me.")
    assert stored() == []


def test_a_page_that_left_the_site_while_it_lay_in_a_cache_can_still_be_spoken_of(post, page, stored):
    item = Initiative.objects.get()
    unpublish(item, by=None)
    assert post({"page": page, "comment": "Keep me."}).status_code == 303
    assert stored() == [(page, None, "Keep me.")]
    assert Comment.objects.get().item == item.key


def test_so_can_the_page_of_an_item_whose_section_left(post, page, stored):
    unpublish(Section.objects.get(), by=None)
    assert post({"page": page, "comment": "Keep me."}).status_code == 303
    assert stored() == [(page, None, "Keep me.")]


# The day


def test_the_date_is_the_day_in_the_citys_time_zone(post, page, settings):
    assert settings.TIME_ZONE == "America/Chicago"
    with patch.object(timezone, "now", return_value=datetime(2030, 1, 2, 3, 0, tzinfo=UTC)):
        post({"page": "/", "helpful": "yes"})
    assert str(Comment.objects.get().date) == "2030-01-01"


# Methods, cost, caches


def test_to_look_at_the_address_shows_what_came_of_feedback(client, page):
    assert b"Feedback in numbers" in client.get("/feedback/").content
    assert client.head("/feedback/").status_code == 200


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)("/feedback/").status_code == 405


def asked(queries):
    """Return the first word of each statement but those that begin and end transactions; psycopg2 does not
    say what failed.
    """
    words = [(query["sql"] or "INSERT").rpartition("; ")[2].split()[0] for query in queries.captured_queries]
    return [word for word in words if word not in {"SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK"}]


def test_sending_asks_the_database_twice_however_much_came_before(post, page, django_assert_max_num_queries):
    Comment.objects.bulk_create(
        Comment(page=page, title="x", text=f"Number {n} of many comments alike") for n in range(300)
    )
    for number in range(5):
        with django_assert_max_num_queries(6) as queries:
            post({"page": page, "helpful": "yes", "comment": f"Number {number} of many comments alike"})
        assert asked(queries) == ["SELECT", "INSERT"]  # the page, the new row


def test_a_repeat_asks_once_more(post, page, django_assert_max_num_queries):
    post({"page": page, "helpful": "yes", "comment": "Short."})
    with django_assert_max_num_queries(6) as queries:
        post({"page": page, "helpful": "yes", "comment": "Short."})
    assert asked(queries) == ["SELECT", "INSERT", "SELECT"]


def test_a_refusal_asks_the_database_at_most_five_times(post, page, django_assert_max_num_queries):
    for fields in (
        {"page": page},
        {"page": "/nowhere/", "comment": "x"},
        {"page": "/initiatives/x/", "comment": "x"},
    ):
        with django_assert_max_num_queries(5):
            assert post(fields).status_code in {400, 422}


def test_no_answer_to_a_form_may_be_kept_by_a_cache(post, page):
    for fields in ({"page": page, "helpful": "yes"}, {"page": page}, {"page": "/nowhere/"}):
        assert "no-store" in post(fields)["Cache-Control"]


# The database


@pytest.fixture
def broken():
    """A database that fails at statements beginning with a word."""

    def fail_at(word):
        def wrapper(execute, sql, *rest):
            if sql.startswith(word):
                raise OperationalError("database is locked: DETAIL: row contains (Keep me.)")
            return execute(sql, *rest)

        return connection.execute_wrapper(wrapper)

    return fail_at


@pytest.mark.parametrize("word", ["INSERT", "SELECT"])
def test_what_cannot_be_stored_is_handed_back_with_the_text_in_the_box(post, page, broken, word, caplog):
    with broken(word):
        response = post({"page": page, "helpful": "no", "comment": "Keep me."})
    text = response.content.decode()
    assert (response.status_code, typed(response)) == (503, "Keep me.")
    assert "Copy your text" in text
    assert f'name="page" value="{page}"' in text
    assert response["Retry-After"]
    assert "Keep me." not in caplog.text


def test_the_text_is_handed_back_even_where_the_form_named_no_page(post, page, broken):
    with broken("SELECT"):
        assert typed(post({"comment": "Keep me."})) == "Keep me."


@pytest.mark.django_db(transaction=True)
def test_all_is_well_again_by_itself(post, page, broken, stored):
    with broken("INSERT"):
        post({"page": page, "helpful": "yes"})
    assert post({"page": page, "helpful": "yes"}).status_code == 303
    assert len(stored()) == 1
