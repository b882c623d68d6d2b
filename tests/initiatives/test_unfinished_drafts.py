"""A draft may be as unfinished as it likes: a title and a place are asked for when it is published, and
nowhere before.
"""

import pytest
from django.urls import reverse

from initiatives.models import Initiative, Section
from initiatives.publishing.restore import restore
from initiatives.report.report import Report
from tests.builders import change, make_initiative, make_section, make_site
from tests.initiatives.test_admin_items import messages, typed, url

pytestmark = pytest.mark.django_db


def sent(button="_draft", **fields):
    return typed(Initiative(), button, **{"section": "", "title": "", "slug": ""} | fields)


@pytest.fixture
def scrap(as_, edith):
    """An initiative of which there is a summary and no more."""
    make_site()
    as_(edith).post(url("add"), sent(summary="A camp for the fall."))
    return Initiative.objects.get()


def test_a_summary_alone_is_kept(scrap):
    assert (scrap.title, scrap.slug, scrap.section) == ("Untitled initiative", "untitled-initiative-1", None)
    assert scrap.revisions.get().fields["summary"] == "A camp for the fall."


def test_two_of_them_do_not_get_in_each_others_way(as_, edith, scrap):
    as_(edith).post(url("add"), sent(summary="Another."))
    assert {one.slug for one in Initiative.objects.all()} == {
        "untitled-initiative-1",
        "untitled-initiative-2",
    }


def test_each_can_be_saved_again_without_a_title_and_keeps_its_address(as_, edith, scrap):
    as_(edith).post(url("add"), sent(summary="Another."))
    for one in Initiative.objects.all():
        as_(edith).post(url("change", one), typed(one, "_draft", section="", summary="More."))
        one.refresh_from_db()
        assert (one.summary, one.slug) == ("More.", f"untitled-initiative-{one.pk - scrap.pk + 1}")


def test_an_address_that_only_begins_alike_is_nobodys_stand_in(as_, edith):
    item = make_initiative(title="Untitled initiative funding", slug="untitled-initiative-custom")
    as_(edith).post(url("change", item), typed(item, "_draft", summary="More."))
    item.refresh_from_db()
    assert item.slug == "untitled-initiative-custom"


def test_to_publish_it_title_place_and_status_are_asked_for(as_, edith, scrap):
    response = as_(edith).post(url("change", scrap), typed(scrap, "_publish", section=""), follow=True)
    told = " ".join(messages(response))
    assert "Title: Fill this in before you publish." in told
    assert "Section: Choose where it stands before you publish." in told
    assert not Report.live().initiatives


def test_with_a_title_it_gets_the_address_made_from_it_and_with_a_place_it_goes_out(as_, edith, scrap):
    section = make_section()
    fields = {"title": "Fall Camp", "section": section.pk, "status": "planned"}
    as_(edith).post(url("change", scrap), typed(scrap, "_publish", **fields))
    assert [(node.title, node.slug) for node in Report.live().initiatives] == [("Fall Camp", "fall-camp")]


def test_a_section_too_and_it_may_not_hang_on_two(as_, edith):
    data = {"title": "", "slug": "", "pillar": "", "parent": "", "summary": "Camps.", "_draft": "1"}
    as_(edith).post(url("add", kind="section"), data)
    section = Section.objects.get()
    assert (section.title, section.parent_item) == ("Untitled section", None)
    other = make_section()
    both = {**data, "slug": section.slug, "pillar": other.pillar.pk, "parent": other.pk, "base_revision": 1}
    page = as_(edith).post(url("change", section, "section"), both).content.decode()
    assert "Choose a pillar, or for a numbered sub-section its section: one of the two." in page


def test_every_page_of_the_desk_bears_it(as_, edith, scrap):
    client = as_(edith)
    paths = ["history", "preview"]
    pages = [
        url("changelist"),
        url("change", scrap),
        *(url(name, scrap) for name in paths),
        reverse("admin:index"),
    ]
    pages += [
        reverse("admin:outline"),
        reverse("admin:preview", args=["all"]),
        reverse("admin:round_trip"),
        url("delete", scrap),
    ]
    pages += [reverse("admin:round_trip_export") + f"?text=drafts&as={form}" for form in ("md", "csv")]
    pages += [
        reverse("admin:bulk", args=["initiative", name]) + f"?item={scrap.pk}"
        for name in ("publish", "move", "release")
    ]
    for path in pages:
        assert client.get(path, follow=True).status_code == 200, path
    assert "Drafts without a place" in client.get(reverse("admin:outline")).content.decode()
    assert (
        "left out, because they have no place yet" in client.get(reverse("admin:round_trip")).content.decode()
    )
    around = client.get(url("preview", scrap), follow=True)
    assert "they have no place yet" in around.content.decode()
    assert client.get(around.context["source"]).status_code == 200


def test_it_comes_back_from_the_past_without_a_place(edith, scrap):
    change(scrap, section=make_section())
    restore(scrap.revisions.get(number=1), edith)
    scrap.refresh_from_db()
    assert scrap.section is None


def test_it_is_placed_in_bulk(as_, edith, scrap):
    section = make_section()
    sent = {"item": [scrap.pk], "parent": f"section-{section.pk}"}
    address = reverse("admin:bulk", args=["initiative", "move"])
    seen = as_(edith).post(address, {**sent, "do": "preview"}).context["seen"]
    as_(edith).post(address, {**sent, "do": "apply", "seen": seen})
    scrap.refresh_from_db()
    assert scrap.section == section
