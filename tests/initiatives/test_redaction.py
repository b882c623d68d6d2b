"""What must lawfully go is gone everywhere; that it went, when and why stays, and the record still holds."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db import connection, models

from initiatives.audit.occurrences import PLACES, rows_to_change
from initiatives.audit.passages import Removal
from initiatives.audit.redaction import redact
from initiatives.audit.seals import seal_ended_days
from initiatives.audit.verify import verify
from initiatives.models import KINDS, Erasure, Initiative, Redaction, Release, Revision, ShareLink, Submission
from initiatives.publishing.publish import publish, save_draft, schedule
from tests.builders import make_agency, make_initiative, make_pillar, make_section, make_site, make_upload
from tests.initiatives.reading import page, words

pytestmark = pytest.mark.django_db
NAME = "Jane Q. Roe"


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


def findings():
    return [str(finding) for finding in verify(lambda text: None)]


def everything():
    """Return all that every table of the database holds, as one text."""
    with connection.cursor() as cursor:
        rows = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += cursor.fetchall()
    return str(rows).lower()


def remove(*lines, uploads=(), reason="A court ordered it."):
    return redact(Removal(lines, uploads), reason, None)


def test_words_in_the_reason_of_an_earlier_removal_go_too_and_the_record_holds_and_says_so(
    told, client, clock
):
    remove("it works", reason=f"{NAME} asked for it.")
    clock.set("2026-03-07 12:00")
    seal_ended_days()
    remove(NAME)
    assert "roe" not in everything()
    earlier, later = Redaction.objects.all()
    assert (earlier.reason, later.reason) == ("[removed] asked for it.", "A court ordered it.")
    assert "[removed] asked for it. (4 versions) Words of this reason itself were removed later." in words(
        page(client, "/record/")
    )
    assert findings() == []
    clock.set("2026-03-09 12:00")
    seal_ended_days()
    assert findings() == []
    Redaction.objects.filter(pk=earlier.pk).update(reason="The mayor asked for it.")
    assert f"redaction {earlier.pk}: its reason does not say what a later redaction left." in findings()


def test_the_words_are_gone_from_every_table(told):
    assert "roe" in everything()
    remove(NAME)
    left = everything()
    assert "roe" not in left.replace("process", "")
    assert "jane" not in left


def test_the_record_holds_before_and_after_and_once_more_is_redacted(told, clock):
    assert findings() == []
    remove(NAME)
    assert findings() == []
    clock.set("2026-03-07 12:00")
    assert [str(seal.day) for seal in seal_ended_days()] == ["2026-03-05"]
    remove("works", reason="Another reason.")
    assert findings() == []
    clock.set("2026-03-09 12:00")
    seal_ended_days()
    assert findings() == []


def test_a_redaction_that_was_changed_or_hides_another_text_is_named(told, clock):
    remove(NAME)
    clock.set("2026-03-07 12:00")
    seal_ended_days()
    Redaction.objects.update(reason="No reason.")
    assert findings()[0].startswith("redaction ")
    Redaction.objects.update(reason="A court ordered it.")
    assert findings() == []
    revision = Revision.objects.get(slug="camp", number=3)
    Revision.objects.filter(pk=revision.pk).update(title="Lies", digest=revision.copy(title="Lies").digest)
    assert "it does not say what its redaction left" in findings()[0]


def test_what_is_scheduled_is_not_called_public(told, edith, clock):
    schedule(told, edith, clock.now + timedelta(days=9), "Later.")
    said = [one.what for one in rows_to_change(Removal([NAME]))]
    assert "scheduled version 4" in said and "public version 3" in said


def test_what_stays_reads_as_before(told):
    remove(NAME)
    told.refresh_from_db()
    assert told.title == "A draft on [removed]"
    assert told.summary == "[removed] leads it."
    first = told.revisions.get(number=1)
    assert first.title == "Camp of [removed]"
    assert "<p>So says <strong>[removed]</strong>: it works.</p>" in first.html["body"]
    assert 'href="https://example.org/removed/x"' in first.html["body"]
    assert "[removed]'s word" in first.html["body"]
    assert told.links.get().url == "https://example.org/removed"
    assert told.amounts.get().purpose == "to pay [removed]"


def test_the_working_copy_says_the_same_as_its_newest_version_so_nothing_looks_changed(told):
    count = told.revisions.count()
    remove(NAME)
    assert save_draft(Initiative.objects.get(), by=None) == told.revisions.last()
    assert told.revisions.count() == count


def test_whole_words_go_in_whatever_case_and_parts_of_other_words_stay(told):
    item = make_initiative(
        title="Ann announces", summary="ANN and Annie, ann's; Ann-Marie. O’Brien", publish=False
    )
    remove("Ann", "O'Brien")
    item.refresh_from_db()
    assert item.title == "[removed] announces"
    assert item.summary == "[removed] and Annie, [removed]'s; [removed]-Marie. [removed]"


def test_choices_keys_and_names_of_files_are_not_words():
    item = make_initiative(
        title="Ongoing work", image=make_upload("Ongoing", "image", b"\xff\xd8", "jpg"), image_alt="A park"
    )
    remove("ongoing", str(item.key)[:8])
    item.refresh_from_db()
    revision = item.revisions.get()
    assert (item.status, revision.fields["status"], item.title) == ("ongoing", "ongoing", "[removed] work")
    assert revision.fields["image"]["name"] == item.image.file.name
    assert revision.fields["image"]["title"] == item.image.title == "[removed]"


def test_markdown_around_the_words_stays_what_it_was():
    item = make_initiative(body="Roe: chief\n\nRoe(2015)\n\n[Roe](https://example.org/)\n\n`Roe`")
    remove("Roe")
    html = item.revisions.get().html["body"]
    assert "<p>[removed]: chief</p>" in html
    assert "<p>[removed](2015)</p>" in html
    assert 'href="https://example.org/"' in html
    assert ">[removed]</a>" in html


def test_words_in_addresses_go_and_the_page_is_at_the_new_one(client, told):
    make_initiative(slug="removed-house", title="Not the same")
    make_initiative(slug="jane-q-roe-house", title="House")
    remove(NAME)
    assert client.get("/initiatives/jane-q-roe-house/").status_code == 404
    assert "<h1>House</h1>" in page(client, "/initiatives/removed-house-2/")
    assert client.get("/initiatives/camp-of-removed/")["Location"] == "/initiatives/camp/"


def test_two_names_that_have_to_differ_still_do():
    Release.objects.create(name="Roe")
    Release.objects.create(name="roe")
    remove("Roe")
    assert Release.objects.filter(name__startswith="[removed]").count() == 2


def test_a_column_without_room_for_the_mark_has_a_dash():
    item = make_agency(short_name="Li" + "x" * 2 + " Li" * 8)
    remove("Li")
    item.refresh_from_db()
    assert item.short_name == "Lixx" + " –" * 8


def test_the_version_the_history_and_the_record_say_that_and_why(client, told):
    remove(NAME)
    for path in ("/initiatives/camp/history/2/", "/initiatives/camp/history/"):
        text = words(page(client, path))
        assert "Redacted. Words or a file were removed for good from this version on March 5, 2026" in text
        assert "A court ordered it." in text
    assert f"A court ordered it. ({Erasure.objects.count()} versions)" in words(page(client, "/record/"))
    assert "Camp of [removed]" in words(
        client.get("/as-of/2026-03-01/initiatives/camp-of-removed/").content.decode()
    )


@pytest.mark.parametrize(
    ("lines", "reason", "said"),
    [
        ([], "Why", "Type the words"),
        (["  "], "Why", "Type the words"),
        (["x"], "Why", "A single letter"),
        (["nowhere at all"], "Why", "stand nowhere"),
        ([NAME], " ", "Say why"),
        ([NAME], "Because of JANE Q. ROE", "repeats what is removed"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(told, lines, reason, said):
    before = everything()
    with pytest.raises(ValidationError, match=said):
        remove(*lines, reason=reason)
    assert everything() == before


def test_what_fails_half_way_leaves_everything(told, monkeypatch):
    before = everything()
    monkeypatch.setattr(Erasure.objects, "create", lambda **values: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        remove(NAME)
    assert everything() == before


def test_a_redaction_while_the_clock_is_behind_counts_for_the_day_after_the_last_seal(told, clock):
    clock.set("2026-03-02 12:00")
    remove(NAME)
    assert findings() == []
    clock.set("2026-03-06 12:00")
    seal_ended_days()
    assert findings() == []


def test_looking_changes_nothing(told):
    before = everything()
    assert [change.what for change in rows_to_change(Removal([NAME]))].count("working copy") == 2
    assert everything() == before


def test_every_column_of_words_is_searched_or_named_here_with_its_reason():
    accounts = {
        "author_name",
        "publisher_name",
        "by_name",
        "submitted_by_name",
        "decided_by_name",
        "created_by_name",
    }
    accounts |= {"published_by_name", "withdrawn_by_name", "owner_name"}
    not_words = {
        "digest",
        "digest_before",
        "digest_after",
        "row_before",
        "row_after",
        "report",
        "previous",
        "changes",
        "kind",
    }
    own = {
        "initiatives.Revision": {"title", "slug", "fields", "html", "note"},
        "initiatives.DaySeal": {"entries"},  # keys, numbers and digests
        "initiatives.Upload": {"file", "content_type"},  # named by its content
        "initiatives.Amount": {"currency"},
        "initiatives.KeyDate": {"date"},
        "initiatives.Site": {"trusted_hosts"},  # names of hosts, which no visitor sees
        # What residents wrote is changed by a redaction of its own alone.
        "feedback.Comment": {"text", "language", "held_for", "personal"},
        "feedback.DailyCount": {"language", "read_within"},
    }
    missing = set()
    for model in (
        *apps.get_app_config("initiatives").get_models(),
        *apps.get_app_config("feedback").get_models(),
    ):
        label = model._meta.label
        searched = {*PLACES.get(label, ()), *own.get(label, ()), *accounts, *not_words}
        if model in KINDS.values():
            searched |= {"title", "slug", *model.plain_fields, *model.markdown_fields}
        for column in model._meta.concrete_fields:
            holds_words = (
                isinstance(column, (models.CharField, models.TextField, models.JSONField))
                and not column.choices
            )
            if holds_words and column.name not in searched:
                missing.add(f"{label}.{column.name}")
    assert missing == set()
