"""What staff paste is never cut, and is counted in one way: a line end is one character, and so is any
sign.
"""

import re

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.urls import reverse

from feedback.models import Comment, Note
from initiatives.models import Submission
from tests.builders import make_initiative, make_site
from tests.initiatives.test_admin_items import typed, url

pytestmark = pytest.mark.django_db


def test_no_box_of_the_desk_cuts_what_is_pasted(as_, alice):
    make_site()
    client = as_(alice)
    for model in admin.site._registry:
        page = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
        assert "maxlength" not in page.content.decode(), model
    item = make_initiative()
    assert "maxlength" not in client.get(url("change", item)).content.decode()


def test_a_text_at_the_limit_is_taken_however_the_browser_ends_its_lines(as_, edith):
    item = make_initiative()
    body = "é" * 9_999 + "\r\n" + "🙂" * 10_000
    as_(edith).post(url("change", item), typed(item, "_draft", body=body))
    item.refresh_from_db()
    assert item.body == body.replace("\r\n", "\n")


def test_a_text_over_the_limit_is_refused_and_handed_back_whole(as_, edith):
    item = make_initiative()
    body = "word " * 5_400 + "end"
    page = as_(edith).post(url("change", item), typed(item, "_draft", body=body))
    assert page.status_code == 200
    html = page.content.decode()
    assert "at most 20000 characters (it has 27003)" in html
    assert body in html


def test_a_long_message_to_the_approver_is_refused_not_cut(as_, arthur):
    item = make_initiative(publish=False)
    sent = as_(arthur).post(url("change", item), typed(item, "_submit", submit_message="m" * 301))
    assert not Submission.objects.exists()
    assert any("at most 300 characters" in str(one) for one in get_messages(sent.wsgi_request))


def test_a_long_note_on_a_comment_is_handed_back_and_line_ends_count_once(as_, rita):
    comment = Comment.objects.create(page="/", title="Home", text="Good.", helpful=True)
    address = reverse("admin:feedback_comment_note", args=[comment.pk])
    assert as_(rita).post(address, {"note": "ab\r\n" * 500}).status_code == 302
    assert Note.objects.get().text == ("ab\n" * 500).strip()
    page = as_(rita).post(address, {"note": "n" * 2_001}).content.decode()
    assert Note.objects.count() == 1
    assert "at most 2,000 characters; this has 2,001." in page
    assert re.search(r"<textarea[^>]*name=\"note\"[^>]*>\s*n{2001}</textarea>", page)
