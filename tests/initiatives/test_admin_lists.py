"""The order of what editors choose from: lists by title, sections as in the outline."""

import pytest
from django.urls import reverse

from tests.builders import make_initiative, make_pillar, make_section

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["initiative", "section"])
def test_a_list_is_sorted_by_title_whatever_the_order_on_the_site(as_, edith, kind):
    section = make_section(title="M", position=3)
    for position, title in enumerate(["C", "A", "B"]):
        make_initiative(title=title, position=position, section=section)
        make_section(title=title, position=position, pillar=section.pillar)
    listed = as_(edith).get(reverse(f"admin:initiatives_{kind}_changelist")).context["cl"].result_list
    titles = [item.title for item in listed]
    assert titles == sorted(titles)
    assert titles[:3] == ["A", "B", "C"]


def test_sections_are_offered_as_the_outline_has_them(as_, edith):
    later, first = make_pillar(title="A", position=2), make_pillar(title="B", position=1)
    make_section(title="In A", pillar=later, position=0)
    second = make_section(title="B second", pillar=first, position=2)
    make_section(title="B first", pillar=first, position=1)
    for position, title in [(1, "Sub 1"), (0, "Sub 0")]:
        make_section(title=title, parent=second, position=position)
    page = as_(edith).get(reverse("admin:initiatives_initiative_add"))
    offered = [label for value, label in page.context["adminform"].form.fields["section"].choices if value]
    assert offered == [
        "B › B first",
        "B › B second",
        "B › B second › Sub 0",
        "B › B second › Sub 1",
        "A › In A",
    ]
