"""The inbox: what it lists, its filters, and what is done with many comments at once."""

from unicodedata import normalize
from urllib.parse import urlencode

import pytest

from feedback.inbox.handling import Wish, handle
from feedback.models import Comment, Tag
from tests.builders import make_initiative, make_pillar, make_section

LIST = "/admin/feedback/comment/"
pytestmark = pytest.mark.django_db


def say(text="", **fields):
    fields = {"page": "/about/", "title": "About", "helpful": True, "date": "2030-01-02"} | fields
    return Comment.objects.create(text=text, **fields)


def listed(client, query):
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    return {comment.text for comment in response.context["rows"]}


def test_it_begins_with_what_is_new_and_counts_each_state(as_, rita):
    say("Fresh")
    say("Old", state="closed")
    response = as_(rita).get(LIST)
    assert [comment.text for comment in response.context["rows"]] == ["Fresh"]
    assert {tab["label"]: tab["count"] for tab in response.context["tabs"]} == {
        "New": 1,
        "Read": 0,
        "In hand": 0,
        "Answered": 0,
        "Closed": 1,
        "Held": 0,
        "Spam": 0,
        "All": 2,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=CAFÉ", {"A cafe\u0301 for José"}),
        ("q=cafe+jose", {"A cafe\u0301 for José"}),
        ("q=mark*", set()),
        ("q=100%25", {"100% _sure_"}),
        ("q=_", {"100% _sure_"}),
        ("answer=no", {"100% _sure_"}),
        ("answer=yes", {"Held one"}),
        ("answer=none", {"A cafe\u0301 for José"}),
        ("language=es", {"A cafe\u0301 for José"}),
        ("since=2030-01-03", {"Held one"}),
        ("until=2030-01-02", {"A cafe\u0301 for José", "100% _sure_"}),
        ("rule=links", {"Held one"}),
        ("rule=link", set()),
        ("assigned=me", {"100% _sure_"}),
        ("assigned=nobody", {"A cafe\u0301 for José", "Held one"}),
        ("mark=personal", {"Held one"}),
        ("mark=redacted", {"100% _sure_"}),
        ("under=/about/", {"A cafe\u0301 for José", "100% _sure_", "Held one"}),
        ("under=gone", set()),
    ],
)
def test_comments_can_be_searched_and_filtered(as_, rita, query, found):
    say("A cafe\u0301 for José", helpful=None, language="es")
    say("100% _sure_", helpful=False, assigned_to=rita, redacted=True)
    say("Held one", state="held", held_for=",links,flood,", date="2030-01-03", personal=",phone,")
    assert listed(as_(rita), f"state=all&{query}") == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("нет йода", "ЙОДА"),
        ("нет йода", "иода"),
        ("η ώρα", "ΩΡΑ"),
        ("한국어", "한국"),
        ("がっこう", "がっこう"),
        ("đak", "ĐAK"),
        ("مَدرسة", "مدرسة"),
    ],
)
def test_words_of_every_script_are_found(as_, rita, text, words):
    say(text)
    say("Another")
    for form in ("NFC", "NFD"):
        assert listed(as_(rita), urlencode({"q": normalize(form, words)})) == {text}


def test_a_branch_has_what_was_said_of_every_page_under_it(as_, rita):
    pillar = make_pillar()
    item = make_initiative(section=make_section(pillar=pillar))
    say("On the initiative", item=item.key, page="/elsewhere/")
    say("On the pillar", item=pillar.key, page="/p/")
    say("On something else", item=make_initiative().key, page="/x/")
    say("On none")
    say("Gone", page="/gone/")
    assert listed(as_(rita), f"under={pillar.key}") == {"On the initiative", "On the pillar"}
    assert listed(as_(rita), f"under={item.key}") == {"On the initiative"}
    assert listed(as_(rita), "under=gone") == {"Gone"}


