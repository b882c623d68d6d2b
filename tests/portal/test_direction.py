"""What is typed may run from right to left: every box takes its direction from its text."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.builders import make_initiative, make_site

pytestmark = pytest.mark.django_db
BOX = re.compile(
    r"<textarea\b[^>]*>|<input\b(?=[^>]*\btype=\"(?:text|search)\")[^>]*>|<input\b(?![^>]*\btype=)[^>]*>"
)
DONE = re.compile(
    r'dir="auto"|tabindex="-1"|id="(?:nav-filter|searchbar)"'
)  # the box for robots, Django's own search boxes


def undirected(page):
    return [box for box in BOX.findall(page) if not DONE.search(box)]


def test_the_comment_box_takes_the_direction_of_its_text(client, real_report):
    page = client.get("/").content.decode()
    assert re.search(r'<textarea[^>]*name="comment"', page)
    assert not undirected(page)


def test_every_box_of_the_admins_forms_does(as_, alice):
    make_site()
    client = as_(alice)
    seen = 0
    for model in admin.site._registry:
        page = client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))
        if page.status_code == 200:
            html = page.content.decode()
            assert not undirected(html), model
            seen += len(BOX.findall(html))
    assert seen > 50


def test_so_do_the_boxes_of_a_list_and_of_a_change(as_, alice):
    item = make_initiative()
    client = as_(alice)
    for name, args in (("changelist", []), ("change", [item.pk])):
        html = client.get(reverse(f"admin:initiatives_initiative_{name}", args=args)).content.decode()
        assert BOX.search(html)
        assert not undirected(html)
