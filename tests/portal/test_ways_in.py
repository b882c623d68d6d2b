"""Small ways in that led to a fault: rows of any table, signing in without a way on, line breaks in one
line.
"""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from feedback.admin.downloads import RequestForm
from feedback.admin.redact import RedactionForm
from initiatives.admin.form.forms import ItemForm, WithdrawForm
from initiatives.admin.pages.approval import DecisionForm
from initiatives.admin.pages.bulk_forms import GatherForm, PublishForm
from initiatives.admin.pages.redaction import WhyForm
from initiatives.admin.pages.share_links import ShareForm
from initiatives.models import Initiative, Release, ShareLink, Submission
from initiatives.publishing.publish import save_draft
from tests.builders import make_initiative, make_site
from tests.initiatives.test_admin_items import typed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "key", ["1", "x", "9999999999999999999999", "0", "-1", "%00", "00000000-0000-0000-0000-000000000000"]
)
def test_no_row_of_any_table_has_an_address_by_its_number(as_, alice, key):
    client = as_(alice)
    for kind in (*ContentType.objects.values_list("pk", flat=True), "x", "99999999999999999999"):
        assert client.get(f"/admin/r/{kind}/{key}/").status_code in (404, 400), kind


@pytest.mark.parametrize(
    "way", ["", "?next=", "?next=//evil.example/", "?next=https://evil.example/", "?next=/admin/desk/due/"]
)
def test_signing_in_leads_to_the_desk_whatever_the_way_on(client, edith, way):
    make_site()
    response = client.post(f"/admin/login/{way}", {"username": "edith", "password": "edith"}, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == ("/admin/desk/due/" if "due" in way else "/admin/")


BREAKS = ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85"]


@pytest.mark.parametrize("way", BREAKS)
def test_a_line_break_in_a_line_is_a_space(as_, edith, way):
    client = as_(edith)
    sent = {"title": f"A{way}camp", "summary": f"For{way}all.", "_save": "Save"}
    names = ("participations", "amounts", "figures", "dates", "links")
    sent |= {f"{name}-{part}_FORMS": "0" for name in names for part in ("TOTAL", "INITIAL")}
    sent |= {
        "links-TOTAL_FORMS": "1",
        "links-0-label": f"More{way}here",
        "links-0-url": "https://example.org/",
    }
    response = client.post("/admin/initiatives/initiative/add/", sent)
    assert response.status_code == 302, response.content.decode()[-3000:]
    item = Initiative.objects.get()
    assert (item.title, item.slug, item.summary) == ("A camp", "a-camp", "For all.")
    assert item.links.get().label == "More here"
    assert item.revisions.last().title == "A camp"
    client.post("/admin/desk/releases/", {"name": f"Fall{way}2027"})
    assert Release.objects.get().name == "Fall 2027"


@pytest.mark.parametrize("way", BREAKS)
@pytest.mark.parametrize(
    ("form", "name"),
    [
        *((ItemForm, "change_note"), (WithdrawForm, "reason"), (WhyForm, "reason"), (ShareForm, "purpose")),
        *((DecisionForm, "note"), (DecisionForm, "remark"), (PublishForm, "note"), (GatherForm, "name")),
        *((RequestForm, "reason"), (RedactionForm, "reason")),
    ],
)
def test_a_line_break_in_a_line_of_a_plain_form_is_a_space(form, name, way):
    assert form.base_fields[name].clean(f"One{way}two") == "One two"


@pytest.mark.parametrize("way", BREAKS)
def test_what_is_handed_in_and_returned_keeps_to_one_line(as_, arthur, edith, way):
    camp = make_initiative(title="Camp", summary="Old words.")
    said = {
        "summary": "New words.",
        "submit_message": f"For{way}Monday.",
        "change_note": f"It is{way}shorter.",
    }
    as_(arthur).post(
        reverse("admin:initiatives_initiative_change", args=[camp.pk]), typed(camp, "_submit", **said)
    )
    submission = Submission.objects.get()
    assert (submission.message, submission.note) == ("For Monday.", "It is shorter.")
    as_(edith).post(
        reverse("admin:approval", args=[submission.pk]), {"do": "return", "remark": f"Say{way}where."}
    )
    submission.refresh_from_db()
    assert submission.remark == "Say where."


def test_a_link_for_readers_keeps_its_purpose_on_one_line(as_, edith):
    camp = make_initiative(title="Camp", summary="Old words.")
    camp.summary = "New."
    save_draft(camp, edith)
    as_(edith).post(
        reverse("admin:share_add", args=[camp.key]), {"purpose": "For\u2028the mayor", "days": "7"}
    )
    assert ShareLink.objects.get().purpose == "For the mayor"