@pytest.mark.parametrize(
    "query", ["state=x", "under=nothing", "since=tomorrow", "tag=9", "assigned=root", "rule=a'b", "like=1"]
)
def test_a_filter_that_cannot_be_understood_lists_nothing_and_acts_on_nothing(as_, rita, query):
    say("A")
    client = as_(rita)
    response = client.get(f"{LIST}?{query}")
    assert response.context["rows"] == [] and "cannot be understood" in response.content.decode()
    assert client.post(f"{LIST}sort/?{query}", {"do": "spam", "all": "1"}).status_code == 400
    assert client.get(f"{LIST}export.csv?{query}").status_code == 400
    assert Comment.objects.get().state == "new"


@pytest.mark.parametrize("number", ["0", "-1", "x", "999999999999"])
def test_wild_page_numbers_show_a_page(as_, rita, number):
    say("A")
    assert listed(as_(rita), f"n={number}") == {"A"}


def test_those_ticked_are_sorted_and_the_filter_stays(as_, rita):
    chosen, other = say("A"), say("B")
    response = as_(rita).post(f"{LIST}sort/?q=a", {"do": "close", "comment": str(chosen.pk)})
    assert response["Location"] == f"{LIST}?q=a"
    assert set(Comment.objects.values_list("text", "state")) == {("A", "closed"), ("B", "new")}
    assert other.state == "new"


def test_all_of_the_list_can_be_sorted_also_those_on_later_pages(as_, rita, monkeypatch):
    monkeypatch.setattr("feedback.admin.inbox.SHOWN", 2)
    for number in range(5):
        say(f"Buy now {number}")
    say("Thanks")
    as_(rita).post(f"{LIST}sort/?q=buy", {"do": "spam", "all": "1"})
    assert Comment.objects.filter(state="spam").count() == 5


def test_tags_are_typed_or_chosen_and_each_is_there_once(as_, rita):
    one, client = say("A"), as_(rita)
    for name in ("Street  lights", "street LIGHTS"):
        client.post(f"{LIST}sort/", {"do": "tag", "comment": str(one.pk), "new_tag": name})
    assert [tag.name for tag in Tag.objects.all()] == ["Street lights"]
    assert listed(client, f"tag={Tag.objects.get().pk}") == {"A"}
    client.post(f"{LIST}sort/", {"do": "untag", "comment": str(one.pk), "tag": Tag.objects.get().pk})
    assert one.tags.count() == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"do": "tag"}, "Choose a tag"),
        ({"do": "tag", "tag": "x"}, "Choose a tag"),
        ({"do": "tag", "new_tag": "x" * 41}, "at most 40"),
        ({"do": "tag", "new_tag": "lights\0"}, "cannot be seen"),
        ({"do": "assign", "person": "x"}, "Choose who"),
    ],
)
def test_what_an_action_lacks_is_said(as_, rita, fields, words):
    client, one = as_(rita), say("A")
    response = client.post(f"{LIST}sort/", {**fields, "comment": str(one.pk)}, follow=True)
    assert words in response.content.decode()


def test_an_editor_without_feedback_rights_is_given_no_comment(as_, rita, edith, alice):
    one, client = say("A"), as_(rita)
    client.post(f"{LIST}sort/", {"do": "assign", "person": str(edith.pk), "comment": str(one.pk)})
    assert Comment.objects.get().assigned_to is None
    client.post(f"{LIST}sort/", {"do": "assign", "person": str(alice.pk), "comment": str(one.pk)})
    assert Comment.objects.get().assigned_to == alice


def test_bad_forms_are_refused(as_, rita):
    one, client = say("A"), as_(rita)
    for name in ("erase", "answered"):
        assert client.post(f"{LIST}sort/", {"do": name, "comment": str(one.pk)}).status_code == 400
    assert client.post(f"{LIST}sort/", {"do": "read", "comment": "1"}).status_code == 400
    assert client.post(f"{LIST}undo/", {"batch": "1"}).status_code == 400
    assert "Choose at least one" in client.post(f"{LIST}sort/", {"do": "read"}, follow=True).content.decode()


