"""Bodies that no browser sends: each ends as a 4xx with words, none as a 500, and nothing is stored."""

from io import BytesIO

import pytest

from tests.feedback.conftest import FORM, typed


@pytest.fixture(autouse=True)
def _nothing_is_stored(page, stored):
    yield
    assert stored() == []


def test_a_body_larger_than_two_megabytes(post):
    response = post(raw=b"comment=" + b"x" * (2 * 1024 * 1024))
    assert response.status_code == 413
    assert b"too long" in response.content


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "nonsense; =;;",
        "é",
    ],
)
def test_a_body_in_another_format(post, content_type):
    body = b'--x\r\nContent-Disposition: form-data; name="comment"\r\n\r\nHello\r\n--x--\r\n'
    assert post(raw=body, content_type=content_type).status_code == 415


def test_a_multipart_form_that_is_otherwise_right(client, page):
    response = client.post(
        "/feedback/", {"page": page, "helpful": "yes"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert response.status_code == 415


def test_a_file_in_the_place_of_the_comment(client, page):
    upload = BytesIO(b"x" * 1000)
    upload.name = "comment.txt"
    assert client.post("/feedback/", {"page": page, "comment": upload}).status_code == 415


def test_more_fields_than_the_form_has(post, page):
    assert post(raw=f"page={page}&comment=x".encode() + b"&a=1" * 5000).status_code == 400


@pytest.mark.parametrize(
    "twice", ["comment=Hello&comment=World", "comment=Hello&helpful=yes&helpful=no&comment=World"]
)
def test_a_field_that_comes_twice_is_refused_and_both_texts_come_back(post, page, twice):
    response = post(raw=f"page={page}&{twice}".encode())
    assert (response.status_code, typed(response)) == (400, "Hello\nWorld")


def test_the_page_or_the_answer_twice(post, page):
    assert post(raw=f"page={page}&page=/&helpful=yes".encode()).status_code == 400
    assert post(raw=f"page={page}&helpful=yes&helpful=yes".encode()).status_code == 400


@pytest.mark.parametrize(
    "body", [b" ", b"&&&", b"=", b"%", b"%zz=%zz", b"comment", b"[]", b"\0", b"comment=%00"]
)
def test_garbled_bodies(post, body):
    assert post(raw=body).status_code == 400


def test_a_body_that_breaks_off_is_not_stored_in_part(post, page):
    begun = f"page={page}&comment=This+is+only+the+beg".encode()
    response = post(raw=begun, CONTENT_LENGTH="500", **{"wsgi.input": BytesIO(begun)})
    assert response.status_code == 400


def test_a_length_that_is_no_number(post, page):
    assert post(raw=f"page={page}&comment=Hello".encode(), CONTENT_LENGTH="many").status_code == 400


@pytest.mark.parametrize("charset", ["utf-16", "latin-1", "zip", "rot13", "nonsense"])
def test_a_charset_of_the_senders_choice_changes_nothing(post, page, charset):
    assert (
        post(
            raw=f"page={page}&comment=caf%E9".encode(), content_type=f"{FORM}; charset={charset}"
        ).status_code
        == 400
    )
