"""What the printer gets, from Chromium itself: every cell, few pages, each with its number."""

import re

import pytest

from tests.builders import make_initiative, make_site
from tests.hostile import TABLE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# As wide as a Letter page between its margins
PAPER = {"width": 700, "height": 900}
CUT = """() => [...document.querySelectorAll("main *:not(.visually-hidden, textarea)")].filter((one) =>
    one.getBoundingClientRect().right > innerWidth + 1 || /auto|scroll|hidden/.test(getComputedStyle(one).overflowX)
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


def test_the_whole_report_is_at_most_25_pages_and_an_initiative_ends_with_its_text(real_report, paper):
    paper.goto("/report/")
    assert pages(paper) <= 25
    paper.goto("/initiatives/youthbuild/")
    assert pages(paper) == 1


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
