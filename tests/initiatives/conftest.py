"""An initiative with everything on it, for tests of the pages, and a release."""

import pytest
from django.contrib.admin.models import LogEntry

from initiatives.audit.seals import seal_ended_days
from initiatives.models import Release, ShareLink, Site, Submission
from initiatives.publishing import releases
from initiatives.publishing.publish import publish, save_draft
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
from tests.conftest import person
from tests.initiatives.edith import Desk

NAME = "Jane Q. Roe"  # whose name has to go, in tests of removal


@pytest.fixture
def camp(db):
    """An initiative with everything that an initiative can have, in a numbered sub-section."""
    make_site(
        title="The Portal",
        city_name="Testville",
        as_of="2016",
        tagline="What is done.",
        about="## When\n\nThen.",
    )
    pillar = make_pillar(title="Prevention", slug="prevention", icon="people")
    section = make_section(pillar=pillar, title="Children", slug="children")
    sub = make_section(parent=section, title="Summer", slug="summer")
    document = make_document(title="A Study", slug="study", description="What was found.", leading=True)
    item = make_initiative(
        section=sub, title="Summer Camp", slug="camp", publish=False, summary="Children learn."
    )
    item.body = "It is **free**.\n\n## Where\n\nIn parks."
    item.status, item.status_note = "recurring", "each summer"
    item.save()
    item.participations.create(
        agency=make_agency(title="Metropolitan Police", short_name="SLMPD"), role="lead"
    )
    item.participations.create(agency=make_agency(title="The Partner"), role="partner")
    item.participations.create(agency=make_agency(title="The Funder"), role="funder")
    item.audiences.add(make_audience(title="Children of the city"))
    item.places.add(make_place(title="College Hill"))
    item.documents.add(document)
    item.amounts.create(amount=5_000_000, purpose="to train")
    item.figures.create(value=12, value_to=18, unit="years old", counts="ages")
    item.dates.create(date="2015-12", qualifier="from", label="It runs")
    item.links.create(label="The camp's own page", url="https://camp.example.org/")
    item.image, item.image_alt = make_upload("Park", "image", b"\xff\xd8\xff", "jpg", "image/jpeg"), "A park"
    item.image.width, item.image.height = 40, 30
    item.image.save()
    item.save()
    publish(item, by=None)
    return item


@pytest.fixture
def fall(clock):
    """A release that holds new texts for two live initiatives, `one` and `other`."""
    clock.set("2026-03-02 12:00")
    make_site()
    section = make_section()
    items = [make_initiative(section=section, title=title, slug=title.lower()) for title in ("Camp", "Park")]
    clock.set("2026-03-03 12:00")
    release = Release.objects.create(name="Fall")
    for item in items:
        item.title = f"{item.title}, new"
        item.save()
        releases.add_to_release(release, item, by=None)
    release.one, release.other = items
    return release


@pytest.fixture
def desk(as_, edith, clock):
    """Edith's desk: tests/initiatives/edith.py."""
    clock.set("2026-03-01 12:00")
    return Desk(as_, edith, clock)


@pytest.fixture
def club(clock, desk):
    """A small live initiative."""
    make_site()
    clock.set("2026-03-02 12:00")
    return make_initiative(
        title="Club", slug="club", summary="It meets on Mondays.", body="One.\n\nAnd.\n\nTwo."
    )


@pytest.fixture
def told(clock, edith):
    """An initiative that names a person everywhere that words can stand: four versions over three days,
    and beside them.
    """
    clock.set("2026-03-01 12:00")
    make_site()
    make_agency(title="Jane Q. Roe Fund", slug="jane-q-roe-fund")
    item = make_initiative(
        section=make_section(pillar=make_pillar(slug="part"), slug="youth"),
        title="Camp of jane q. roe",
        slug="camp-of-jane-q-roe",
        summary=f"{NAME} leads it.",
        body=(
            "So says **Jane Q.  Roe**: it works.\n\n[Her page](https://example.org/Jane-Q-Roe/x) and "
            f"{NAME}'s word."
        ),
    )
    clock.set("2026-03-02 12:00")
    item.amounts.create(amount=5, purpose=f"to pay {NAME}")
    item.links.create(label=f"About {NAME}", url="https://example.org/jane_q_roe")
    item.dates.create(date="2015", label=f"{NAME} came")
    item.figures.create(value=5, unit="friends", counts=f"friends of {NAME}")
    revision = publish(item, edith, f"{NAME} was added.")
    clock.set("2026-03-03 12:00")
    item.slug = "camp"
    item.status_note = "Jane Q. Roe's"
    item.save()
    publish(item, edith, "A new address.")
    item.title = "A draft on Jane Q. Roe"
    item.save()
    save_draft(item, edith)
    Submission.objects.create(
        kind="initiative", key=item.key, revision=revision, message=NAME, remark=f"No, {NAME}."
    )
    release = Release.objects.create(name=f"Release of {NAME}", note=NAME)
    ShareLink.objects.create(purpose=f"For {NAME}", release=release, expires=clock.now)
    make_upload(title=f"Letter of {NAME}")
    LogEntry.objects.create(
        user=edith,
        action_flag=2,
        object_repr=f"Camp of {NAME}",
        change_message='[{"changed": {"object": "Jane Q. Roe"}}]',
    )
    clock.set("2026-03-05 12:00")
    seal_ended_days()
    return item


@pytest.fixture
def frank(db):
    """Frank is a second editor."""
    return person("frank", "Editor")


@pytest.fixture
def strict(db):
    """The site asks for a second pair of eyes."""
    site = make_site()
    Site.objects.filter(pk=site.pk).update(needs_approval=True)
