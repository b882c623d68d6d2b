"""One answer to a whole list of comments, as after a campaign of form letters."""

import pytest

from feedback.admin import answers
from feedback.models import Answer, Comment
from tests.feedback.test_answers_desk import ADD, form
from tests.feedback.test_inbox import LIST, say

pytestmark = pytest.mark.django_db
DAY = "2026-01-02"


def choose(client):
    return client.post(f"{LIST}sort/?state=all", {"do": "answer", "all": "1"})


def test_all_of_a_long_list_are_offered_and_tied(as_, rita):
    said = {say(f"Number {number}", date=DAY).pk for number in range(120)}
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
        say(f"Number {number}", date=DAY)
    response = choose(client := as_(rita))
    assert response.headers["Location"].startswith(LIST)
    shown = client.get(response.headers["Location"]).content.decode()
    assert "One answer can be to at most 3 comments. Narrow the list first." in shown


def test_of_what_was_chosen_nothing_is_kept_beside_the_instant_that_a_session_has(as_, rita):
    said = [say(f"Number {number}", date=DAY) for number in range(answers.IN_ADDRESS + 1)]
    say("Spam", date=DAY, state="spam")
    client = as_(rita)
    before = {**client.session}
    address = client.post(f"{LIST}sort/?q=number", {"do": "answer", "all": "1"})["Location"]
    assert len(client.get(address).context["adminform"].form.initial["comments"]) == len(said)
    assert {**client.session} == before


def test_what_joins_the_list_while_the_form_is_open_is_not_tied(as_, rita):
    said = [say(f"Number {number}", date=DAY).pk for number in range(answers.IN_ADDRESS + 1)]
    client = as_(rita)
    address = choose(client)["Location"]
    say("Late", date=DAY)
    client.post(address, form(comments=said, shown=said, _draft="1"))
    assert Comment.objects.get(text="Late").answer is None


def test_a_list_in_the_address_that_cannot_be_understood_names_no_comment(as_, rita):
    say("A", date=DAY)
    assert "comments" not in as_(rita).get(f"{ADD}?list=since%3Dx").context["adminform"].form.fields


NOW = "2030-03-05 23:59"


@pytest.fixture
def days(clock):
    """A comment of yesterday and one of today; today is about to end."""
    clock.set(NOW)
    return say("Yesterday", date="2030-03-04"), say("Today", date="2030-03-05")


def test_comments_of_today_are_not_chosen_and_the_reviewer_is_told(as_, rita, days):
    client = as_(rita)
    response = client.post(f"{LIST}sort/?state=all", {"do": "answer", "all": "1"})
    assert response["Location"] == f"{ADD}?comments={days[0].pk}"
    assert "an answer can be to them from tomorrow on" in client.get(response["Location"]).content.decode()
    response = client.post(f"{LIST}sort/", {"do": "answer", "comment": str(days[1].pk)})
    assert response["Location"].startswith(LIST)
    assert "an answer can be to them from tomorrow on" in client.get(response["Location"]).content.decode()


def test_of_a_long_list_those_of_today_are_left_out_and_it_is_said_once(as_, rita, days, monkeypatch):
    monkeypatch.setattr(answers, "IN_ADDRESS", 0)
    client = as_(rita)
    page = client.get(choose(client)["Location"])
    assert [one.text for one in page.context["adminform"].form.initial["comments"]] == ["Yesterday"]
    assert page.content.decode().count("an answer can be to them from tomorrow on") == 1


def test_comments_of_today_are_neither_offered_nor_taken_whoever_names_them(as_, rita, days, clock):
    both, client = [one.pk for one in days], as_(rita)
    page = client.get(ADD, {"comments": both})
    assert [one.text for one in page.context["adminform"].form.initial["comments"]] == ["Yesterday"]
    assert "an answer can be to them from tomorrow on" in page.content.decode()
    for named in (both, both[1:]):
        client.post(ADD, form(comments=named, shown=named, _draft="1"))
    assert not Comment.objects.exclude(answer=None).exists()
    clock.set("2030-03-06 00:00")
    client.post(ADD, form(slug="next-day", comments=both, shown=both, _draft="1"))
    assert Comment.objects.filter(answer__slug="next-day").count() == 2


def test_the_page_of_a_comment_of_today_leads_to_no_answer(as_, rita, days):
    pages = [as_(rita).get(f"{LIST}{one.pk}/change/").content.decode() for one in days]
    assert ["Write an answer in public" in page for page in pages] == [True, False]
    assert "from the day after it came on" in pages[1]
