"""The editors' desk: saving drafts, previewing, publishing, unpublishing, by role."""

import re

import pytest
from django.urls import reverse

from initiatives.models import Initiative, Pillar, Revision
from initiatives.publishing.publish import save_draft
from initiatives.report.report import Report
from tests.builders import (
    make_agency,
    make_audience,
    make_document,
    make_initiative,
    make_pillar,
    make_section,
    make_site,
)

pytestmark = pytest.mark.django_db

ROWS = ("participations", "amounts", "figures", "dates", "links")


def url(name, item=None, kind="initiative"):
    return reverse(f"admin:initiatives_{kind}_{name}", args=[item.pk] if item else [])


def typed(item, button, **changes):
    """Return what the browser sends from an initiative's form."""
    newest = item.revisions.last() if item.pk else None
    fields = {
        name: getattr(item, name) for name in ("title", "slug", "summary", "body", "status", "status_note")
    }
    fields |= {
        "section": item.section_id,
        "base_revision": newest.number if newest else "",
        "change_note": "",
        button: "1",
    }
    for row in ROWS:
        fields |= {f"{row}-TOTAL_FORMS": 0, f"{row}-INITIAL_FORMS": 0}
    return fields | changes


def answered(client, path, data, **answers):
    """Send an item's form; where it asks first, read that and send it again with the answers.

    Return where that leads.
    """
    response = client.post(path, data, follow=True)
    form = getattr(response.context.get("adminform"), "form", None) if response.context else None
    if not (form and form.pending and form.pending.asked):
        return response
    return client.post(path, {**data, "told": form.pending.asked.seen, **answers}, follow=True)


def live():
    return [node.title for node in Report.live().initiatives]


def messages(response):
    return [str(message) for message in response.context["messages"]]


def test_save_draft_keeps_the_text_and_shows_the_public_nothing(as_, edith):
    item = make_initiative(title="Old")
    response = as_(edith).post(url("change", item), typed(item, "_draft", title="New"), follow=True)
    assert messages(response) == ["The draft is saved. The public does not see it until it is published."]
    assert live() == ["Old"]
    assert item.revisions.last().title == "New"


def test_the_form_shows_what_the_draft_says_otherwise_than_the_live_text(as_, edith):
    item = make_initiative(title="Old", summary="It helps ten people.")
    client = as_(edith)
    assert "What differs from the live text" not in client.get(url("change", item)).content.decode()
    client.post(url("change", item), typed(item, "_draft", summary="It helps twenty people."))
    page = client.get(url("change", item)).content.decode()
    assert "What differs from the live text" in page
    assert re.search(r"<del>.*removed: </span>ten<.*added: </span>twenty<", page)


def test_publish_puts_it_on_the_site_with_its_change_note(as_, edith):
    item = make_initiative(title="Old")
    as_(edith).post(url("change", item), typed(item, "_publish", title="New", change_note="A better name."))
    assert live() == ["New"]
    revision = item.revisions.last()
    assert (revision.note, revision.author_name, revision.publisher_name) == (
        "A better name.",
        "edith",
        "edith",
    )


def test_publish_says_what_is_missing_and_keeps_the_draft(as_, edith):
    item = make_initiative(title="Old")
    response = as_(edith).post(
        url("change", item), typed(item, "_publish", title="New", summary=""), follow=True
    )
    assert messages(response) == [
        "Summary: Fill this in before you publish.",
        "Your draft is saved, but it is not published.",
    ]
    assert live() == ["Old"]
    assert item.revisions.last().title == "New"


def test_a_new_initiative_can_be_saved_incomplete_and_goes_last(as_, arthur):
    section = make_section()
    make_initiative(section=section, position=4)
    new = Initiative(title="Only a title", section=section)
    as_(arthur).post(url("add"), typed(new, "_draft"))
    saved = Initiative.objects.get(title="Only a title")
    assert (saved.slug, saved.position, saved.revisions.get().author_name) == ("only-a-title", 5, "arthur")


def test_rows_and_relations_are_recorded_with_the_text(as_, edith):
    item, agency, audience = make_initiative(), make_agency(), make_audience()
    rows = {
        "participations-TOTAL_FORMS": 1,
        "participations-0-agency": agency.pk,
        "participations-0-role": "lead",
        "amounts-TOTAL_FORMS": 1,
        "amounts-0-amount": "5000000",
        "amounts-0-currency": "USD",
        "amounts-0-qualifier": "more_than",
        "amounts-0-sort": "grant",
        "audiences": [audience.pk],
        "change_note": "Who leads it, and the money.",
    }
    as_(edith).post(url("change", item), typed(item, "_publish", **rows))
    fields = Report.live().initiatives[0].fields
    assert fields["agencies"] == [{"agency": str(agency.key), "role": "lead"}]
    assert fields["amounts"][0]["amount"] == "5000000"
    assert fields["audiences"] == [str(audience.key)]


def test_preview_shows_the_draft_in_the_public_page(as_, edith):
    item = make_initiative(title="Old")
    response = as_(edith).post(
        url("change", item), typed(item, "_preview", title="The new title"), follow=True
    )
    assert response.redirect_chain == [(url("preview", item), 302)]
    assert "The new title" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert live() == ["Old"]


@pytest.mark.parametrize("maker", [make_pillar, make_section, make_initiative, make_site, make_document])
def test_every_kind_with_a_page_can_be_previewed(as_, alice, maker):
    item = maker()
    response = as_(alice).get(url("preview", item, kind := item.kind))
    assert response.status_code == 200
    assert url("change", item, kind) in response.content.decode()


