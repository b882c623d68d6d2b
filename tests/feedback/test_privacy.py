"""Nothing that would tell who sent a comment is kept anywhere, and no page or answer sets a cookie."""

from pathlib import Path

import pytest
from django.db import connection

from tests.feedback.conftest import FORM

MARK = "MARKEDPERSON"
HEADERS = {
    name: f"{MARK}-{number}"
    for number, name in enumerate(
        (
            "User-Agent",
            "Referer",
            "Cookie",
            "X-Forwarded-For",
            "X-Real-IP",
            "Forwarded",
            "Accept-Language",
            "From",
            "Via",
            "DNT",
            "X-Any",
        )
    )
}


def everything_in_the_database():
    """Return the whole database as bytes: SQLite's file with its log; PostgreSQL's every row of every
    table as text.
    """
    if connection.vendor == "sqlite":
        file = Path(connection.settings_dict["NAME"])
        return (
            b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))
            + connection.connection.serialize()
        )
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for table in tables:
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{table}" t')
            tables = [*tables, cursor.fetchone()[0] or ""]
    return "\n".join(tables).encode()


@pytest.mark.django_db(transaction=True)
def test_no_mark_of_the_sender_is_in_the_database_or_the_log(client, page, caplog, capfd):
    caplog.set_level(0)
    client.cookies["visitor"] = f"{MARK}-jar"
    for fields in (
        f"page={page}%3Fq%3D{MARK}-page&comment=Sunflower",
        f"page={page}",
        f"page=/nowhere/{MARK}-path/",
    ):
        client.generic(
            "POST",
            f"/feedback/?q={MARK}-query",
            f"{fields}&extra={MARK}-field&title={MARK}-title",
            content_type=FORM,
            headers={**HEADERS, "Sec-Fetch-Site": "same-origin"},
            REMOTE_ADDR="203.0.113.77",
            REMOTE_HOST=f"{MARK}-host",
        )
    database = everything_in_the_database()
    assert b"Sunflower" in database
    assert MARK.encode() not in database
    assert b"203.0.113.77" not in database
    output = caplog.text + "".join(capfd.readouterr())
    assert not any(
        word in output for word in ("Sunflower", "203.0.113.77", "-jar", "-query", "-field", "-page")
    )


def test_no_answer_sets_a_cookie(client, post, page):
    answers = [
        client.get(page),
        client.get("/feedback/"),
        client.get("/feedback/thanks/"),
        client.put("/feedback/"),
        post({"page": page, "helpful": "yes"}),
        post({"page": page}),
        post({"page": "/nowhere/"}),
        post({"page": page, "helpful": "yes"}, headers={"Origin": "null"}),
        post(raw=b"%FF"),
        post(raw=b"", content_type="text/plain"),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 405, 303, 422, 400, 403, 400, 415]
    assert not any(answer.cookies for answer in answers)
    assert not any("cookie" in answer.get("Vary", "").lower() for answer in answers)


def test_the_form_asks_for_no_token(client, page):
    assert b"csrfmiddlewaretoken" not in client.get(page).content


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "Comments are kept until the city removes them."),
        (1, "for 1 day, longer"),
        (730, "We keep a comment for 730 days, longer while"),
    ],
)
def test_the_page_on_privacy_says_how_long_comments_are_kept(client, page, settings, days, words):
    settings.FEEDBACK_KEEP_DAYS = days
    assert words in " ".join(client.get("/privacy/").content.decode().split())
