"""One answer to a whole list of comments, as after a campaign of form letters."""

import pytest

from feedback.admin import answers
from feedback.models import Answer, Comment
from tests.feedback.test_answers import ADD, form
from tests.feedback.test_inbox import LIST, say

pytestmark = pytest.mark.django_db


def choose(client):
    return client.post(f"{LIST}sort/?state=all", {"do": "answer", "all": "1"})


def test_all_of_a_long_list_are_offered_and_tied(as_, rita):
    said = {say(f"Number {number}").pk for number in range(120)}
    client = as_(rita)
    address = choose(client).headers["Location"]
    assert len(address) < 200
    shown = client.get(address).context["adminform"].form.initial["comments"]
    assert {one.pk for one in shown} == said
    client.post(address, form(comments=list(said), shown=list(said), _draft="1"))
    assert Comment.objects.filter(answer=Answer.objects.get()).count() == 120


def test_more_than_one_answer_can_have_are_refused_and_none_is_left_out_unsaid(as_, rita, monkeypatch):
    monkeypatch.setattr("feedback.admin.inbox.MOST_COMMENTS", 3)
    for number in range(4):
        say(f"Number {number}")
    response = choose(client := as_(rita))
    assert response.headers["Location"].startswith(LIST)
    shown = client.get(response.headers["Location"]).content.decode()
    assert "One answer can be to at most 3 comments. Narrow the list first." in shown


def test_two_choices_in_two_tabs_stay_apart_and_few_are_kept(as_, rita):
    client = as_(rita)
    said = [say(f"Number {number}") for number in range(answers.IN_ADDRESS + 1)]
    first = choose(client).headers["Location"]
    said.append(say("One more"))
    second = choose(client).headers["Location"]
    counts = [len(client.get(address).context["adminform"].form.initial["comments"]) for address in (first, second)]
    assert counts == [len(said) - 1, len(said)]
    for _ in range(answers.KEPT_CHOICES):
        choose(client)
    assert len(client.session[answers.CHOICES]) == answers.KEPT_CHOICES
    assert ADD in first and client.get(first).status_code == 200