def test_unpublish_asks_first_and_names_what_disappears(as_, edith):
    section = make_section()
    make_initiative(section=section, title="Below")
    response = as_(edith).get(url("unpublish", section, "section"))
    assert "Below" in response.content.decode()
    assert live() == ["Below"]
    as_(edith).post(url("unpublish", section, "section"))
    assert live() == []


def test_deleting_takes_it_from_the_site_and_keeps_the_record(as_, edith):
    item = make_initiative()
    as_(edith).post(url("delete", item), {"post": "yes"})
    assert not Initiative.objects.exists()
    assert live() == []
    kept = Revision.objects.filter(key=item.key).order_by("number")
    assert [(revision.withdrawn, revision.is_live()) for revision in kept] == [(False, False), (True, True)]


def test_what_others_hang_on_cannot_be_deleted(as_, edith):
    section = make_section()
    as_(edith).post(url("delete", section.pillar, "pillar"), {"post": "yes"})
    assert Pillar.objects.filter(pk=section.pillar_id).exists()


# Two at once


def test_the_second_to_save_is_shown_the_others_text_and_loses_nothing(as_, edith, arthur):
    item = make_initiative(summary="At first.")
    opened = typed(item, "_draft", summary="Edith's words.")
    item.summary = "Arthur's words."
    item.save()
    save_draft(item, by=arthur)
    page = as_(edith).post(url("change", item), opened).content.decode()
    assert "arthur saved this item while you were working on it" in page
    assert "Arthur&#x27;s words." in page
    assert "Edith&#x27;s words." in page
    item.refresh_from_db()
    assert item.summary == "Arthur's words."


def test_saving_once_more_is_a_decision(as_, edith, arthur):
    item = make_initiative(summary="At first.")
    opened = typed(item, "_draft", summary="Edith's words.")
    item.summary = "Arthur's words."
    item.save()
    save_draft(item, by=arthur)
    response = as_(edith).post(url("change", item), opened)
    assert 'name="base_revision" value="2"' in response.content.decode()
    as_(edith).post(url("change", item), opened | {"base_revision": "2"})
    assert [revision.fields["summary"] for revision in item.revisions] == [
        "At first.",
        "Arthur's words.",
        "Edith's words.",
    ]


def test_a_move_by_a_colleague_is_no_conflict(as_, edith, arthur):
    item = make_initiative()
    opened = typed(item, "_draft", title="New")
    item.position += 3
    item.save()
    save_draft(item, by=arthur)
    assert as_(edith).post(url("change", item), opened).status_code == 302


# Roles


def test_an_author_writes_drafts_and_cannot_publish(as_, arthur):
    item = make_initiative(title="Old")
    page = as_(arthur).get(url("change", item)).content.decode()
    assert "Save draft" in page
    assert 'name="_publish"' not in page
    response = as_(arthur).post(url("change", item), typed(item, "_publish", title="New"))
    assert response.status_code == 403
    assert live() == ["Old"]
    assert item.revisions.count() == 1


@pytest.mark.parametrize("name", ["unpublish", "delete"])
def test_an_author_cannot_take_anything_from_the_site(as_, arthur, name):
    item = make_initiative()
    assert as_(arthur).post(url(name, item), {"post": "yes"}).status_code == 403
    assert len(live()) == 1


@pytest.mark.parametrize("name", ["change", "preview", "unpublish", "delete"])
def test_a_reviewer_sees_nothing_of_the_desk(as_, rita, name):
    assert as_(rita).get(url(name, make_initiative())).status_code == 403


@pytest.mark.parametrize("name", ["change", "preview", "unpublish", "delete"])
def test_a_stranger_is_asked_to_sign_in(client, name):
    response = client.get(url(name, make_initiative()))
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


def test_an_editor_sees_site_settings_and_cannot_change_them(as_, edith):
    site = make_site()
    assert as_(edith).get(url("change", site, "site")).status_code == 200
    assert as_(edith).post(url("change", site, "site"), {"title": "Mine", "_publish": "1"}).status_code == 403
    assert Report.live().site.title != "Mine"


def test_an_administrator_edits_the_one_site(as_, alice):
    site = make_site()
    assert as_(alice).get(url("changelist", kind="site")).url == url("change", site, "site")
    assert as_(alice).get(url("add", kind="site")).status_code == 403


# Lists


@pytest.mark.parametrize("size", [3, 30])
def test_a_list_costs_a_fixed_number_of_queries(as_, edith, size, django_assert_max_num_queries):
    section = make_section()
    for _ in range(size):
        make_initiative(section=section)
    client = as_(edith)
    with django_assert_max_num_queries(17):
        page = client.get(url("changelist")).content.decode()
    assert page.count('class="state state-live"') == size


def test_lists_show_and_filter_what_is_live(as_, edith):
    make_initiative(title="On the site")
    make_initiative(title="In the drawer", publish=False)
    page = as_(edith).get(url("changelist") + "?live=no").content.decode()
    assert "In the drawer" in page
    assert "On the site</a>" not in page


@pytest.mark.parametrize(
    "query",
    ["?q=%00", "?p=99999999999", "?live=x", "?status__exact=%00", "?o=99.-1", "?section__id__exact=x"],
)
def test_odd_queries_never_break_a_list(as_, edith, query):
    assert as_(edith).get(url("changelist") + query).status_code in (200, 302, 400)
