"""Whatever is typed into whatever field, no page is pushed sideways, and what scrolls by itself is reached
by keyboard.
"""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from initiatives.audit.seals import seal_ended_days
from initiatives.desk import share_links
from initiatives.models import Initiative, Section
from initiatives.publishing.publish import unpublish
from initiatives.report.drafts import Scope
from tests.conftest import person
from tests.hostile import LONG, change, fields_of, make, make_hostile_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SPACING = """* { line-height: 1.5 !important; }
* { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }"""
TWICE = "html { font-size: 200% !important; }"
# Width, default size of letters, style of the reader's own
VIEWS = ((320, 16, ""), (640, 16, TWICE), (360, 24, ""), (320, 16, SPACING))
UNREACHED = """() => [...document.querySelectorAll("body *")].filter((one) =>
    /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1
    && one.tabIndex < 0).map((one) => one.outerHTML.slice(0, 200))"""
WIDEST = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
    && !one.closest(".table-scroll")).slice(0, 5).map((one) => one.outerHTML.slice(0, 160)).join("\\n")"""

# What stands above a table that scrolls has to be read without scrolling it.
CAPTIONS = """() => [...document.querySelectorAll("caption")].filter(
    (one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.textContent)"""


@pytest.fixture
def paths(db, clock):
    """One address of each kind of public page of a hostile report, with the status that it answers."""
    clock.now -= timedelta(days=2)
    one = make_hostile_report()
    gone = make(Initiative, section=Section.objects.first(), status="ongoing", **fields_of(Initiative))
    unpublish(gone, None, (LONG * 9)[:300])
    clock.now += timedelta(days=2)
    assert seal_ended_days()
    change(one, summary=LONG * 6)
    link = share_links.make_share_link(
        Scope(str(one.key), one.title, one.kind, one.key), 7, LONG, person("edith", is_superuser=True)
    )
    items = [
        f"/{one.section.pillar.slug}/",
        f"/{one.section.pillar.slug}/{one.section.slug}/",
        f"/initiatives/{one.slug}/",
    ]
    names = (
        "home report documents updates the_record answers feedback:send about privacy accessibility "
        "as_of_day feedback:thanks"
    )
    past = [
        f"{items[-1]}history/",
        f"{items[-1]}history/2/",
        f"{items[-1]}compare/?from=2&to=3",
    ]
    other = [f"/as-of/{timezone.localdate()}{items[-1]}", share_links.link_path(link)]
    fine = [*map(reverse, names.split()), *items, *past, *other]
    return dict.fromkeys(fine, 200) | {f"/initiatives/{gone.slug}/": 410, f"/{LONG}/": 404}


@pytest.fixture
def reader(chromium, live_server):
    """A page, and what sets its width and the default size of letters as a reader does."""
    context = chromium.new_context(base_url=live_server.url, bypass_csp=True)
    page = context.new_page()
    settings = context.new_cdp_session(page)

    def look(width, letters, style):
        page.set_viewport_size({"width": width, "height": 800})
        settings.send("Page.setFontSizes", {"fontSizes": {"standard": letters}})
        page.evaluate("(style) => { document.getElementById('own').textContent = style; }", style)

    yield page, look
    context.close()


def test_hostile_content_in_every_field_pushes_no_page_sideways(reader, paths):
    page, look = reader
    found, seen = [], set()
    for path, status in paths.items():
        assert page.goto(path).status == status, path
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        page.add_style_tag(content="/**/").evaluate("style => { style.id = 'own'; }")
        for view in VIEWS:
            look(*view)
            seen.add(page.evaluate("getComputedStyle(document.documentElement).fontSize"))
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{path}, {view}: {page.evaluate(WIDEST)}")
            found += [f"{path}: no key reaches {one}" for one in page.evaluate(UNREACHED)]
            found += [f"{path}, {view}: cut off: {one}" for one in page.evaluate(CAPTIONS)]
    assert not found, "\n".join(found)
    assert seen == {"16px", "32px", "24px"}
