"""Every kind of public page, in a browser: accessible, within its width, quiet, alone with its reader."""

import re
import urllib.request

import pytest
from django.utils import timezone

from tests.browser.checks import accessible, fits

ABOUT_US = ["/about/", "/privacy/", "/accessibility/"]
FIXED = [
    "/",
    "/report/",
    "/documents/",
    "/updates/",
    "/you-said-we-did/",
    "/record/",
    *ABOUT_US,
    "/feedback/",
    "/feedback/thanks/",
    "/no/such/page/",
]


@pytest.fixture(scope="module")
def kinds(site):
    """One address of each kind of page: the fixed ones, a pillar, sections with and without sub-sections,
    initiatives.
    """
    listed = re.findall(
        r"<loc>http://[^/]+(/[^<]*)</loc>", urllib.request.urlopen(site.url + "/sitemap.xml").read().decode()
    )
    tops = [path for path in listed if re.fullmatch(r"/[\w-]+/", path)]
    pillar = next(path for path in tops if any(other != path and other.startswith(path) for other in listed))
    sections = [path for path in listed if path.startswith(pillar) and path != pillar]
    initiatives = [path for path in listed if path.startswith("/initiatives/")]
    past = f"/as-of/{timezone.localdate():%Y-%m-%d}{initiatives[0]}"
    histories = [f"{path}history/" for path in (pillar, sections[0], initiatives[0])]
    compare = f"{initiatives[0]}compare/?from=1&to=1"
    return [
        *FIXED,
        pillar,
        sections[0],
        sections[-1],
        initiatives[0],
        initiatives[-1],
        *histories,
        compare,
        past,
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing(visit, kinds, dark):
    page = visit(dark=dark, expect_errors=True)
    for path in kinds:
        page.goto(path)
        accessible(page)


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_page_scrolls_sideways(visit, kinds, width):
    page = visit(width=width, expect_errors=True)
    for path in kinds:
        page.goto(path)
        fits(page)


def test_text_at_twice_the_size_still_fits(visit, kinds):
    page = visit(width=640, expect_errors=True)
    for path in kinds:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        fits(page)


def test_pages_are_quiet_and_set_no_cookie(visit, kinds):
    page = visit()
    for path in kinds:
        if path == "/no/such/page/":
            continue
        page.goto(path)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_a_first_view_weighs_at_most_100_kilobytes(visit, kinds):
    for path in kinds:
        page, sizes = visit(expect_errors=True), []
        page.on(
            "requestfinished",
            lambda request, sizes=sizes: sizes.append(
                sum(request.sizes()[k] for k in ("responseBodySize", "responseHeadersSize"))
            ),
        )
        page.goto(path, wait_until="networkidle")
        assert sum(sizes) <= 100_000, f"{path}: {sum(sizes)} bytes"


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit()
    page.goto("/report/")
    page.keyboard.press("Tab")
    assert "Skip" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_paper_shows_the_text_without_menus_and_forms(visit):
    page = visit()
    page.goto("/report/")
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="Send feedback").is_visible()
    assert not page.locator("body > header nav").first.is_visible()
    assert page.get_by_role("heading", level=1).is_visible()


def test_escape_folds_the_menu_and_leads_back_to_its_button(visit):
    page = visit(width=320)
    page.goto("/")
    menu = page.locator(".menu-fold")
    menu.locator("summary").click()
    page.get_by_role("link", name="Whole report", exact=True).focus()
    page.keyboard.press("Escape")
    assert not menu.evaluate("one => one.open")
    assert menu.locator("summary").evaluate("one => one === document.activeElement")
