"""What an administrator removes for good from the report goes from what reviewers wrote, and what residents wrote is named."""

import re
from html import unescape

import pytest

from feedback.models import CommentRedaction, Tag
from initiatives.models import Redaction
from initiatives.passages import Removal
from initiatives.redaction import redact
from tests.builders import make_agency
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
        "Still there: 2 comments of residents with “Roe” . What residents wrote is redacted one by one" in text_of(after)
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
