"""The outline: the report as a tree, and its order, changed by buttons."""

import pytest
from django.urls import reverse

from initiatives.publishing.publish import save_draft
from initiatives.report.report import Report
from tests.builders import make_initiative, make_pillar, make_section

pytestmark = pytest.mark.django_db


def titles():
    return [node.title for node in Report.live().initiatives]


@pytest.fixture
def items():
    section = make_section()
    return [
        make_initiative(section=section, title=title, position=place) for place, title in enumerate("ABC")
    ]


def do(client, action, item=None):
    ref = f"{item.kind}-{item.pk}" if item else ""
    return client.post(reverse("admin:outline_change"), {"do": f"{action}:{ref}"}, follow=True)


def test_the_tree_shows_every_item_with_its_state(as_, edith, real_report):
    page = as_(edith).get(reverse("admin:outline")).content.decode()
    assert page.count('class="outline-initiative"') == 103
    assert page.count('class="state state-live"') == 103 + 24 + 3


@pytest.mark.parametrize("size", [3, 30])
def test_the_tree_costs_a_fixed_number_of_queries(as_, edith, size, django_assert_max_num_queries):
    section = make_section()
    for _ in range(size):
        make_initiative(section=section)
    client = as_(edith)
    with django_assert_max_num_queries(14):
        client.get(reverse("admin:outline"))


def test_a_move_is_a_draft_until_the_order_is_published(as_, edith, items):
    a, *_ = items
    page = do(as_(edith), "down", a).content.decode()
    assert titles() == ["A", "B", "C"]
    assert page.index(">B</a>") < page.index(">A</a>")
    assert "Publish this order" in page
    do(as_(edith), "publish", a.section)
    assert titles() == ["B", "A", "C"]


def test_publishing_an_order_leaves_draft_texts_drafts(as_, edith, items):
    a, _, c = items
    c.title = "C, draft"
    c.save()
    save_draft(c, by=edith)
    do(as_(edith), "up", c)
    do(as_(edith), "publish", a.section)
    assert titles() == ["A", "C", "B"]


def test_a_move_past_the_end_changes_nothing(as_, edith, items):
    do(as_(edith), "up", items[0])
    do(as_(edith), "down", items[2])
    do(as_(edith), "publish", items[0].section)
    assert titles() == ["A", "B", "C"]


def test_equal_positions_are_put_in_order_by_a_move(as_, edith):
    section = make_section()
    _, b = (make_initiative(section=section, title=title, position=0) for title in "AB")
    do(as_(edith), "up", b)
    do(as_(edith), "publish", section)
    assert titles() == ["B", "A"]


def test_pillars_move_too(as_, edith):
    one = make_pillar(title="One", position=0)
    make_pillar(title="Other", position=1)
    do(as_(edith), "down", one)
    do(as_(edith), "publish")
    assert [pillar.title for pillar in Report.live().pillars] == ["Other", "One"]


def test_an_author_moves_and_cannot_publish_the_order(as_, arthur, items):
    page = do(as_(arthur), "down", items[0]).content.decode()
    assert "Publish this order" not in page
    assert do(as_(arthur), "publish", items[0].section).status_code == 403
    assert titles() == ["A", "B", "C"]


def test_a_reviewer_neither_sees_nor_moves(as_, rita, items):
    assert as_(rita).get(reverse("admin:outline")).status_code == 403
    assert do(as_(rita), "down", items[0]).status_code == 403


@pytest.mark.parametrize(
    "action",
    ["", "up", "up:", "up:planet-1", "up:pillar-x", "up:pillar-²", "up:pillar-" + "9" * 30, "fly:pillar-1"],
)
def test_broken_orders_are_refused(as_, edith, action):
    assert as_(edith).post(reverse("admin:outline_change"), {"do": action}).status_code in (400, 404)


def test_a_move_is_a_post(as_, edith):
    assert as_(edith).get(reverse("admin:outline_change")).status_code == 405


def test_moving_there_and_back_leaves_nothing_to_publish(as_, edith, items):
    do(as_(edith), "down", items[0])
    page = do(as_(edith), "up", items[0]).content.decode()
    assert "Publish this order" not in page


def test_an_item_that_moves_here_in_a_draft_does_not_make_the_order_another(as_, edith, items):
    other = make_section(pillar=items[0].section.pillar)
    make_initiative(section=other, position=5)
    moved = items[0]
    moved.section = other
    moved.place_last()
    moved.save()
    save_draft(moved, by=None)
    assert "Publish this order" not in as_(edith).get(reverse("admin:outline")).content.decode()
