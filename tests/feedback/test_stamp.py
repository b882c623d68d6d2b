"""The version of the morning is on each row; a stamp cannot be made up; pages with it can be cached for
everybody.
"""

import re
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from feedback.intake import stamp
from feedback.models import Comment
from initiatives.models import Initiative
from initiatives.publishing.publish import publish


def stamp_on(response):
    return re.search(r'name="stamp" value="([^"]+)"', response.content.decode())[1]


def test_a_row_keeps_the_item_and_the_version_of_the_morning(client, post, page, clock):
    item = Initiative.objects.get()
    post({"page": page, "helpful": "no", "stamp": stamp_on(client.get(page))})
    clock.now += timedelta(minutes=5)
    item.summary = "Better said."
    item.save()
    publish(item, by=None)
    clock.now += timedelta(days=1)
    post({"page": page, "helpful": "yes", "stamp": stamp_on(client.get(page))})
    rows = set(Comment.objects.values_list("helpful", "item", "version", "language"))
    assert rows == {(False, item.key, 1, "en"), (True, item.key, 2, "en")}


def test_a_page_cached_for_a_day_counts_for_the_version_of_the_morning_on_which_it_is_sent(
    client, post, page, clock
):
    sent = stamp_on(client.get(page))
    item = Initiative.objects.get()
    clock.now += timedelta(minutes=5)
    item.summary, item.slug = "Better said.", "late-basketball"
    item.save()
    publish(item, by=None)
    clock.now += timedelta(days=1)
    assert post({"page": page, "helpful": "no", "stamp": sent}).status_code == 303
    row = Comment.objects.get()
    assert (row.item, row.version, row.held_for) == (item.key, 2, "")


def test_pillars_and_sections_too_pages_of_the_settings_have_theirs_and_others_none(client, post, page):
    section = Initiative.objects.get().section
    for path, key, version in (
        (f"/{section.pillar.slug}/", section.pillar.key, 1),
        (f"/{section.pillar.slug}/{section.slug}/", section.key, 1),
        ("/about/", None, 1),
        ("/report/", None, None),
    ):
        post({"page": path, "helpful": "yes", "stamp": stamp_on(client.get(path))})
        row = Comment.objects.get(page=path)
        assert (row.item, row.version, row.held_for) == (key, version, "")


@pytest.mark.parametrize("sent", ["", "x", "W10:x", ":", "é", "\0", "x" * 100_000])
def test_a_forged_stamp_is_ignored_and_the_comment_waits_for_a_reviewer(post, page, sent):
    assert post({"page": page, "helpful": "yes", "stamp": sent}).status_code == 303
    row = Comment.objects.get()
    assert (row.version, row.language, row.state, row.held_for) == (1, "en", "held", ",unsigned,")


def test_a_changed_stamp_is_forged(read_page):
    body, _, signature = read_page.rpartition(":")
    assert stamp.read_stamp(read_page).age == 0
    assert stamp.read_stamp(f"{body[:-2]}xx:{signature}") is None


def test_the_stamp_of_a_page_that_was_open_while_the_site_was_brought_up_to_date_is_ours(post, page):
    old = stamp.signer.sign_object([page, 1, "en", 1_893_000_000])
    post({"page": page, "helpful": "yes", "stamp": old})
    assert Comment.objects.get().held_for == ""


def test_the_language_is_that_of_the_page():
    with translation.override("es-mx"):
        assert stamp.read_stamp(stamp.make()).language == "es"


def test_a_page_is_the_same_for_everybody_and_a_cache_that_asks_again_hears_not_modified(client, page, clock):
    clock.set("2030-01-02 00:00")
    first = client.get(
        page, headers={"User-Agent": "One", "Accept-Language": "es"}, REMOTE_ADDR="203.0.113.1"
    )
    clock.set("2030-01-02 23:59")
    second = client.get(page, REMOTE_ADDR="203.0.113.2")
    assert first.content == second.content
    assert client.get(page, headers={"If-None-Match": first["ETag"]}).status_code == 304
    clock.set("2030-01-03 00:00")
    assert client.get(page, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_error_page_keeps_the_stamp_and_the_one_time_value(post, page, read_page):
    once = "0123456789abcdef" * 2
    text = post({"page": page, "comment": "x" * 501, "stamp": read_page, "once": once}).content.decode()
    assert f'name="stamp" value="{read_page}"' in text
    assert f'name="once" value="{once}"' in text


@pytest.mark.parametrize("field", ["stamp", "once", "second_comment"])
def test_what_is_put_in_a_hidden_field_is_shown_as_text_only(post, page, field):
    response = post({"page": page, "comment": "x" * 501, field: '"><script>alert(1)</script>'})
    assert b"<script>alert" not in response.content


def test_pages_of_the_past_of_versions_and_of_previews_have_no_form(client, as_, edith, page):
    item = Initiative.objects.get()

    paths = [
        f"{page}history/1/",
        f"/as-of/{timezone.localdate()}{page}",
        f"/as-of/{timezone.localdate()}{page}history/",
    ]
    for path in paths:
        response = client.get(path, follow=True)
        assert response.status_code == 200, path
        assert b'action="/feedback/"' not in response.content, path
    preview = as_(edith).get(f"/admin/initiatives/initiative/{item.pk}/preview/")
    assert preview.status_code == 200
    assert b'action="/feedback/"' not in preview.content
