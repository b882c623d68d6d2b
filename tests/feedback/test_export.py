"""Exports: what is filtered and nothing else, without what a reviewer has to open first, safe in a
spreadsheet.
"""

import csv
import json
import stat

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from feedback.inbox.export import FORMATS
from feedback.models import Comment, Export
from tests.feedback.test_inbox import LIST, say

pytestmark = pytest.mark.django_db


def body(response):
    return b"".join(response.streaming_content).decode()


def rows(text):
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines(keepends=True)))


def test_what_is_filtered_is_exported_and_nothing_else(as_, rita):
    say("Fresh, “new”\nline")
    say("Old", state="closed")
    response = as_(rita).get(f"{LIST}export.csv?q=fresh")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response["Cache-Control"] and "attachment" in response["Content-Disposition"]
    found = rows(body(response))
    assert [row["comment"] for row in found] == ["Fresh, “new”\nline"]
    assert "id" not in found[0]
    data = json.loads(body(as_(rita).get(f"{LIST}export.json?state=all")))
    assert {row["comment"] for row in data} == {"Fresh, “new”\nline", "Old"}


def test_none_is_an_empty_file_that_can_be_read(as_, rita):
    assert json.loads(body(as_(rita).get(f"{LIST}export.json"))) == []
    assert rows(body(as_(rita).get(f"{LIST}export.csv"))) == []


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1", '=HYPERLINK("http://x")']
)
def test_no_cell_runs_in_a_spreadsheet(as_, rita, text):
    say(text, title=f"{text} title")
    row = rows(body(as_(rita).get(f"{LIST}export.csv")))[0]
    assert row["comment"].startswith("'") and row["title"].startswith("'")


def test_what_looks_personal_stays_hidden_also_where_it_was_not_flagged(as_, rita):
    say("Call 314-555-0142", personal="")
    for kind in ("csv", "json"):
        text = body(as_(rita).get(f"{LIST}export.{kind}"))
        assert "[phone hidden]" in text and "0142" not in text


def test_many_are_streamed_in_a_few_queries(as_, rita, django_assert_max_num_queries):
    Comment.objects.bulk_create(
        Comment(page="/", title="Home", text=f"No. {number}") for number in range(3000)
    )
    client = as_(rita)
    with django_assert_max_num_queries(14):
        assert len(rows(body(client.get(f"{LIST}export.csv")))) == 3000


def test_the_command_writes_the_same_with_progress_for_its_owner_alone(tmp_path, capsys):
    Comment.objects.bulk_create(
        Comment(page="/", title="Home", text=f"No. {number}") for number in range(1200)
    )
    path = tmp_path / "all.csv"
    call_command("export_comments", str(path))
    assert "1000 of 1200 comments" in capsys.readouterr().out
    assert len(rows(path.read_text())) == 1200
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("name", "query"),
    [("all.txt", ""), ("all.csv", "state=x"), ("all.csv", "sate=held"), ("missing/all.csv", "")],
)
def test_the_command_says_what_it_cannot_do_and_leaves_nothing(tmp_path, name, query):
    with pytest.raises(CommandError):
        call_command("export_comments", str(tmp_path / name), filter=query)
    assert list(tmp_path.iterdir()) == []
    assert not Export.objects.exists()


def test_the_command_takes_the_whole_address_of_a_list(tmp_path):
    Comment.objects.create(page="/", title="Home", text="Held.", state="held")
    Comment.objects.create(page="/", title="Home", text="New.")
    address = "https://safety.example.gov/admin/feedback/comment/?state=held"
    call_command("export_comments", str(tmp_path / "held.csv"), filter=address, verbosity=0)
    assert [row["comment"] for row in rows((tmp_path / "held.csv").read_text())] == ["Held."]


@pytest.mark.django_db(transaction=True)
def test_comments_come_in_while_the_command_writes(tmp_path, monkeypatch):
    def lines(comments):
        assert not connection.in_atomic_block
        yield "a\n"

    monkeypatch.setitem(FORMATS, "csv", lines)
    call_command("export_comments", str(tmp_path / "all.csv"), verbosity=0)
    assert Export.objects.count() == 1
    assert [path.name for path in tmp_path.iterdir()] == ["all.csv"]
