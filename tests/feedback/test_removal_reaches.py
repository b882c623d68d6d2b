"""What an administrator removes for good from the report goes from what reviewers wrote, and what
residents wrote is named.
"""

import re
from html import unescape

import pytest

from feedback.models import Answer, Comment, CommentRedaction, DailyCount, Tag
from initiatives.audit.passages import Removal
from initiatives.audit.redaction import redact
from initiatives.models import Redaction
from tests.builders import (
    make,
    make_agency,
    make_document,
    make_initiative,
    make_pillar,
    make_section,
    make_site,
)
from tests.feedback.test_inbox import LIST, say
from tests.initiatives.test_admin_redaction import URL, shown, text_of

pytestmark = pytest.mark.django_db


def test_tags_and_the_reasons_of_redactions_are_reached_and_stay_on_record(alice):
    Tag.objects.bulk_create([Tag(name="Jane Roe"), Tag(name="About Jane Roe")])
    record = CommentRedaction.objects.create(by_name="rita", reason="That Jane Roe asked for it", passages=1)
    redact(Removal(["jane roe"]), "A court said so.", alice)
    record.refresh_from_db()
    assert (record.reason, record.by_name) == ("That [removed] asked for it", "rita")
    names = [*Tag.objects.values_list("name", flat=True)]
    assert len(names) == 2 and not any("roe" in name.lower() for name in names)


def test_comments_that_say_the_words_are_counted_before_and_after_with_the_way_to_them(as_, alice):
    make_agency(title="Roe & Sons")
    for text in ("Roe is here", "Ask ROE", "roes bloom", ""):
        say(text, helpful=True)
    client = as_(alice)
    preview = client.post(URL, {"words": "Roe"})
    way = f'<a href="{LIST}?state=all&amp;q=Roe">'
    assert "2 comments of residents with “Roe”" in text_of(preview) and way in preview.content.decode()
    sent = {"words": "Roe", "reason": "A court said so.", "shown": shown(preview), "_confirm": "1"}
    after = client.post(URL, sent, follow=True)
    assert (
        "Still there: 2 comments of residents with “Roe” . What residents wrote is redacted one by one"
        in text_of(after)
        and way in after.content.decode()
    )


def test_words_in_comments_alone_lead_to_the_inbox_and_remove_nothing(as_, alice):
    say("Roe is here")
    text = text_of(as_(alice).post(URL, {"words": "Roe\nnobody"}))
    assert "These words stand nowhere in the report or its desk." in text
    assert "1 comment of residents with “Roe”" in text and "nobody”" not in text
    assert not Redaction.objects.exists()


def test_a_long_passage_leads_to_a_list_that_the_inbox_can_show(as_, alice):
    passage = " ".join(["extraordinarily"] * 12)
    make_agency(title="Roe", summary=passage)
    say(passage)
    client = as_(alice)
    way = re.search(rf'href="({LIST}[^"]*)"', client.post(URL, {"words": passage}).content.decode())[1]
    assert len(client.get(unescape(way)).context["rows"]) == 1


def test_two_names_that_become_alike_and_fill_their_column_still_differ(alice):
    for first in ("Ulv", "Olv"):
        Tag.objects.create(name=f"complaint of Mr {first} Zorkan and his dog A"[:40])
    redact(Removal(["Ulv Zorkan", "Olv Zorkan"]), "A court said so.", alice)
    names = [*Tag.objects.values_list("name", flat=True)]
    assert len(set(names)) == 2 and all(len(name) <= 40 and "Zorkan" not in name for name in names)


@pytest.fixture
def plan(client):
    """A page with the word in its address, and one whose address is what that one's would become."""
    make_site()
    section = make_section(pillar=make_pillar(slug="plimsoe"), slug="the-plimsoe-years")
    make_initiative(section=section, title="Another", slug="removed-plan")
    return make_initiative(section=section, title="Plimsoe plan", slug="plimsoe-plan")


def asked(page, **fields):
    return say("Good", page=page, title=fields.pop("title", "Plimsoe plan"), **fields)


PAGES = {
    "/initiatives/plimsoe-plan/": "/initiatives/removed-plan-2/",
    "/initiatives/plimsoe-plan/history/": "/initiatives/removed-plan-2/history/",
    "/initiatives/plimsoe-plan/compare/": "/initiatives/removed-plan-2/compare/",
    "/plimsoe/": "/removed/",
    "/plimsoe/the-plimsoe-years/": "/removed/the-removed-years/",
    "/documents/": "/documents/",
    "/nowhere/plimsoe/": "/nowhere/removed/",
}


