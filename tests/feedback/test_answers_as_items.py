"""Answers go through everything that the desk and the record have for items, though they live beside the
report.
"""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from feedback.models import Answer, Comment
from initiatives.exchange import document
from initiatives.exchange.exporting import choose
from initiatives.links.dead import consequences
from initiatives.publishing.publish import publish, save_draft, unpublish
from tests.builders import change, make, make_initiative, make_site
from tests.feedback.test_answers import comment
from tests.feedback.test_answers_desk import form
from tests.feedback.test_inbox import LIST
from tests.initiatives.reading import page, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def gyms(db):
    make_site()
    return make_initiative(title="Gyms", slug="gyms")


@pytest.fixture
def answer(gyms):
    """A public answer that stands on the page of the gyms."""
    return make(Answer, title="You asked for evenings", slug="evenings", body="We open late.", about=gyms.key)


def test_each_version_can_be_read(client, answer):
    change(answer, body="We open later.")
    publish(answer, None, "Later.")
    told = words(page(client, "/you-said-we-did/evenings/history/1/"))
    assert "We open late." in told and "Version 1 of this page" in told


def test_one_can_be_corrected_when_its_page_is_off_the_site(answer, gyms):
    unpublish(gyms, None)
    publish(change(answer, body="We opened late."), None, "It ended.")
    assert answer.revisions.live().get().fields["body"] == "We opened late."


def test_one_stays_as_it_is_when_its_page_is_deleted_from_the_desk(answer, gyms):
    unpublish(gyms, None)
    gyms.delete()
    save_draft(answer, None)
    assert answer.revisions.count() == 1


def test_one_does_not_leave_with_its_page_and_its_link_is_told(answer, gyms):
    publish(change(answer, body="See [the gyms](/initiatives/gyms/)."), None, "A link.")
    told = consequences(gyms)
    assert answer.key not in {node.key for node in told.leaving}
    assert [mention.source.key for mention in told.live] == [answer.key]


def test_the_whole_report_goes_out_with_them(answer):
    assert "We open late." in "".join(document.write_document(choose()))


def sent(answer, **fields):
    """Return what the answer's form sends, opened on its first version."""
    return (
        form(title=answer.title, slug=answer.slug, about=str(answer.about), base_revision=1, _draft="1")
        | fields
    )


def test_who_changes_the_text_is_not_asked_about_the_page_that_a_colleague_changed(as_, edith, answer):
    opened, before = sent(answer, body="We open late, daily."), answer.about
    answer.about = None
    answer.save()
    save_draft(answer, edith)
    shown = as_(edith).post(answer.desk_path("change", answer.pk), opened).content.decode()
    assert "merge-about" not in shown and "merge-body" not in shown
    assert "We open late, daily." in shown and f'<option value="{before}" selected' not in shown


@pytest.fixture
def inbox(as_, rita):
    """Sign in anew, as after a day."""
    return lambda: as_(rita)


@pytest.fixture
def reopened(inbox, answer, clock):
    """A comment that a reviewer opened again after it had been answered."""
    one = comment(text="Longer.", answer=answer)
    clock.now += timedelta(days=1)
    inbox().get(LIST)
    assert Comment.objects.get(pk=one.pk).state == "answered"
    inbox().post(f"{LIST}sort/?state=answered", {"do": "reopen", "comment": str(one.pk)})
    return one


def another_joins(client, answer, reopened):
    two = comment(text="Me too.")
    ticked = [reopened.pk, two.pk]
    data = sent(answer, body=answer.body, comments=ticked, shown=ticked)
    client.post(f"{answer.desk_path('change', answer.pk)}?comments={two.pk}", data)
    client.get(LIST)
    assert Comment.objects.get(pk=two.pk).state == "answered"


def a_slip_is_mended(client, answer, reopened):
    change(answer, body="We open late!")
    publish(answer, None, minor=True)


@pytest.mark.parametrize("work", [another_joins, a_slip_is_mended])
def test_work_on_the_answer_leaves_a_comment_open_that_was_opened_again(inbox, answer, reopened, clock, work):
    work(inbox(), answer, reopened)
    clock.now += timedelta(days=40)
    inbox().get(LIST)
    assert Comment.objects.get(pk=reopened.pk).state == "new"


def test_the_page_of_answers_is_seen_on_a_day(client, answer):
    assert "We open late." in page(client, f"/as-of/{localdate()}/you-said-we-did/")


def test_a_preview_of_all_drafts_leads_to_the_answers(as_, edith, answer):
    change(answer, body="We open later.")
    shown = as_(edith).get("/admin/desk/preview/all/").content.decode()
    assert "Answer: You asked for evenings" in shown


def test_one_says_where_its_past_is_and_its_address_leads_to_it(client, answer):
    assert 'href="/you-said-we-did/evenings/history/"' in page(client, "/you-said-we-did/")
    assert client.get("/you-said-we-did/evenings/").url == "/you-said-we-did/#evenings"
    assert client.get("/you-said-we-did/mornings/").status_code == 404


def test_the_feed_does_not_call_a_changed_answer_published_anew(client, answer):
    change(answer, body="We open later.")
    publish(answer, None, "Later.")
    feed = client.get("/you-said-we-did/feed/").content.decode()
    assert feed.count("<entry>") == 1 and "<updated>" in feed and "<published>" not in feed


def test_who_may_not_open_answers_finds_their_drafts_in_no_preview_and_no_export(as_, arthur, edith):
    draft = Answer.objects.create(title="Unsaid so far", slug="unsaid", body="We will.")
    save_draft(draft, edith)
    preview, export = "/admin/desk/preview/all/", "/admin/desk/round-trip/export/?text=drafts&as=md"
    for user, may in ((arthur, False), (edith, True)):
        client = as_(user)
        pages = [client.get(f"{preview}site/you-said-we-did/"), client.get(export)]
        assert ["We will." in page.content.decode() for page in pages] == [may, may]


def test_a_minor_change_of_an_answer_is_no_news_in_the_feed_and_each_entry_has_its_own_time(
    client, gyms, clock
):
    clock.set("2026-03-05 12:00")
    answers = [make(Answer, title=f"You asked {n}", body="We open late.", about=gyms.key) for n in range(3)]
    clock.set("2026-03-07 12:00")
    publish(change(answers[0], body="We open  late."), None, "A space.", minor=True)
    feed = page(client, "/you-said-we-did/feed/")
    assert "2026-03-07" not in feed
    assert len(set(re.findall("<updated>(.*?)</updated>", feed))) == 3
    assert '<link rel="alternate" type="application/atom+xml"' in " ".join(
        page(client, "/you-said-we-did/").split()
    )
    publish(change(answers[1], body="We close late."), None, "The hours changed.")
    assert "2026-03-07" in page(client, "/you-said-we-did/feed/")
