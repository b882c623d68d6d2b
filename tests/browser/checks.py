"""What every page must hold in a browser: nothing for axe to find, nothing cut, nothing sideways."""

import os
import re
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

# Without "preload": to look for a locked screen axe copies style sheets into the page, which the content
# policy refuses. With "resultTypes": to write down every part that passed takes axe longer than to look at
# them.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "preload": False,
    "resultTypes": ["violations"],
}


# axe takes seconds for a large page. It looks at what can differ: each kind of page, at a width, in light or
# dark, with the headings and notices of its state; and on SQLite alone, for the pages are the same on any
# database.
SEEN = set()
STATE = """() => [
    matchMedia("(prefers-color-scheme: dark)").matches, innerWidth, ...[...document.querySelectorAll(
    "h1, h2, h3, [role=alert], [role=status], .messagelist, .errornote, dialog[open], details[open], fieldset"
)].map((one) => one.tagName + one.className)].join()"""


def accessible(page, but=None):
    """Fail with axe's words for each finding; what is inside `but`, a selector, is left out."""
    kind = (re.sub(r"[\w.~-]*\d[\w.~-]*", "#", urlsplit(page.url).path), page.evaluate(STATE), but)
    if kind in SEEN or os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return
    SEEN.add(kind)
    found = Axe().run(page, {"exclude": [[but]]} if but else None, RULES).response["violations"]
    assert not found, "\n".join(
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}" for one in found
    )


LOOK = """(one) => {
    const { outline, boxShadow, borderColor, backgroundColor, textDecoration } = getComputedStyle(one);
    return [outline, boxShadow, borderColor, backgroundColor, textDecoration].join();
}"""
CUT = """() => [...document.querySelectorAll("#content *")].filter(
    (one) => getComputedStyle(one).overflowX === "hidden" && !one.matches("input, .visually-hidden")
        && one.scrollWidth > one.clientWidth + 1
).map((one) => one.className)"""


def publish(page, waiting=""):
    """Press Publish, read what is asked first, answer for what waits (carry, leave) if that is asked, and
    press it again.
    """
    page.get_by_role("button", name="Publish", exact=True).press("Enter")
    page.get_by_role("heading", name="Before this goes out").wait_for()
    accessible(page)
    if waiting:
        page.locator(f"[name=waiting][value={waiting}]").check()
    page.get_by_role("button", name="Publish", exact=True).press("Enter")
    page.locator(".messagelist").wait_for()


def fits(page):
    """Fail where the page scrolls sideways."""
    assert (
        page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    ), page.url


def unfold_form(page):
    """Open the feedback form as a reader does."""
    page.locator("summary", has_text="Was this page helpful?").click()


def uncut(page):
    """Fail where a box of the desk hides the end of what is in it."""
    found = page.evaluate(CUT)
    assert not found, f"{page.url}: {found}"


def tab_to(page, target):
    """Reach something with the Tab key alone; fail where the keyboard does not get there, or its focus
    cannot be seen.
    """
    before = target.evaluate(LOOK)
    for _ in range(200):
        page.keyboard.press("Tab")
        if target.evaluate("one => one === document.activeElement"):
            break
    else:
        raise AssertionError(f"The Tab key does not lead to {target}.")
    assert target.evaluate(LOOK) != before, f"The focus is not seen on {target}."
