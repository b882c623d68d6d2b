"""What stops a publish and what is only advice: images, headings, words of links, plain words."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from initiatives.checks import Finding, examine
from initiatives.models import KINDS, Upload
from initiatives.publishing.batch import messages_of
from initiatives.publishing.publish import publish
from initiatives.report.report import Report
from initiatives.text.readability import grade, hardest, split
from tests.builders import (
    make_initiative,
    make_upload,
)

pytestmark = pytest.mark.django_db

PLAIN = {"title": "Jobs", "summary": "It helps people."}


def errors(body="", **fields):
    """Return the messages that stop a draft with this body."""
    item = make_initiative(publish=False, body=body, **PLAIN | fields)
    return [finding.message for finding in examine(item).errors]


def stops(body, words):
    found = errors(body)
    assert len(found) == 1, found
    assert words in found[0]
    return True


def image():
    return make_upload("Park", "image", b"\xff\xd8\xff", "jpg", "image/jpeg")


def test_a_draft_in_order_brings_nothing():
    assert not examine(make_initiative(publish=False, **PLAIN))


def test_a_finding_names_its_field():
    item = make_initiative(publish=False, body="[here](/documents/)", **PLAIN | {"summary": ""})
    assert [finding.field for finding in examine(item).errors] == ["summary", "body"]
    assert examine(item).errors[0] == Finding("summary", "Fill this in before you publish.")


def test_a_refused_publish_has_all_messages_by_field():
    item = make_initiative(publish=False, body="# One\n\n[here](/documents/)", **PLAIN | {"summary": ""})
    with pytest.raises(ValidationError) as refused:
        publish(item, by=None)
    assert {name: len(messages) for name, messages in refused.value.message_dict.items()} == {
        "summary": 1,
        "body": 2,
    }


def test_advice_does_not_stop_a_publish():
    item = make_initiative(publish=False, **PLAIN | {"summary": "It served 3,000 people."})
    assert examine(item).advice
    publish(item, by=None)
    assert Report.live().initiatives[0].title == "Jobs"


# Images


def test_an_image_in_a_text_needs_alt_text():
    assert stops(f"One.\n\nTwo\n![ ](/media/{image().file.name})", "The image on line 4 has no alt text")


def test_an_image_in_a_text_that_is_marked_decorative_needs_none():
    assert errors(f'![](/media/{image().file.name} "decorative")') == []


def test_the_mark_is_not_shown_to_readers():
    item = make_initiative(body=f'![](/media/{image().file.name} "decorative")', **PLAIN)
    html = item.revisions.last().html["body"]
    assert "<img" in html
    assert 'alt=""' in html
    assert "decorative" not in html


def test_the_image_of_the_page_needs_alt_text_or_the_mark():
    assert errors(image=image()) == [
        "Say what the image shows, or tick “decorative” if it says nothing that the text does not."
    ]
    other = Upload.objects.get()
    assert errors(image=other, image_alt="A park") == []
    assert errors(image=other, image_decorative=True) == []


def test_an_image_on_another_site_stops_the_publish():
    assert stops("![A park](https://example.org/a.png)", "is on another site. Upload it here instead.")


def test_an_image_at_an_address_of_this_site_that_holds_none_is_not_called_anothers():
    assert stops("![A park](/media/park.jpg)", "is no image of this site: /media/park.jpg Upload it here.")


def test_an_image_that_is_not_here_stops_the_publish():
    assert stops(f"![A park](/media/images/{'0' * 64}.jpg)", "leads to a file that is not here")


# Headings


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("# One", "“One” on line 1 is of level 1, which is the page's title"),
        ("One\n===", "is of level 1"),
        ("## One\n\n#### Two", "jumps from level 2 to level 4: “Two” on line 3. Use level 3."),
        ("### One\n\n## Two", "The first heading, “One” on line 1, is of level 3, and a higher one follows"),
    ],
)
def test_headings_out_of_order_stop_the_publish(body, words):
    assert stops(body, words)


@pytest.mark.parametrize(
    "body", ["## One\n\n### Two\n\n## Three", "### One\n\n### Two", "```\n# a comment\n```", "\\# no heading"]
)
def test_headings_in_order_do_not(body):
    assert errors(body) == []


# Words of links


@pytest.mark.parametrize(
    "words",
    [
        "here",
        "Click here",
        "**Here**",
        "read more …",
        "this",
        "https://example.org/",
        "www.example.org",
        "example.org/a",
    ],
)
def test_a_link_whose_words_say_nothing_stops_the_publish(words):
    assert stops(f"One.\n\nSee [{words}](https://example.org/).", "on line 3 does not say where it leads")


def test_a_bare_address_as_a_link_stops_the_publish():
    assert stops("See <https://example.org/>.", "does not say where it leads")


def test_a_link_without_words_stops_the_publish():
    assert stops("[](https://example.org/)", "has no words")


def test_an_image_with_alt_text_gives_its_link_words():
    assert errors(f"[![A park](/media/{image().file.name})](https://example.org/)") == []


def test_the_words_of_links_in_rows_are_looked_at_too():
    item = make_initiative(publish=False, **PLAIN)
    item.links.create(label="Click here", url="https://example.org/")
    assert [finding.field for finding in examine(item).errors] == ["links"]


@pytest.mark.parametrize("words", ["More about the camp", "the plan here", "Example Inc.", "This Old House"])
def test_a_link_that_names_where_it_leads_does_not(words):
    assert errors(f"[{words}](https://example.org/)") == []


# Plain words

HARD = "The administration comprehensively reconsidered intergovernmental coordination responsibilities."


def test_a_text_above_grade_eight_is_advised_with_the_sentences_that_raise_it():
    item = make_initiative(publish=False, body=f"It is good. {HARD} We like it.", **PLAIN)
    (found,) = examine(item).advice
    assert re.match(r"The text reads at school grade \d+\.\d; aim for 8 or below\.", found.message)
    assert HARD.rstrip(".") in found.message
    assert "We like it" not in found.message


def test_a_text_up_to_grade_eight_is_not():
    assert not examine(
        make_initiative(publish=False, body="The cat sat on the mat. It was fat.", **PLAIN)
    ).advice


def test_at_most_three_sentences_are_named():
    assert len(hardest(split(" ".join([HARD] * 5 + ["It is good."] * 9)))) == 3


def test_the_grade_is_that_of_kincaid():
    # One sentence, six words, six syllables.
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)
    # Two sentences, nine words, eleven syllables.
    assert grade("People like the big park. They go there daily.") == pytest.approx(
        0.39 * 9 / 2 + 11.8 * 11 / 9 - 15.59
    )


def test_of_sentences_all_alike_one_is_named():
    assert len(hardest(split(" ".join([HARD] * 2)))) == 1


def test_nothing_reads_at_no_grade():
    assert grade("") == 0
    assert hardest([]) == []


# The real report


def test_nothing_stops_the_real_report(real_report):
    found = {item.slug: examine(item) for model in KINDS.values() for item in model.objects.all()}
    assert {slug: one.errors for slug, one in found.items() if one.errors} == {}
    # Long names of bodies and programs; each is named with its sentences.
    assert sum(len(one.advice) for one in found.values()) <= 6


# The desk


def shown(client, item):
    page = client.get(reverse(f"admin:initiatives_{item.kind}_change", args=[item.pk])).content.decode()
    found = re.search(r'<section class="before-publish".*?</section>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


def test_the_desk_lists_what_to_mend_before_a_publish(as_, edith):
    item = make_initiative(
        publish=False, body="[here](/documents/)", **PLAIN | {"summary": "It served 3,000 people."}
    )
    item.figures.create(value=40, unit="teams")
    words = shown(as_(edith), item)
    assert words.startswith(
        "Before you publish To mend first Body: The link “here” on line 1 does not say where it leads."
    )
    assert "Advice Summary: “3,000” is in the text but in no row under “Numbers”." in words
    assert "Numbers: “40 teams” is a row here but the text does not say it." in words


def test_the_desk_lists_nothing_where_nothing_is_to_mend(as_, edith):
    assert shown(as_(edith), make_initiative(publish=False, **PLAIN)) == ""


def test_what_the_desk_lists_is_escaped(as_, edith):
    item = make_initiative(publish=False, body="[<script>](javascript:1) [&lt;b>](/nowhere/)", **PLAIN)
    page = as_(edith).get(reverse("admin:initiatives_initiative_change", args=[item.pk])).content.decode()
    assert "The link “&lt;b&gt;” on line 1 leads nowhere" in page


def test_a_refused_publish_names_rows_as_the_form_does(as_, edith):
    item = make_initiative(publish=False, **PLAIN)
    item.links.create(label="here", url="https://example.org/")
    with pytest.raises(ValidationError) as refused:
        publish(item, by=None)

    assert messages_of(item, refused.value) == [
        "Links: The link “here” does not say where it leads. Name the page or file it opens."
    ]
