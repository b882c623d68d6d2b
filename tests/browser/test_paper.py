"""What the printer gets, from Chromium itself: every cell, few pages, each with its number."""

import re
import zlib

import pytest

from initiatives.models import Initiative
from tests.builders import make_initiative, make_site
from tests.hostile import TABLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# The lines of a page's foot: when it changed, whom to call, whose report, its address; and the number of the
# page
FOOT = 5
# As wide as a Letter page between its margins
PAPER = {"width": 700, "height": 900}
CUT = """() => [...document.querySelectorAll("main *:not(.visually-hidden, textarea)")].filter((one) =>
    one.getBoundingClientRect().right > innerWidth + 1
        || /auto|scroll|hidden/.test(getComputedStyle(one).overflowX)
    && one.scrollWidth > one.clientWidth + 1
).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def paper(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url, viewport=PAPER)
    page = context.new_page()
    page.emulate_media(media="print")
    yield page
    context.close()


def pages(page):
    """Return of how many Letter pages the PDF of a page is."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter", prefer_css_page_size=True)))


def lines(page, number):
    """Return how many lines of text stand on one page of the PDF, its number among them."""
    pdf = page.pdf(format="Letter", prefer_css_page_size=True, page_ranges=str(number))
    streams = (
        zlib.decompress(one)
        for one in re.findall(rb"FlateDecode.*?stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    )
    text = next(one for one in streams if b" Tf" in one)
    return len({round(float(y)) for y in re.findall(rb" ([\d.]+) Tm", text)})


def test_the_whole_report_is_at_most_25_pages(real_report, paper):
    paper.goto("/report/")
    assert pages(paper) <= 25


def test_every_initiative_of_the_report_is_one_page_or_ends_with_some_of_its_text(real_report, paper):
    slugs = Initiative.objects.values_list("slug", flat=True)
    assert len(slugs) == 103
    for slug in slugs:
        paper.goto(f"/initiatives/{slug}/")
        count = pages(paper)
        assert count == 1 or (count == 2 and lines(paper, 2) > FOOT), slug


@pytest.mark.parametrize("paragraphs", [range(21, 27), range(52, 58)], ids=["one page", "two pages"])
def test_the_foot_of_a_page_is_never_alone_on_paper(paper, paragraphs):
    make_site(footer="A report of the city.")
    body, counts = "\n\n".join(f"Line {n}" for n in range(max(paragraphs))), []
    initiative = make_initiative(body=body)
    for number in paragraphs:
        paper.goto(f"/initiatives/{initiative.slug}/")
        paper.evaluate(
            "count => document.querySelectorAll('.prose p').forEach((one, n) => n < count || one.remove())",
            number,
        )
        counts.append(pages(paper))
        assert counts[-1] == counts[0] or lines(paper, counts[-1]) > FOOT, number
        assert lines(paper, 1) > 20
    assert counts[-1] == counts[0] + 1


def test_every_page_has_its_number(settings):
    style = (settings.BASE_DIR / "static" / "css" / "site.css").read_text()
    assert 'content: "Page " counter(page) " of " counter(pages)' in style


def test_every_cell_of_a_wide_table_is_on_paper(paper):
    make_site()
    initiative = make_initiative(body=f"{TABLE}\n\n| {'x' * 400} | {'y' * 400} |\n|--|--|\n| a | b |\n")
    for path in (f"/initiatives/{initiative.slug}/", "/report/"):
        paper.goto(path)
        assert paper.locator("td").count() == 17
        assert paper.evaluate(CUT) == [], path
