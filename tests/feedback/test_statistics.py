"""What reviewers see in numbers: per page and branch, by week, before and after an edit, what fell, what
hurts.
"""

import re
from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from feedback.models import Comment, DailyCount
from feedback.statistics.chart import WEEKS, chart
from feedback.statistics.counts import below, by_node, rates_around, tallies, weekly
from feedback.statistics.drops import drops, hurting
from feedback.statistics.rates import Rate, discovered
from initiatives.publishing.publish import publish
from initiatives.report.history import since_last_edit
from initiatives.report.report import Report
from tests.builders import change, make_initiative, make_many, make_section, make_site
from tests.feedback.many import make_comments

pytestmark = pytest.mark.django_db
NUMBERS = "/admin/feedback/comment/numbers/"


def said(item, yes=0, no=0, days=0, version=1, **fields):
    """Store so many answers about an item's page, so many days ago."""
    day = timezone.localdate() - timedelta(days=days)
    fields = {
        "page": f"/initiatives/{item.slug}/",
        "title": item.title,
        "item": item.key,
        "version": version,
        "date": day,
    } | fields
    Comment.objects.bulk_create(Comment(helpful=answer, **fields) for answer in [True] * yes + [False] * no)


def test_a_branch_has_the_answers_of_all_under_it():
    section = make_section()
    one, other = make_initiative(section=section), make_initiative(section=make_section(parent=section))
    said(one, yes=3, no=1)
    said(other, yes=1, no=5)
    report = Report.live()
    own = by_node(tallies(), report)
    assert own[one.key] == Rate(3, 4)
    assert (
        below(report.by_key[section.key], own) == below(report.by_key[section.pillar.key], own) == Rate(4, 10)
    )


def test_what_was_held_or_is_spam_never_counts():
    item = make_initiative()
    said(item, yes=1)
    said(item, yes=5, state="held")
    said(item, no=5, state="spam")
    assert by_node(tallies(), Report.live())[item.key] == Rate(1, 1)


def test_answers_that_only_their_counts_are_left_of_count_too():
    item = make_initiative()
    said(item, yes=1)
    DailyCount.objects.create(
        page="/x/", title="X", item=item.key, version=1, date="2020-01-06", yes=4, no=2, unanswered=1
    )
    assert by_node(tallies(), Report.live())[item.key] == Rate(5, 7)
    assert weekly(Q(item=item.key))[0][1] == Rate(4, 6)


def test_answers_before_and_after_an_edit_are_told_apart_by_the_version_that_was_read():
    item = make_initiative()
    said(item, yes=2, no=8, version=1, days=1)
    said(item, yes=9, no=1, version=3, days=1)
    assert rates_around(tallies(item=item.key), {3}) == (Rate(2, 10), Rate(9, 10))


def test_a_page_that_fell_by_more_than_chance_is_named_and_one_that_did_not_is_not():
    fell, same = make_initiative(title="Fell"), make_initiative(title="Same")
    for item, recent in ((fell, {"yes": 5, "no": 25}), (same, {"yes": 24, "no": 6})):
        said(item, yes=40, no=10, days=100)
        said(item, days=3, **recent)
    assert [drop.node.title for drop in drops(Report.live(), timezone.localdate())] == ["Fell"]


def test_the_pages_that_hurt_most_come_first_and_those_with_few_answers_not_at_all():
    worst, bad, few = (
        make_initiative(title="Worst"),
        make_initiative(title="Bad"),
        make_initiative(title="Few"),
    )
    said(worst, yes=5, no=95)
    said(bad, yes=4, no=12)
    said(few, no=3)
    assert [one.node.title for one in hurting(Report.live(), tallies(), {})] == ["Worst", "Bad"]


def test_a_page_that_was_mended_hurts_no_more_and_with_few_answers_since_it_still_does():
    mended, edited = make_initiative(title="Mended"), make_initiative(title="Edited")
    for item in (mended, edited):
        said(item, no=40, version=1, days=9)
        publish(change(item, summary="Now clear."), by=None)
    assert since_last_edit()[mended.key] == {2}
    said(mended, yes=20, version=2)
    said(edited, yes=5, version=2)
    told = [(one.node.title, one.since_edit) for one in hurting(Report.live(), tallies(), since_last_edit())]
    assert told == [("Edited", False)]


def test_discoveries_are_those_of_benjamini_and_hochberg():
    assert discovered([0.04, 0.001, 0.9, 0.02], 0.05) == [False, True, False, True]
    assert discovered([], 0.05) == []