def test_a_comment_stays_with_its_page_whose_address_had_the_words(as_, alice, client, plan):
    comments = {before: asked(before, item=plan.key, version=1) for before in PAGES}
    admin = as_(alice)
    sent = {"words": "Plimsoe", "reason": "A court said so.", "_confirm": "1"}
    after = admin.post(URL, sent | {"shown": shown(admin.post(URL, sent | {"_confirm": ""}))}, follow=True)
    assert "It is removed for good" in text_of(after)
    for before, now in PAGES.items():
        comment = Comment.objects.get(pk=comments[before].pk)
        assert (comment.page, comment.title, comment.text) == (now, "[removed] plan", "Good")
        assert "nowhere" in now or client.get(now).status_code == 200, now


def test_figures_and_redactions_keep_the_page_too_and_two_pages_stay_two(alice, plan):
    for page in ("/initiatives/plimsoe-plan/", "/initiatives/removed-plan/"):
        DailyCount.objects.create(page=page, title="Plimsoe plan", date="2026-01-02", version=1, yes=1)
        CommentRedaction.objects.create(
            comment=asked(page), page=page, by_name="rita", reason="A name", passages=1
        )
    redact(Removal(["plimsoe"]), "A court said so.", alice)
    expected = {"/initiatives/removed-plan/", "/initiatives/removed-plan-2/"}
    for model in (DailyCount, CommentRedaction, Comment):
        assert {*model.objects.values_list("page", flat=True)} == expected, model


def test_links_between_pages_lead_to_the_new_address(alice, client, plan):
    document = make_document(title="Plimsoe study", slug="plimsoe-study")
    text = (
        "See [it](/initiatives/plimsoe-plan/?x=plimsoe), "
        "[that](/documents/#plimsoe-study)\n\n[one]\n\n[one]: /plimsoe/"
    )
    other = make_initiative(section=plan.section, title="Teller", body=text)
    answer = make(Answer, body="Yes.", led_to="/initiatives/plimsoe-plan/history/12/", about=plan.key)
    redact(Removal(["Plimsoe", "12"]), "A court said so.", alice)
    document.refresh_from_db()
    html = other.revisions.get().html["body"]
    for address in ("/initiatives/removed-plan-2/?x=removed", f"/documents/#{document.slug}", "/removed/"):
        assert f'href="{address}"' in html
    answer.refresh_from_db()
    assert (
        answer.led_to == answer.revisions.get().fields["led_to"] == "/initiatives/removed-plan-2/history/12/"
    )


@pytest.mark.parametrize("word", ["initiatives", "history", "documents"])
def test_the_sites_own_names_stay_in_addresses(alice, plan, word):
    pages = [asked(page) for page in ("/initiatives/plimsoe-plan/history/", "/documents/")]
    make_agency(title=f"About {word}")
    redact(Removal([word]), "A court said so.", alice)
    assert {*Comment.objects.values_list("page", flat=True)} == {page.page for page in pages}


@pytest.mark.parametrize(
    "title",
    ["https://example.org/plimsoe", "Plimsoe " * 37, "See https://example.org/" + "plimsoe-" * 30 + "!"],
)
def test_titles_that_hold_addresses_or_are_full_are_mended_as_well(alice, plan, title):
    asked("/initiatives/plimsoe-plan/", title=title)
    redact(Removal(["Plimsoe"]), "A court said so.", alice)
    comment = Comment.objects.get()
    assert "plimsoe" not in comment.title.lower() and len(comment.title) <= 300


@pytest.mark.parametrize(
    "slug", ["ox-" * 26 + "ox", "a" * 77 + "-ox", "ox-" + "b" * 77, "one-" * 18 + "ox-two"]
)
def test_a_long_address_keeps_the_mark_and_is_no_longer_than_may_be(alice, client, plan, slug):
    item = make_initiative(section=plan.section, slug=slug, title="Long")
    asked(f"/initiatives/{slug}/")
    redact(Removal(["ox"]), "A court said so.", alice)
    page = Comment.objects.get().page
    item.refresh_from_db()
    assert page == f"/initiatives/{item.slug}/" and client.get(page).status_code == 200
    assert "removed" in item.slug and "ox" not in item.slug and len(item.slug) <= 80
