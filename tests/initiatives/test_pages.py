"""The public pages: what they show, what they never show, and what they cost."""

import re

import pytest
import yaml

from initiatives.models import Initiative
from initiatives.publishing.publish import publish, save_draft, unpublish
from tests.builders import (
    make_agency,
    make_audience,
    make_document,
    make_initiative,
    make_pillar,
    make_place,
    make_section,
    make_site,
    make_upload,
)
from tests.conftest import REPORT
from tests.initiatives.reading import FIXED, PATHS, framed, page, words

pytestmark = pytest.mark.django_db


def test_an_initiative_shows_all_that_it_has(client, camp):
    text = page(client, "/initiatives/camp/")
    shown = words(text)
    for part in (
        *(
            "Summer Camp",
            "Children learn.",
            "Status: Recurring , each summer",
            "It is free .",
            "Metropolitan Police (SLMPD)",
        ),
        *(
            "The Partner",
            "The Funder",
            "Children of the city",
            "College Hill",
            "$5 million Grant: to train",
            "Since December 2015",
        ),
        *(
            "18 years old Ages",
            "A Study",
            "There is no copy of this document on this site yet.",
            "Last changed on this site:",
        ),
    ):
        assert part in shown, part
    assert '<time datetime="2015-12">' in text
    assert 'href="https://camp.example.org/"' in text
    assert re.search(
        r'<img class="picture"\s+src="/media/images/\w+\.jpg"\s+alt="A park"\s+width="40"\s+height="30">',
        text,
    )


def test_a_decorative_image_has_an_empty_alt_text(client, camp):
    camp.image_decorative = True
    camp.save()
    publish(camp, by=None)
    assert re.search(r'\.jpg"\s+alt=""', page(client, "/initiatives/camp/"))


def test_an_initiative_without_facts_has_no_empty_headings(client):
    text = page(client, f"/initiatives/{make_initiative().slug}/")
    for heading in ("At a glance", "Documents</h2>", "Links</h2>", "Funded by"):
        assert heading not in text


def test_an_initiative_says_where_it_is_and_what_is_beside_it(client, camp):
    make_initiative(section=camp.section, title="Winter Camp", slug="winter-camp", position=camp.position + 1)
    text = page(client, "/initiatives/camp/")
    trail = text[text.index('aria-label="Breadcrumbs"') :]
    places = [
        trail.index(f'href="{path}"')
        for path in ("/prevention/", "/prevention/children/", "/prevention/children/#summer")
    ]
    assert places == sorted(places)
    assert 'rel="next"' in text
    assert 'rel="prev"' not in text
    assert 'rel="prev"' in page(client, "/initiatives/winter-camp/")


def test_a_section_groups_initiatives_under_numbered_sub_sections(client, camp):
    text = page(client, "/prevention/children/")
    assert re.search(r'<section class="band"\s+id="summer"', text)
    for part in (
        "1 Summer",
        "Summer Camp",
        "Children learn.",
        "Status: Recurring",
        "Led by Metropolitan Police",
    ):
        assert part in words(text)


def test_a_pillar_shows_its_sections_with_sub_sections_and_counts(client, camp):
    text = page(client, "/prevention/")
    assert 'href="/prevention/children/"' in text
    assert 'href="/prevention/children/#summer"' in text
    assert "1 initiative" in words(text)
    assert "1 initiatives" not in words(text)


def test_the_home_page_leads_to_every_pillar_and_section_and_counts_by_rule(client, camp):
    shown = words(page(client, "/"))
    for part in (
        "What is done.",
        "as of 2016",
        "1 initiatives",
        "3 agencies and partners",
        "$5 million in grants",
        "A Study",
    ):
        assert part in shown, part
    assert 'href="/prevention/children/"' in page(client, "/")


def test_the_sum_of_grants_counts_exact_whole_grants_of_one_currency(client, camp):
    camp.amounts.create(amount=2_000_000)
    camp.amounts.create(amount=7_000_000, sort="fund")
    camp.amounts.create(amount=7_000_000, qualifier="more_than")
    camp.amounts.create(amount=7_000_000, per="year")
    camp.amounts.create(amount=7_000_000, currency="EUR")
    publish(camp, by=None)
    assert "$7 million in grants The 2 grants in USD whose exact sum is given" in words(page(client, "/"))


def test_who_is_only_asked_to_act_is_no_partner_and_a_grant_to_come_is_no_grant(client, camp):
    plan = make_initiative(section=camp.section, status="proposed", publish=False)
    plan.amounts.create(amount=9_000_000)
    plan.participations.create(agency=make_agency(title="The Legislature"), role="asked")
    publish(plan, by=None)
    told = words(page(client, "/"))
    assert "3 agencies and partners" in told and "$5 million in grants" in told