def test_near_duplicates_stand_together_and_are_listed_by_a_link(as_, rita):
    shape = -1 << 62
    first = say("Buy gold", shape=shape, date="2030-01-04")
    say("Something else", shape=0x1234_5678_9ABC_DEF0, date="2030-01-03")
    say("Buy gold!", shape=shape ^ 0b11, date="2030-01-02")
    client = as_(rita)
    rows = client.get(LIST).context["rows"]
    assert [(row.text, row.alike, row.follows) for row in rows] == [
        *[("Buy gold", 1, False), ("Buy gold!", 1, True), ("Something else", 0, False)]
    ]
    assert listed(client, f"state=all&like={first.pk}") == {"Buy gold", "Buy gold!"}


def test_what_looks_personal_is_hidden_until_it_is_shown_and_who_looked_is_on_record(as_, rita):
    one, client = say("Call 314-555-0142", personal=",phone,"), as_(rita)
    for address in (LIST, f"{LIST}triage/", f"{LIST}{one.pk}/change/"):
        text = client.get(address).content.decode()
        assert "[phone hidden]" in text and "555-0142" not in text
    assert "555-0142" in client.post(f"{LIST}{one.pk}/show/").content.decode()
    assert "rita: Hidden parts shown" in " ".join(
        client.get(f"{LIST}{one.pk}/change/").content.decode().split()
    )


def test_the_rules_that_held_comments_are_counted_by_month(as_, rita):
    say("A", state="held", held_for=",links,flood,")
    say("B", state="new", held_for=",links,", date="2030-02-02")
    released, closed = (say(word, state="held", held_for=",limit,") for word in "CD")
    for comment, deeds in ((released, ("release", "close")), (closed, ("close",))):
        for deed in deeds:
            handle(Comment.objects.filter(pk=comment.pk), rita, Wish(deed))
    rows = {row["name"]: row for row in as_(rita).get(f"{LIST}rules/").context["rows"]}
    assert rows["links"]["months"] == [1, 1]
    assert (rows["links"]["waiting"], rows["links"]["released"], rows["flood"]["months"]) == (1, 1, [0, 1])
    assert (rows["limit"]["released"], rows["limit"]["closed"]) == (1, 1)


def test_words_are_looked_for_in_comments_alone(as_, rita):
    say("Where are the gyms?", title="Lamps")
    say("", title="Gyms")
    assert listed(as_(rita), "q=gyms") == {"Where are the gyms?"}


def test_what_turns_words_backwards_is_not_shown(as_, rita):
    one, client = say("Ask \u202eelohw 314-555-0142"), as_(rita)
    for response in (client.get(LIST), client.post(f"{LIST}{one.pk}/show/")):
        assert "Ask elohw" in response.content.decode()


def test_who_may_edit_the_page_gets_from_the_comment_to_its_form_and_back(as_, alice, rita):
    item = make_initiative()
    one = say("A", item=item.key)
    page = as_(alice).get(f"{LIST}{one.pk}/change/?q=a").content.decode()
    assert (
        f"/admin/initiatives/initiative/{item.pk}/change/?back=%2Fadmin%2Ffeedback%2Fcomment%2F{one.pk}"
        in page
    )
    assert f'href="{LIST}?q=a"' in page
    assert "Edit the page" not in as_(rita).get(f"{LIST}{one.pk}/change/").content.decode()


def test_an_answer_is_begun_for_those_ticked_or_for_all_of_the_list(as_, rita):
    one, other, client = say("A", date="2026-01-02"), say("B", date="2026-01-02"), as_(rita)
    address = client.post(f"{LIST}sort/", {"do": "answer", "comment": str(one.pk)})["Location"]
    assert address == f"/admin/feedback/answer/add/?comments={one.pk}"
    address = client.post(f"{LIST}sort/", {"do": "answer", "all": "1"})["Location"]
    assert str(one.pk) in address and str(other.pk) in address
