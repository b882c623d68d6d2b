"""What comes in becomes drafts: changes, new items, moves and orders; conflicts and mistakes keep all of
it back.
"""

import pytest

from initiatives.models import Initiative, Revision
from initiatives.publishing.publish import save_draft
from tests.builders import make_agency, make_initiative, make_site
from tests.conftest import person
from tests.initiatives.roundtrip.conftest import brought, line_of, written

pytestmark = pytest.mark.django_db
NEW = "%%% initiative four\n---\ntitle: Four\nsummary: New.\nstatus: planned\n"
NEW += "figures:\n  - {value: 3000, unit: people}\n---\nBody.\n\n"


def order(section):
    return list(section.initiatives.order_by("position").values_list("slug", flat=True))


def swap(text, one, other):
    """Return the document with two items in each other's places."""
    parts = text.split("%%% ")
    places = [
        next(n for n, part in enumerate(parts) if part.startswith(f"initiative {name}\n"))
        for name in (one, other)
    ]
    parts[places[0]], parts[places[1]] = parts[places[1]], parts[places[0]]
    return "%%% ".join(parts)


def save(slug, **fields):
    item = Initiative.objects.get(slug=slug)
    for name, value in fields.items():
        setattr(item, name, value)
    item.save()
    save_draft(item, by=None)


def test_a_change_becomes_a_draft_by_that_person_and_the_public_sees_nothing_of_it(park, arthur):
    result = brought(written().replace("About two.", "About two and more."), arthur, keep=True)
    assert [(one.title, [part.name for part in one.differences]) for one in result.changes] == [
        ("Two", ["summary"])
    ]
    item = Initiative.objects.get(slug="two")
    newest = item.revisions.last()
    assert (newest.fields["summary"], newest.live_from, newest.author) == (
        "About two and more.",
        None,
        arthur,
    )
    assert item.revisions.live().get().fields["summary"] == "About two."


def test_without_keeping_nothing_is_saved(park):
    before = Revision.objects.count()
    result = brought(
        written().replace("About two.", "Other.").replace("%%% initiative one", NEW + "%%% initiative one")
    )
    assert {one.title for one in result.changes} >= {"Two", "Four"}
    assert Revision.objects.count() == before
    assert not Initiative.objects.filter(slug="four").exists()


def test_a_new_item_becomes_a_draft_where_it_stands(park, arthur):
    text = written().replace("%%% initiative two", NEW + "%%% initiative two")
    result = brought(text, arthur, keep=True)
    assert not result.is_held_back
    assert order(park) == ["one", "four", "two", "three"]
    four = Initiative.objects.get(slug="four")
    assert four.figures.get().value == 3000
    assert not four.revisions.live().exists()


def test_a_new_item_at_the_end_leaves_the_others_as_they_are(park):
    text = written().replace("%%% section pools", NEW + "%%% section pools")
    assert [one.title for one in brought(text, keep=True).changes] == ["Four"]
    assert order(park) == ["one", "two", "three", "four"]


def test_new_sections_and_what_they_name_come_in_together(park):
    text = written() + "%%% agency parks-office\n---\ntitle: Parks Office\nkind: city\n---\n"
    text = text.replace(
        "%%% section pools", "%%% section woods\n---\ntitle: Woods\n---\n\n" + NEW + "%%% section pools"
    )
    text = text.replace("status: planned\n", "status: planned\nagencies:\n  lead: [parks-office]\n")
    assert brought(text, keep=True).problems == []
    four = Initiative.objects.get(slug="four")
    assert (four.section.title, four.participations.get().agency.title) == ("Woods", "Parks Office")


def test_an_order_changed_in_the_document_becomes_a_draft_order(park):
    result = brought(swap(written(), "one", "three"), keep=True)
    assert order(park) == ["three", "two", "one"]
    assert {part.name for one in result.changes for part in one.differences} == {"position"}
    assert [one.position for one in Revision.objects.live().filter(slug="one")] == [1]


def test_an_order_that_somebody_else_changed_too_is_a_conflict(park):
    text = swap(written(), "one", "three")
    save("one", position=9)
    result = brought(text, keep=True)
    assert "somebody else changed the order" in result.problems[0]
    assert result.problems[0].startswith(f"Line {line_of(text, '%%% initiative three')}:")


def test_an_item_under_another_section_is_moved(park):
    text = written()
    start = text.index("%%% initiative three")
    end = text.index("%%% section pools")
    part, rest = text[start:end], text[:start] + text[end:]
    result = brought(rest + part, keep=True)
    assert Initiative.objects.get(slug="three").section.slug == "pools"
    assert "parent" in [
        part.name for one in result.changes if one.title == "Three" for part in one.differences
    ]


def test_items_that_are_missing_stay_and_are_named(park):
    text = written()
    without = text[: text.index("%%% initiative two")] + text[text.index("%%% initiative three") :]
    result = brought(without, keep=True)
    assert (result.left, result.changes) == (["Two"], [])
    assert Initiative.objects.count() == 3


