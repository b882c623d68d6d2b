"""What every page must hold in a browser: nothing for axe to find, nothing cut, nothing sideways."""

import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

# Without "preload": to look for a locked screen axe copies style sheets into the page, which the content policy refuses.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "preload": False}


# Contrast takes axe longer than everything else. It is measured where a kind of page is first met at a width, in light or dark.
MEASURED = set()


def accessible(page, but=None):
    """Fail with axe's words for each finding; what is inside `but`, a selector, is left out."""
    kind = (re.sub(r"[\w.~-]*\d[\w.~-]*", "#", urlsplit(page.url).path), page.viewport_size["width"], page.evaluate(DARK))
    rules = RULES | ({"rules": {"color-contrast": {"enabled": False}}} if kind in MEASURED else {})
    MEASURED.add(kind)
    found = Axe().run(page, {"exclude": [[but]]} if but else None, rules).response["violations"]
    assert not found, "\n".join(f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found)


DARK = "matchMedia('(prefers-color-scheme: dark)').matches"
LOOK = """(one) => {
    const { outline, boxShadow, borderColor, backgroundColor, textDecoration } = getComputedStyle(one);
    return [outline, boxShadow, borderColor, backgroundColor, textDecoration].join();
}"""
CUT = """() => [...document.querySelectorAll("#content *")].filter(
    (one) => getComputedStyle(one).overflowX === "hidden" && !one.matches("input, .visually-hidden")
        && one.scrollWidth > one.clientWidth + 1
).map((one) => one.className)"""


def fits(page):
    """Fail where the page scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, page.url


def uncut(page):
    """Fail where a box of the desk hides the end of what is in it."""
    found = page.evaluate(CUT)
    assert not found, f"{page.url}: {found}"


def tab_to(page, target):
    """Reach something with the Tab key alone; fail where the keyboard does not get there, or its focus cannot be seen."""
    before = target.evaluate(LOOK)
    for _ in range(200):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            break
    else:
        raise AssertionError(f"The Tab key does not lead to {target}.")
    assert target.evaluate(LOOK) != before, f"The focus is not seen on {target}."