def test_a_page_of_the_site_itself_has_its_numbers_before_and_after_the_settings_changed(
    as_, rita, client, post, clock
):
    site = make_site()
    for answer in ("no", "yes"):
        clock.now += timedelta(days=1)
        stamp = re.search(r'name="stamp" value="([^"]+)"', client.get("/about/").content.decode())[1]
        post({"page": "/about/", "helpful": answer, "stamp": stamp})
        publish(change(site, about="What it is."), by=None)
    assert [*Comment.objects.order_by("version").values_list("version", "item")] == [(1, None), (2, None)]
    page = as_(rita).get(NUMBERS).content.decode()
    assert "?under=/about/" in page
    one = as_(rita).get(NUMBERS, {"under": "/about/"}).content.decode()
    assert "Numbers: About this report" in one and "2 answers: too few for a share" in one
    assert "The page was last edited on" in one
    assert "It has no version of its own" in as_(rita).get(NUMBERS, {"under": "/report/"}).content.decode()
    assert as_(rita).get(NUMBERS, {"under": "/admin/"}).status_code == 404


def test_the_chart_shows_the_last_half_year_and_stays_within_its_frame():
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    weeks = [(monday - timedelta(days=7 * n), Rate(n % 12, 12)) for n in range(60)]
    drawn = chart(weeks, today)
    assert len(drawn.marks) == WEEKS
    assert all(
        drawn.left < mark.x < drawn.right and 0 < mark.top <= mark.y <= mark.bottom < drawn.foot
        for mark in drawn.marks
    )


# The page


def test_a_reviewer_reads_the_numbers_of_all_and_of_one_page(as_, rita):
    item = make_initiative(title="Evening Gyms")
    said(item, yes=30, no=10)
    page = as_(rita).get(NUMBERS).content.decode()
    assert "75% (60 to 86%) of 40 answers" in page
    assert "<svg" in page
    one = as_(rita).get(NUMBERS, {"under": item.key}).content.decode()
    assert "Numbers: Evening Gyms" in one
    assert "The page was last edited on" in one


def test_telling_words_hide_what_looks_personal(as_, rita):
    item, other = make_initiative(), make_initiative()
    for n in range(20):
        said(item, yes=1, text=f"The lamp is broken, write to lamplighter{n}@example.com")
        said(other, yes=1, text=f"Thank you for the clear words about summer jobs, number {n}")
    page = as_(rita).get(NUMBERS, {"under": item.key}).content.decode()
    assert "lamp</a> (20 comments)" in page
    assert "lamplighter" not in page


@pytest.mark.parametrize("who", ["edith", "arthur"])
def test_who_may_not_read_feedback_is_refused(as_, request, who):
    client = as_(request.getfixturevalue(who))
    assert [client.get(f"/admin/feedback/comment/{page}/").status_code for page in ("numbers", "digest")] == [
        403,
        403,
    ]


def test_the_public_is_sent_to_sign_in(client):
    assert client.get(NUMBERS).status_code == 302


@pytest.mark.parametrize("key", ["x", "6f5f3a4e-0000-4000-8000-000000000000"])
def test_a_page_that_is_none_is_not_found(as_, rita, key):
    assert as_(rita).get(NUMBERS, {"under": key}).status_code == 404
    assert as_(rita).post(NUMBERS).status_code == 405


def test_more_pages_and_comments_cost_no_more_queries(as_, rita, django_assert_max_num_queries):
    client = as_(rita)
    make_many(20)
    for count in (20, 400):
        make_comments(count)
        with django_assert_max_num_queries(19):
            client.get(NUMBERS)
        with django_assert_max_num_queries(18):
            client.get(NUMBERS, {"under": Report.live().pillars[0].key})


# Beside an item in the editor


def test_an_author_sees_the_rate_of_the_page_beside_its_form_and_no_comment(as_, arthur):
    item = make_initiative()
    said(item, yes=20, no=5, text="Secret words")
    page = as_(arthur).get(item.desk_path("change", item.pk)).content.decode()
    assert "80% (" in page
    assert "Secret words" not in page


@pytest.mark.parametrize(("who", "inbox"), [("edith", False), ("alice", True)])
def test_who_publishes_or_reads_comments_sees_the_open_ones_masked(as_, request, who, inbox):
    item = make_initiative()
    said(item, no=1, text="Call me at 314-555-0142")
    said(item, no=1, text="Closed already", state="closed")
    page = as_(request.getfixturevalue(who)).get(item.desk_path("change", item.pk)).content.decode()
    assert "Call me at [phone hidden]" in page
    assert "Closed already" not in page
    assert (f"{NUMBERS}?under={item.key}" in page) == inbox


def test_a_site_without_feedback_shows_nothing_beside_a_form(as_, edith):
    make_site()
    item = make_initiative()
    assert "Did the page help?" not in as_(edith).get(item.desk_path("change", item.pk)).content.decode()