def test_a_field_that_both_sides_changed_is_a_conflict_named_by_line_with_both_texts(park, arthur):
    text = written().replace("About two.", "Mine.").replace("About one.", "Mine too.")
    save("two", summary="Theirs.")
    result = brought(text, arthur, keep=True)
    (conflict,) = result.conflicts
    assert (conflict.line, conflict.saved, conflict.typed) == (line_of(text, "Mine."), "Theirs.", "Mine.")
    assert Initiative.objects.get(slug="one").summary == "About one."


def test_what_only_one_side_changed_comes_together(park):
    text = written().replace("About two.", "Mine.")
    save("two", body="Theirs.")
    assert not brought(text, keep=True).is_held_back
    item = Initiative.objects.get(slug="two")
    assert (item.summary, item.body) == ("Mine.", "Theirs.")


def test_the_live_text_can_be_edited_while_a_draft_waits(park):
    save("two", body="A draft.")
    assert "A draft." not in written("live")
    assert brought(written("live")).changes == []
    brought(written("live").replace("About two.", "Mine."), keep=True)
    item = Initiative.objects.get(slug="two")
    assert (item.summary, item.body) == ("Mine.", "A draft.")


def test_all_mistakes_are_named_at_once_with_their_lines(park):
    text = written() + NEW.replace("planned", "maybe").replace("3000", "many").replace("summary:", "sumary:")
    text = text.replace("About one.", "x" * 301)
    problems = brought(text, keep=True).problems
    for part, line in [
        ("sumary", "sumary:"),
        ("maybe", "status: maybe"),
        ("many", "value: many"),
        ("300", "xxx"),
    ]:
        assert any(one.startswith(f"Line {line_of(text, line)}:") for one in problems), (part, problems)
    assert not Initiative.objects.filter(slug="four").exists()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("agencies:\n  lead: [nobody]", "there is no agency “nobody”"),
        ("agencies:\n  boss: [nobody]", "agencies stand by role"),
        ("places: [nowhere]", "there is no place “nowhere”"),
        ("dates:\n  - {date: 2015-13, label: x}", "date: Type 2015"),
        ("amounts:\n  - {amount: 5, color: red}", "color: not known in amounts"),
        ("links: [x]", "links are written as"),
        ("image: images/none.jpg", "there is no file"),
        ("status_note: x\namounts:\n  - {amount: 5, kind: gold}", "kind: “gold” is none of "),
        ("title_note: [a]", "is not known here"),
    ],
)
def test_what_does_not_exist_is_named_by_line(park, line, reason):
    text = written() + NEW.replace("status: planned", f"status: planned\n{line}")
    (problem,) = brought(text).problems
    assert reason in problem
    assert int(problem.split(":")[0].removeprefix("Line ")) in range(
        line_of(text, line.split("\n")[0]), len(text.split("\n"))
    )


def test_a_status_that_is_none_is_answered_with_those_that_are(park):
    (problem,) = brought(written() + NEW.replace("planned", "maybe")).problems
    assert (
        "status: “maybe” is none of under_way, ongoing, recurring, completed, planned, proposed, studied, "
        "supported."
    ) in problem


def test_unknown_removed_and_doubled_items_are_named(park):
    text = written()
    item = Initiative.objects.get(slug="three")
    item.delete()
    assert "was removed; restore it first" in brought(text).problems[0]
    part = text[text.index("%%% initiative one") : text.index("%%% initiative two")]
    double = text[: text.index("%%% initiative three")] + part
    assert "a second time" in brought(double).problems[0]
    unknown = part.replace(part.split("key: ")[1][:36], "00000000-0000-4000-8000-000000000000")
    assert "is not known" in brought(unknown).problems[0]
    assert "no revision 99" in brought(part.replace("revision: '1'", "revision: '99'")).problems[0]


def test_a_failure_at_the_last_item_keeps_nothing(park, arthur):
    before = Revision.objects.count()
    text = written().replace("About one.", "Changed.") + "%%% agency a\n---\ntitle: A\nkind: nonsense\n---\n"
    result = brought(text, arthur, keep=True)
    assert len(result.problems) == 1
    assert Revision.objects.count() == before
    assert Initiative.objects.get(slug="one").summary == "About one."


def test_nobody_changes_what_they_may_not_change(park, arthur):
    make_site()
    text = written().replace("Testville", "Othertown").replace("About one.", "Changed.")
    result = brought(text, arthur, keep=True)
    assert "you may not change this: site settings" in result.problems[0]
    assert Initiative.objects.get(slug="one").summary == "About one."
    assert not brought(text, person("ann", is_superuser=True), keep=True).is_held_back


def test_what_was_saved_since_the_differences_were_shown_keeps_all_back(park):
    text = written().replace("About two.", "Mine.")
    seen = brought(text).fingerprint
    save("two", body="In between.")
    result = brought(text, keep=True, expected=seen)
    assert result.fingerprint != seen
    assert Initiative.objects.get(slug="two").summary == "About two."


def test_a_renamed_address_is_found_by_its_key(park):
    brought(written().replace("%%% initiative two", "%%% initiative two-new"), keep=True)
    assert Initiative.objects.get(title="Two").slug == "two-new"


def test_the_cost_does_not_grow_with_what_is_unchanged(park, django_assert_max_num_queries):
    for _ in range(20):
        make_initiative(section=park)
        make_agency()
    text = written()
    with django_assert_max_num_queries(45):
        brought(text)
