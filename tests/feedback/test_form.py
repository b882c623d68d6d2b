"""The form under every public page: its words, its labels, its cost."""

import re

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import get_resolver, resolve, reverse
from django.utils import timezone

from feedback.pages import ITEM_PAGES, PAST_PAGES, SITE_PAGES
from initiatives.models import Initiative, Revision, Site
from initiatives.publishing.publish import publish, unpublish
from initiatives.report.report import Report
from tests.builders import make_initiative


def words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# The addresses of public pages without the form, as README says: of another day, of one past version,
# previews, thanks
WITHOUT = {
    "as_of_day",
    "as_of",
    "as_of_page",
    "share_bare",
    "share",
    "share_page",
    "feedback:thanks",
    "one_answer",  # leads to the answer on the page of all
    *(f"{kind}_version" for kind in ITEM_PAGES | {"answer"}),
}
# What is no page: files, feeds, data, machines' addresses
NO_PAGES = {
    "sitemap",
    "media",
    "health",
    "ready",
    "robots",
    "favicon",
    "feedback:figures_csv",
    "the_record_as_json",
    "the_seal",
}


def public_names():
    """Yield the name of each address that shows readers something, as the URL configuration has it."""
    for entry in get_resolver().url_patterns:
        if getattr(entry, "app_name", None) == "admin":
            continue
        space = f"{entry.app_name}:" if getattr(entry, "app_name", None) else ""
        for one in getattr(entry, "url_patterns", [entry]):
            name = f"{space}{one.name}"
            if one.name and name not in NO_PAGES and not name.endswith(("feed", "_content")):
                yield name


def test_each_public_page_has_the_form_or_is_named_as_one_without():
    histories = {f"{kind}_{page}" for kind in ITEM_PAGES | {"answer"} for page in PAST_PAGES}
    assert set(public_names()) == SITE_PAGES.keys() | ITEM_PAGES | histories | WITHOUT


def test_it_is_on_every_public_page_once_and_about_that_page(client, page):
    section = Initiative.objects.get().section
    pillar = f"/{section.pillar.slug}/"
    items = [page, pillar, f"{pillar}{section.slug}/"]
    for path in [
        *map(reverse, SITE_PAGES),
        *items,
        *(f"{item}{past}/" for item in items for past in PAST_PAGES),
    ]:
        text = client.get(path).content.decode()
        assert text.count('action="/feedback/"') == 1, path
        assert f'name="page" value="{path}"' in text


def test_a_page_that_is_not_there_has_no_form(client, page):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert b'action="/feedback/"' not in response.content


def test_a_page_that_was_taken_from_the_site_has_no_form(client, page):
    unpublish(Initiative.objects.get(), by=None)
    response = client.get(page)
    assert response.status_code in {404, 410}
    assert b'action="/feedback/"' not in response.content


def test_pages_of_another_day_and_past_versions_have_no_form_and_readme_says_so(client, page):
    for path in (f"/as-of/{timezone.localdate()}{page}", "/as-of/", f"{page}history/1/", "/feedback/thanks/"):
        response = client.get(path)
        assert response.status_code == 200
        assert b'action="/feedback/"' not in response.content
    readme = " ".join((settings.BASE_DIR / "README.md").read_text().split())
    assert (
        "Pages of another day or of one past version, previews, the thank-you page and error pages have no "
        "form."
    ) in readme


def test_it_is_folded_to_one_line_without_a_control_and_the_emergency_line_is_outside(client, page):
    text = client.get(page).content.decode()
    before, folded = text.split("<details>", 1)
    folded = folded.split("</details>")[0]
    assert "not for emergencies" in before
    summary, _, inside = folded.partition("</summary>")
    assert summary.strip() == "<summary>Was this page helpful?"
    assert "<form" in inside
    assert "</form>" in inside


def test_it_is_open_after_an_error(client, post, page):
    assert "<details open>" in post({"page": page}).content.decode()


def test_the_pages_address_leaves_out_the_query(client, page):
    assert f'name="page" value="{page}"' in client.get(f"{page}?utm_source=mail").content.decode()


def test_the_notices_stand_by_the_form(client, page):
    text = words(client.get(page))
    for notice in (
        "Feedback is anonymous.",
        "Leave out names and details of a case",
        "not for emergencies",
        "may be public records",
    ):
        assert notice in text


def test_the_emergency_number_is_the_citys(client, page):
    assert "call 999" in words(client.get(page))


def test_it_is_911_where_no_number_was_published(client, db):
    make_initiative(title="Alone", slug="alone")
    assert "call 911" in words(client.get(reverse("initiative", args=["alone"])))


def test_it_says_that_nobody_watches_and_names_only_numbers_that_the_city_has(client, page):
    text = words(client.get(page))
    assert "nobody watches it" in text
    assert "in a crisis" in text.lower()
    assert "call 988" in text
    assert "can wait" not in text
    assert "tip about a crime" not in text
    site = Site.objects.get()
    site.non_emergency_number, site.tip_line, site.crisis_number = "555-0111", "555-0122", ""
    site.save()
    publish(site, by=None)
    text = words(client.get(page))
    assert "For police help that can wait, call 555-0111." in text
    assert "To give a tip about a crime, call 555-0122." in text
    assert "crisis" not in text


def test_a_report_published_before_the_settings_had_it_names_988(client, page):
    Revision.objects.filter(kind="site").update(fields={"emergency_number": "999"})
    assert "call 988" in words(client.get(page))


def test_nothing_is_chosen_and_every_control_has_its_label(client, page):
    text = client.get(page).content.decode()
    form = text[text.index('action="/feedback/"') :]
    assert "checked" not in form
    assert "maxlength" not in form
    assert '<legend class="visually-hidden">Was this page helpful?</legend>' in form
    assert '<label for="feedback-comment">' in form
    assert 'aria-describedby="feedback-hint feedback-counter"' in form
    assert 'data-max-comment="500"' in form
    assert "at most 500 characters" in form


def test_a_page_shows_what_nobody_typed_to_anybody(client, page):
    text = client.get(f"{page}?comment=Injected&helpful=yes").content.decode()
    assert "Injected" not in text


@pytest.mark.django_db
def test_it_costs_no_query(page, django_assert_num_queries):
    request = RequestFactory().get(page)
    request.resolver_match = resolve(page)
    context = Context({"request": request, "report": Report.live()})
    template = Template("{% load feedback_tags %}{% feedback_form %}")
    with django_assert_num_queries(0):
        assert 'action="/feedback/"' in template.render(context)


def test_it_shows_nothing_where_no_page_is_known():
    template = Template("{% load feedback_tags %}{% feedback_form %}")
    assert template.render(Context({"report": None})).strip() == ""
