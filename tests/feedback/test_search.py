"""The inbox finds words in quotes, beginnings of words, and numbers however they are spaced; no comment
claims a language.
"""

from urllib.parse import quote

import pytest

from tests.feedback.test_inbox import LIST, listed, say

pytestmark = pytest.mark.django_db
TEXTS = {
    "street": "The street light is out",
    "apart": "The light on my street",
    "flight": "A flight of stairs",
    "phone": "Call (314) 555-0100 now",
    "bare": "Call 3145550100 now",
    "dots": "Call 314.555.0100 or 314\u00a0555\u00a00100",
    "sum": "They got $300,000.00",
    "years": "In 2012 and again on the 14",
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"street light"', {"street"}),
        ("“Street  Light”", {"street"}),
        ("street light", {"street", "apart"}),
        ("light", {"street", "apart", "flight"}),
        ("light*", {"street", "apart"}),
        ("STRE*", {"street", "apart"}),
        ('"on my" light*', {"apart"}),
        ("3145550100", {"phone", "bare", "dots"}),
        ("314 555 0100", {"phone", "bare", "dots"}),
        ("(314) 555-0100", {"phone", "bare", "dots"}),
        ("+314-555-0100", {"phone", "bare", "dots"}),
        ("call 555 0100", {"phone", "bare", "dots"}),
        ("300000", {"sum"}),
        ("300,000", {"sum"}),
        ("14 2012", {"years"}),
        ('"', set()),
        ("*", set()),
    ],
)
def test_a_query_finds(as_, rita, query, found):
    for text in TEXTS.values():
        say(text)

    assert listed(as_(rita), f"state=all&q={quote(query)}") == {TEXTS[name] for name in found}


@pytest.mark.parametrize(
    "query", ["(", "[", "\\", '"(" [x', "a*b", "((((1", "$1", "." * 40, "9" * 100, '"' * 50]
)
def test_an_odd_query_does_no_harm(as_, rita, query):
    say("Something")
    assert as_(rita).get(LIST, {"state": "all", "q": query}).status_code == 200


def test_what_a_resident_wrote_claims_no_language_and_the_page_is_said_to_be_the_pages(as_, rita):
    one = say("Falta información", language="es")
    client = as_(rita)
    for path in (f"{LIST}?state=all", f"{LIST}triage/", f"{LIST}{one.pk}/change/", f"{LIST}{one.pk}/redact/"):
        page = client.get(path).content.decode()
        assert 'lang="es"' not in page
        assert 'dir="auto"' in page
        assert page.count("lang=") == 1, "only that of the page itself"
    assert "Language of the page: es" in client.get(f"{LIST}?state=all").content.decode()