def test_the_numbers_of_the_real_report_are_those_of_its_files(client, real_report):
    files = [yaml.safe_load(path.read_text().split("---")[1]) for path in REPORT.rglob("[0-9]*/**/[0-9]*.md")]
    files = [one for one in files if one.get("status")]
    there = {
        key
        for one in files
        for role, keys in one.get("agencies", {}).items()
        if role != "asked"
        for key in keys
    }
    sums = [row["amount"] for one in files for row in one.get("amounts", []) if row["kind"] == "grant"]
    told = words(page(client, "/"))
    assert f"{len(files)} initiatives" in told and f"{len(there)} agencies and partners" in told
    assert f"${sum(sums) / 1e6:.1f} million in grants The {len(sums)} grants whose exact sum is given" in told


def test_the_whole_report_holds_every_initiative_once_with_its_body_and_facts(client, camp):
    make_initiative(title="Another one")
    shown = words(page(client, "/report/"))
    for part in (
        "Another one",
        "It is free .",
        "$5 million (grant): to train",
        "Since December 2015 : It runs",
        "SLMPD",
    ):
        assert part in shown
    assert page(client, "/report/").count('id="initiative.camp"') == 1


def test_a_document_says_what_it_is_whether_there_is_a_copy_and_who_names_it(client, camp):
    make_document(title="With a file", slug="with-file", file=make_upload())
    make_document(title="Elsewhere", slug="elsewhere", url="https://study.example.org/")
    text = page(client, "/documents/")
    assert 'id="study"' in text
    assert "(PDF, 8 bytes)" in words(text).replace("\xa0", " ")
    assert 'href="https://study.example.org/"' in text
    assert words(text).count("There is no copy of this document on this site yet.") == 1
    assert 'href="/initiatives/camp/"' in text


def test_drafts_are_on_no_page(client, camp):
    camp.title, camp.summary, camp.body = "Marmalade one", "Marmalade two", "Marmalade three"
    camp.save()
    save_draft(camp, by=None)
    for make in (make_pillar, make_agency, make_document, make_audience, make_place):
        make(title="Marmalade", publish=False)
    make_section(pillar=make_pillar(), title="Marmalade", publish=False)
    make_initiative(section=camp.section, title="Marmalade", slug="marmalade", publish=False)
    for path in [*PATHS, "/sitemap.xml", "/no/such/page/", "/initiatives/marmalade/"]:
        assert "armalade" not in client.get(path).content.decode(), path


def test_a_reference_that_was_unpublished_is_left_out_and_breaks_nothing(client, camp):
    for relation in (camp.audiences, camp.places, camp.documents, camp.agencies):
        for item in relation.all():
            unpublish(item, by=None)
    shown = words(page(client, "/initiatives/camp/"))
    assert "College Hill" not in shown
    assert "Led by" not in shown
    assert "A Study" not in words(page(client, "/"))


def test_markup_in_plain_fields_is_text(client):
    make_site(title="<i>A</i>", tagline="<i>B</i>", city_name="<i>C</i>")
    item = make_initiative(title="<i>D</i>", summary='"><i>E</i>', status_note="<i>F</i>")
    for path in ("/", "/report/", f"/initiatives/{item.slug}/"):
        assert "<i>" not in page(client, path)


def test_before_anything_is_published_every_fixed_page_answers_calmly(client):
    assert "This report is not published yet" in page(client, "/")
    for path in FIXED:
        assert "None" not in words(page(client, path))


def test_a_report_without_site_settings_can_be_read(client):
    item = make_initiative(title="Alone")
    for path in [*FIXED, f"/initiatives/{item.slug}/", f"/{item.section.pillar.slug}/"]:
        assert page(client, path)
    assert "Alone" in page(client, "/report/")


def test_empty_pillars_and_sections_say_so(client):
    make_site()
    pillar = make_pillar()
    assert "Nothing in this part is published yet." in page(client, f"/{pillar.slug}/")
    section = make_section(pillar=pillar)
    assert "Nothing in this section is published yet." in page(client, f"/{pillar.slug}/{section.slug}/")


def test_privacy_says_what_is_kept_and_what_to_leave_out(client, camp):
    shown = words(page(client, "/privacy/"))
    for part in (
        "no cookie",
        "no trackers",
        "may be public records",
        "Leave out names and details of a case",
        "call 911",
    ):
        assert part in shown


def test_a_preview_says_so_leads_back_and_is_for_no_machine(as_, edith, camp):
    camp.title = "New name"
    camp.save()
    save_draft(camp, by=None)
    response = framed(as_(edith), camp)
    text = response.content.decode()
    assert "Preview: not public." in words(text)
    assert f'href="/admin/initiatives/initiative/{camp.pk}/change/" target="_top"' in text
    assert "New name" in text
    assert '<meta name="robots" content="noindex">' in text
    assert "canonical" not in text
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("kind", ["initiative", "section"])
def test_a_draft_under_a_draft_can_be_previewed(as_, edith, kind):
    section = make_section(pillar=make_pillar(publish=False), publish=False, title="New section", summary="")
    item = Initiative.objects.create(section=section, title="New initiative", slug="new")
    save_draft(item, by=None)
    target = {"initiative": item, "section": section}[kind]
    text = framed(as_(edith), target).content.decode()
    assert f"<h1>New {kind}</h1>" in text
