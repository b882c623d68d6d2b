"""Reads what a form sent, strictly.

Django's own reading puts “�” for what it cannot decode and takes the last of two.
"""

from urllib.parse import parse_qsl

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError

FORM = "application/x-www-form-urlencoded"
FIELDS = ("page", "helpful", "comment", "stamp", "once", "second_comment")
MAX_FIELDS = 20


class BadBodyError(Exception):
    """The body cannot be taken as sent.

    In: the status, words for the person, and the fields as far as they can be read.
    """

    def __init__(self, status: int, words: str, fields: dict[str, str] | None = None) -> None:
        super().__init__(words)
        self.status, self.words, self.fields = status, words, fields or {}


def read_form(request: HttpRequest) -> dict[str, str]:
    """Return the form's fields, those known and no others, each as it was sent.

    Raise BadBodyError for anything irregular.
    """
    if request.content_type != FORM:
        raise BadBodyError(415, "This form cannot be read in the format that your browser used.")
    return single(decoded(whole_body(request)))


def whole_body(request: HttpRequest) -> bytes:
    """Return the body. A part of one is refused, lest a comment be stored with its end cut off."""
    try:
        body = request.body
        complete = len(body) >= int(request.META.get("CONTENT_LENGTH") or 0)
    except RequestDataTooBig as error:
        raise BadBodyError(413, "What you sent is far too long to be read.") from error
    except (UnreadablePostError, ValueError) as error:
        raise BadBodyError(400, "What you sent did not arrive.") from error
    if not complete:
        raise BadBodyError(400, "Only a part of what you sent arrived.")
    return body


def decoded(body: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a form's body, which must be UTF-8 before and after percent-decoding."""
    try:
        return pairs(body, errors="strict")
    except UnicodeDecodeError as error:
        readable = pairs(body, errors="replace")
        words = (
            "Some characters of your comment could not be read. They now show as “�”. Type them anew, "
            "then send again."
        )
        raise BadBodyError(400, words, {name: value for name, value in readable if name in FIELDS}) from error


def pairs(body: bytes, errors: str) -> list[tuple[str, str]]:
    """Split a form's body; `errors` as for bytes.decode.

    Raise UnicodeDecodeError, or BadBodyError for too many fields.
    """
    text = body.decode("utf-8", errors=errors)
    try:
        return parse_qsl(
            text, keep_blank_values=True, encoding="utf-8", errors=errors, max_num_fields=MAX_FIELDS
        )
    except UnicodeDecodeError:
        raise
    except ValueError as error:
        raise BadBodyError(400, "The form has more fields than it should.") from error


def single(sent: list[tuple[str, str]]) -> dict[str, str]:
    """Return the known fields as a dict.

    Raise BadBodyError where one came twice: which of them was meant, nobody can tell.
    """
    fields: dict[str, str] = {}
    for name, value in sent:
        if name in FIELDS:
            fields[name] = f"{fields[name]}\n{value}" if name in fields else value
    if len(fields) < sum(name in FIELDS for name, _ in sent):
        raise BadBodyError(400, "A part of the form arrived twice.", fields)
    return fields
