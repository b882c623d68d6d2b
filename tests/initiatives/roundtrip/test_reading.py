"""Whatever is uploaded: it is read, or clear words say with line numbers why not."""

import pytest

from initiatives.exchange import detect
from initiatives.exchange.block import MAX_BYTES, RoundTripError
from tests.initiatives.roundtrip.conftest import line_of

GOOD = "%%% agency a\n---\ntitle: A\n---\nText.\n"


def problems(data, name=""):
    with pytest.raises(RoundTripError) as error:
        detect.read_upload(data if isinstance(data, bytes) else data.encode(), name)
    return error.value.problems


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("Hello.\n\n" + GOOD, 1, "before the first item"),
        (GOOD + "%%% planet mars\n---\n---\n", 6, "begins no item"),
        (GOOD + "%%%\n", 6, "begins no item"),
        ("%%% agency a\ntitle: A\n", 2, "One is missing"),
        ("%%% agency a\n—\ntitle: A\n—\n", 2, "three hyphens"),
        ("%%% agency a\n---\ntitle: [A\n---\n", 4, "cannot be read"),
        ("%%% agency a\n---\njust words\n---\n", 3, "one a line"),
        ("%%% agency a\n---\ntitle: A\ntitle: B\n---\n", 4, "a second time"),
        ("%%% agency a\n---\nkey: x\ntitle: A\n---\n", 3, "is no key"),
        ("%%% agency a\n---\nrevision: x\ntitle: A\n---\n", 3, "no revision number"),
        ("%%% initiative a\n---\ntitle: A\n---\n", 1, "needs to stand below"),
        (
            "%%% pillar p\n---\ntitle: P\n---\n%%% initiative a\n---\ntitle: A\n---\n",
            5,
            "not right under a pillar",
        ),
        ("%%% agency a\n---\na: &x [1]\nb: *x\n---\n", 4, "write out"),
        ('%%% agency a\n---\ntitle: A\nsummary: "a\\0b"\n---\n', 4, "no text has"),
    ],
)
def test_what_cannot_be_read_is_named_by_line(text, line, words):
    found = problems(text)
    assert any(one.startswith(f"Line {line}:") and words in one for one in found), found


def test_all_of_it_is_named_at_once():
    text = "%%% planet mars\n%%% agency a\n---\ntitle: [\n---\n%%% agency b\n"
    assert len(problems(text)) == 3


@pytest.mark.parametrize("nested", ["[" * 90_000, "[\n" * 40_000, "- " * 40_000, "{a: " * 20_000])
def test_deep_nesting_is_refused_before_it_is_parsed(nested):
    assert (
        "deeply nested"
        in problems(
            f"%%% agency a\n---\ntitle: {nested}\n---\n"
            if nested[0] != "-"
            else f"%%% agency a\n---\n{nested}\n---\n"
        )[0]
    )


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n ", "empty"),
        (b"x" * (MAX_BYTES + 1), "larger than 2 MB"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not text"),
        (b"\xff\xfea", "not text"),
        (b"PK\x03\x04" + b"\0" * 50 + b"word/document.xml", "word processor"),
        (b"PK\x03\x04garbage", "zip file cannot be read"),
        (b"just a text", "there is no item in it"),
    ],
)
def test_what_is_no_document_is_said_in_plain_words(data, words):
    assert words in problems(data)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_common_encoding_and_line_end_is_read(encoding, end):
    text = GOOD.replace("Text.", "Café “one”\n\ntwo").replace("\n", end)
    (block,) = detect.read_upload(text.encode(encoding))
    assert block.body.strip() == "Café “one”\n\ntwo"
    assert block.lines["title",] == line_of(GOOD, "title")
