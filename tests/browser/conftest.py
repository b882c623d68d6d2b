"""A real Chromium on a real site: `manage.py start` in a folder and a database of its own, once in each
process.
"""

import re
import secrets
from dataclasses import dataclass, field
from uuid import uuid4

import pytest

from tests.servers import Start, empty_database


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@dataclass
class Site:
    """A running site: its address, the passwords it printed and the sessions begun by user name, and the
    server itself.
    """

    url: str
    passwords: dict
    start: Start
    sessions: dict = field(default_factory=dict)


@pytest.fixture(scope="session")
def site(chromium, tmp_path_factory):
    with empty_database() as database:
        start = Start(tmp_path_factory.mktemp("site"), database)
        try:
            start.wait()
            yield Site(
                start.url,
                dict(re.findall(r"^ +(admin|editor|reviewer) +(\S+)", start.output, re.MULTILINE)),
                start,
            )
        finally:
            start.stop()


@pytest.fixture(scope="session")
def said(site):
    """What tests/browser/conversation.py made: a word that comments of each state share; number, key,
    path, title of the page.
    """
    word = f"w{uuid4().hex[:10]}"
    printed = site.start.run(f"from tests.browser import conversation; conversation.make('{word}')")
    return [word, *printed.splitlines()]


class Watch:
    """What a page did besides showing itself: console errors, requests to others, cookies."""

    def __init__(self, context, url):
        self.context, self.url, self.errors, self.strangers = context, url, [], []

    def follow(self, page):
        page.on(
            "console",
            lambda message: (
                self.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((self.url, "data:")) else self.strangers.append(request.url)
            ),
        )
        return page


@pytest.fixture
def visit(chromium, site):
    """Return a maker of pages: visit(width=320, dark=True, scripts=False); what they did wrong fails the
    test at its end.
    """
    contexts, watches = [], []

    def make(width=1280, dark=False, scripts=True, expect_errors=False, **more):
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            **more,
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        watch = Watch(context, site.url)
        if not expect_errors:
            watches.append(watch)
        return watch.follow(context.new_page())

    yield make
    for context in contexts:
        context.close()
    for watch in watches:
        assert watch.errors == []
        assert watch.strangers == []


@pytest.fixture
def sign_in(site):
    """Return a function that signs a page in to the admin with an account that the site printed.

    A session that goes on is used again: to check a password is slow on purpose.
    """

    def go(page, name):
        page.context.add_cookies(site.sessions.get(name, []))
        page.goto("/admin/")
        if page.get_by_label("Password").count():
            page.get_by_label("Username").fill(name)
            page.get_by_label("Password").fill(site.passwords[name])
            page.get_by_role("button", name="Log in").click()
            page.get_by_role("button", name="Log out").wait_for()
            site.sessions[name] = page.context.cookies()
        page.get_by_role("heading", level=1).wait_for()
        return page

    return go


@pytest.fixture
def author(visit, sign_in, site):
    """The name of an author, whom the administrator gives an account once for all tests."""
    if "author" not in site.passwords:
        password = secrets.token_urlsafe(15)
        admin = sign_in(visit(), "admin")
        admin.goto("/admin/auth/user/add/")
        admin.get_by_label("Username").fill("author")
        admin.locator("[name=password1]").fill(password)
        admin.locator("[name=password2]").fill(password)
        admin.get_by_role("button", name="Save", exact=True).click()
        admin.get_by_label("Staff status").check()
        admin.get_by_label("Author", exact=True).check()
        admin.get_by_role("button", name="Save", exact=True).click()
        admin.get_by_role("heading", level=1).wait_for()
        site.passwords["author"] = password
    return "author"
