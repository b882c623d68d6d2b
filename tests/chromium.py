"""The one Chromium that all tests of a process share: Playwright can be started once in each."""

import os
import shutil
from functools import wraps

import pytest
from playwright.sync_api import Locator, sync_playwright

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def to_the_end(act):
    """Return `act`, a Locator's click or press, made to wait until the page it leads to is there to its
    end, not only begun.
    """

    @wraps(act)
    def acted(one, *args, **kwargs):
        act(one, *args, **kwargs)
        if not one.page.is_closed():
            one.page.wait_for_load_state("domcontentloaded")

    return acted


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        if os.environ.get("PORTAL_REQUIRE_BROWSER"):
            pytest.fail(
                "Chromium is missing and PORTAL_REQUIRE_BROWSER is set: install it (apt-get install "
                "chromium)."
            )
        pytest.skip("Chromium is not installed: apt-get install chromium")

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        for name in ("click", "press"):
            patch.setattr(Locator, name, to_the_end(getattr(Locator, name)))
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()
