"""What the desk's first page says to a reviewer."""

import pytest

from tests.feedback.test_inbox import say

pytestmark = pytest.mark.django_db


def first_page(as_, user):
    return " ".join(as_(user).get("/admin/").content.decode().split())


def test_a_reviewer_sees_what_is_new_what_is_held_and_what_is_theirs(as_, rita):
    say("A")
    say("B", title="Parks", page="/parks/", state="held")
    say("C", title="Mine", state="in_hand", assigned_to=rita)
    say("D", title="Done", state="closed", assigned_to=rita)
    page = first_page(as_, rita)
    assert "New comments" in page and '"/admin/feedback/comment/?state=new&amp;under=%2Fabout%2F"' in page
    assert "Held comments to look at" in page and "Parks</a>" in page
    assert "Comments in your hands" in page and "Mine, January 2, 2030" in page
    assert "Done" not in page


@pytest.mark.parametrize("who", ["edith", "arthur"])
def test_editors_and_authors_are_not_told_of_comments(as_, request, who):
    say("A")
    page = first_page(as_, request.getfixturevalue(who))
    assert "New comments" not in page and "/feedback/comment/" not in page


def test_it_costs_the_same_however_many_there_are(as_, rita, django_assert_max_num_queries):
    for number in range(30):
        say("A", page=f"/{number}/", title=f"Page {number}", assigned_to=rita)
    client = as_(rita)
    with django_assert_max_num_queries(20):
        page = client.get("/admin/").content.decode()
    assert page.count("All 30</a>") == 2
