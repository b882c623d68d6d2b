"""Out and in again changes nothing, whatever the texts hold."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.exchange import block, sheets, sheets_in
from initiatives.exchange.document import block_text, read_document
from initiatives.exchange.fields import tidy
from initiatives.models import Initiative, Revision
from initiatives.publishing.publish import save_draft
from tests.builders import make_agency, make_document, make_initiative, make_upload
from tests.initiatives.roundtrip.conftest import brought, written, zipped

pytestmark = pytest.mark.django_db
# What a text field accepts: anything but the NUL; lone surrogates cannot be stored.
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
LINES = [
    "# Heading",
    "---",
    "%%%",
    "%%% initiative x",
    r"\%%% y",
    "```",
    "    code",
    "| a | b |",
    "|---|---|",
    "",
    "=1+1",
    "- x",
]
LINES += [
    "'=1",
    "@x",
    "\tx",
    "a: b",
    "key: 1",
    "“x”",
    "\x85",
    "\u2028",
    "\ufeff",
    "x  ",
    "\r",
    '"',
    ";",
    ",",
    "😀",
    "{a: [b",
]
TRICKY = st.lists(st.sampled_from(LINES), max_size=12).map("\n".join)
TEXT = st.one_of(ANY, TRICKY)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def test_the_real_report_comes_back_as_it_went_out(real_report):
    before = Revision.objects.count()
    for text in ("drafts", "live"):
        for data in (written(text), zipped(text)):
            result = brought(data, keep=True)
            assert (result.changes, result.problems, result.conflicts, result.left) == ([], [], [], [])
    assert result.same > 200
    assert Revision.objects.count() == before


def test_an_initiative_with_everything_comes_back_as_it_went_out(camp):
    camp.participations.create(agency=make_agency(), role="lead")
    camp.amounts.create(
        amount="10.10", currency="EUR", qualifier="nearly", sort="wage", per="hour", purpose="+5% {of: [it]}"
    )
    save_draft(camp, by=None)
    file = make_document(file=make_upload())
    before = Revision.objects.count()
    for data in (written(), zipped()):
        assert file.file.file.name in (data if isinstance(data, str) else str(sheets_in.unzip(data)))
        assert brought(data, keep=True).changes == []
    assert Revision.objects.count() == before


@QUICK
@given(body=TEXT, note=TEXT)
def test_any_text_survives_the_document(body, note):
    text = block_text(
        "initiative one", {"title": tidy(note) or "x", "status_note": tidy(note)}, tidy(body)
    ) + block_text("agency two", {"title": "x"}, "")
    first, second = below_a_section(text)
    assert tidy(first.body) == tidy(body)
    assert tidy(first.values["status_note"]) == tidy(note)
    assert (second.kind, second.slug) == ("agency", "two")


def below_a_section(text):
    head = block_text("pillar p", {"title": "p"}, "") + block_text("section s", {"title": "s"}, "")
    return read_document(block.decode((head + text).encode()))[2:]


@QUICK
@given(text=TEXT)
def test_any_cell_survives_the_sheet_and_none_is_a_formula(text):
    cell = sheets.guard(tidy(text))
    assert sheets.unguard(cell) == tidy(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=TEXT, body=TEXT)
def test_any_saved_text_comes_back_without_a_change(park, title, body):
    item = Initiative.objects.get(slug="one")
    item.title, item.summary, item.body = title[:200] or "x", title[:300], body
    item.save()
    save_draft(item, by=None)
    for data in (written(root=item.key), zipped(root=item.key)):
        result = brought(data)
        assert (result.problems, result.changes) == ([], [])


def test_a_changed_text_arrives_exactly(park):
    body = "# A\n\n---\n\n```\n%%% initiative x\n---\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nline  \nnext"
    make_initiative(section=park, slug="four", body=body, publish=False)
    text = written().replace("line  \nnext", "line  \nlast")
    assert [one.title for one in brought(text, keep=True).changes] != []
    assert Initiative.objects.get(slug="four").body == body.replace("next", "last")
