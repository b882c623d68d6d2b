"""A published page to comment on, and the form's POST as a browser sends it."""

import html
import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from feedback.intake import stamp
from feedback.intake.counters import boot_time, memory
from feedback.models import Comment
from tests.builders import make_initiative, make_site

FORM = "application/x-www-form-urlencoded"
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def _nobody_sent_anything_yet():
    memory.wipe()
    yield
    memory.clock = boot_time


@pytest.fixture
def page(db):
    """The path of the page of an initiative called “Night Basketball”."""
    make_site(emergency_number="999")
    make_initiative(title="Night Basketball", slug="night-basketball")

    return reverse("initiative", args=["night-basketball"])


@pytest.fixture
def read_page(page):
    """The stamp of that page as it is today."""
    return stamp.make()


@pytest.fixture
def post(client):
    """Send fields as the site's own form does; `raw` sends a body as it is, `headers` replaces the
    browser's.
    """

    def send(fields=None, raw=None, headers=OWN, content_type=FORM, **more):
        body = raw if raw is not None else urlencode(fields or {})
        return client.generic("POST", "/feedback/", body, content_type=content_type, headers=headers, **more)

    return send


@pytest.fixture
def stored(db):
    """Return the comments that are stored, each as (page, helpful, text)."""
    return lambda: list(Comment.objects.values_list("page", "helpful", "text"))


def typed(response):
    """Return what the answer's text box holds, as a browser reads it."""
    found = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", response.content.decode(), re.DOTALL)
    return html.unescape(found[1]) if found else None
