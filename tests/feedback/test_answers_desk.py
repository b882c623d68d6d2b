"""Answers at the desk: who writes them, to which comments, and what becomes of these."""

import html
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from feedback.inbox.answering import count_as_answered
from feedback.models import Answer, Comment
from initiatives.publishing.publish import publish, save_draft
from tests.builders import make, make_initiative
from tests.feedback.test_answers import comment, make_answer
from tests.feedback.test_inbox import LIST
from tests.initiatives.test_admin_items import answered

ADD = "/admin/feedback/answer/add/"


def form(**fields):
    known = {
        "title": "You asked for longer hours",
        "slug": "longer-hours",
        "body": "We did it.",
        "about": "",
        "led_to": "",
    }
    return known | fields


def test_a_reviewer_writes_an_answer_to_comments_and_an_editor_publishes_it(as_, rita, edith, client, clock):
    item = make_initiative()
    said = [comment(item), comment(item, "Too short.")]
    page = as_(rita).get(ADD, {"comments": [one.pk for one in said]}).content.decode()
    assert f'<option value="{item.key}" selected>' in page
    assert "Stay open longer" in page
    as_(rita).post(ADD, form(about=item.key, comments=[one.pk for one in said], _draft="1"))
    answer = Answer.objects.get()
    assert set(answer.comments.all()) == set(said)
    assert answer.parent_item == item
    assert not answer.revisions.live()

    assert "Stay open longer" in as_(edith).get(answer.desk_path("change", answer.pk)).content.decode()
    answered(
        as_(edith), answer.desk_path("change", answer.pk), form(about=item.key, base_revision=1, _publish="1")
    )
    assert answer.revisions.live().exists()
    assert set(answer.comments.all()) == set(said)
    clock.now += timedelta(days=1)
    as_(rita).get(LIST)
    assert {(one.state, one.read_on) for one in Comment.objects.all()} == {("answered", localdate())}
    assert "the site: State: New → Answered" in " ".join(
        as_(rita).get(f"{LIST}{said[0].pk}/change/").content.decode().split()
    )
    client.logout()
    assert "We did it." in client.get(f"/initiatives/{item.slug}/").content.decode()


def test_the_reviewer_unticks_what_it_does_not_answer_and_sees_whose_it_was(as_, rita):
    first, second = comment(text="Longer hours. Call 314-555-0142"), comment(text="Cheaper, please.")
    make_answer(title="An older one", slug="older").comments.add(second)
    page = as_(rita).get(ADD, {"comments": [first.pk, second.pk]}).content.decode()
    assert "314-555-0142" not in page and "until now under “An older one”" in page
    shown = [first.pk, second.pk]
    as_(rita).post(
        f"{ADD}?comments={first.pk}&comments={second.pk}", form(comments=[first.pk], shown=shown, _draft="1")
    )
    answer = Answer.objects.get(slug="longer-hours")
    assert list(answer.comments.all()) == [first]
    later = comment(text="Even longer.", answer=answer)
    change = answer.desk_path("change", answer.pk)
    as_(rita).post(change, form(base_revision=1, shown=[first.pk], _draft="1"))
    assert list(answer.comments.all()) == [later]


def test_a_comment_that_joins_a_public_answer_is_answered(as_, rita, clock):
    answer = make_answer(slug="longer-hours")
    clock.now += timedelta(days=1)
    one = comment()
    as_(rita).post(
        f"{answer.desk_path('change', answer.pk)}?comments={one.pk}",
        form(base_revision=1, comments=[one.pk], _draft="1"),
    )
    as_(rita).get(LIST)
    one.refresh_from_db()
    assert (one.answer, one.state) == (answer, "answered")


def test_who_may_not_sort_comments_ties_none_to_an_answer(as_, edith):
    one = comment()
    assert "Stay open" not in as_(edith).get(ADD, {"comments": one.pk}).content.decode()
    as_(edith).post(f"{ADD}?comments={one.pk}", form(comments=[one.pk], shown=[one.pk], _publish="1"))
    one.refresh_from_db()
    assert Answer.objects.get().revisions.live() and (one.answer, one.state) == (None, "new")


def test_every_link_of_the_form_opens_for_the_reviewer(as_, rita):
    page = (
        as_(rita)
        .get(make_answer(publish=False).desk_path("change", Answer.objects.get().pk))
        .content.decode()
    )
    links = set(re.findall(r'href="(/admin/[^"]+)"', page))
    assert {
        address: as_(rita).get(html.unescape(address), follow=True).status_code for address in links
    } == dict.fromkeys(links, 200)


def test_a_reviewer_cannot_publish_an_answer(as_, rita):
    assert as_(rita).post(ADD, form(_publish="1")).status_code == 403
    assert not Answer.objects.exists()


def test_publishing_leaves_held_and_closed_comments_as_they_are(db, clock):
    answer = make(Answer, publish=False, title="T", body="B")
    for state in ("held", "spam", "closed", "read"):
        comment(state=state, answer=answer)
    publish(answer, None)
    clock.now += timedelta(days=1)
    count_as_answered()
    assert sorted(Comment.objects.values_list("state", flat=True)) == ["answered", "closed", "held", "spam"]


@pytest.mark.parametrize("who", ["arthur"])
def test_authors_of_the_report_do_not_write_answers(db, as_, request, who):
    assert as_(request.getfixturevalue(who)).get(ADD).status_code == 403


def test_a_wrong_comment_in_the_address_is_left_out(as_, rita):
    assert as_(rita).get(ADD, {"comments": "x"}).status_code == 200
    assert as_(rita).get(ADD, {"comments": "6f5f3a4e-0000-4000-8000-000000000000"}).status_code == 200


def test_the_change_is_chosen_among_what_the_public_saw_change(as_, edith):
    item = make_initiative(title="Evening Gyms")
    item.body = "Open until ten."
    item.save()
    publish(item, None, "Longer hours.")
    page = as_(edith).get(ADD).content.decode()
    assert f'value="/initiatives/{item.slug}/compare/?to=2"' in page


def test_the_preview_shows_the_answer_among_the_others(as_, edith):
    answer = make_answer(make_initiative(), publish=False)
    page = as_(edith).get(answer.desk_path("preview", answer.pk)).content.decode()
    assert "You asked for longer hours" in page


def test_a_restored_answer_stands_where_it_stood(as_, edith):
    item = make_initiative()
    answer = make_answer(item)
    answer.about, answer.body = None, "Else."
    answer.save()
    save_draft(answer, edith)
    as_(edith).post(reverse("admin:item_restore", args=[answer.key, 1]))
    answer.refresh_from_db()
    assert (answer.about, answer.body) == (item.key, "We did it.")
