"""Loading a report from plain files: atomic, repeatable, and clear about what is wrong."""

import io
import shutil

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from initiatives.exchange.folder import ContentError
from initiatives.exchange.load import load
from initiatives.models import Initiative, Revision, Section, Site
from initiatives.publishing.publish import publish, unpublish
from initiatives.report.report import Report
from tests.conftest import REPORT

pytestmark = pytest.mark.django_db

INITIATIVE = """---
title: "Bridge: 3,000 into jobs"
summary: It trains young adults.
status: under_way
status_note: since spring
agencies:
  lead: [slate]
audiences: [young-adults]
places: ["63106"]
amounts:
  - {amount: 5000000, kind: grant, purpose: to train}
figures:
  - {value: 12, value_to: 18, unit: years old, counts: ages}
dates:
  - {date: "2015-12", qualifier: from, label: It runs}
---
The body.
"""


@pytest.fixture
def folder(tmp_path):
    files = {
        "site.md": "---\ntitle: Portal\ncity_name: Testville\n---\nHello.\n",
        "agencies.csv": "slug,title,short_name,kind\nslate,Agency on Training,SLATE,city\n",
        "audiences.csv": "slug,title\nyoung-adults,Young adults\n",
        "places.csv": "slug,title,kind\n63106,63106,zip\n",
        "1-prevention/_index.md": "---\ntitle: Prevention\nsummary: Early help.\nicon: people\n---\n",
        "1-prevention/1-jobs/_index.md": "---\ntitle: Jobs\nsummary: Work.\n---\nIntro.\n",
        "1-prevention/1-jobs/1-hiring/_index.md": "---\ntitle: Hiring\nsummary: Hire.\n---\n",
        "1-prevention/1-jobs/1-hiring/01-bridge.md": INITIATIVE,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


BRIDGE = "1-prevention/1-jobs/1-hiring/01-bridge.md"


def edit(folder, name, old, new):
    path = folder / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


def problems(folder):
    with pytest.raises(ContentError) as refused:
        load(folder)
    assert not Revision.objects.exists()
    assert not Section.objects.exists()
    return [line.removeprefix(f"{folder}/") for line in refused.value.problems]


def test_everything_in_the_folder_is_published_with_words_and_data(folder):
    load(folder)
    report = Report.live()
    bridge = report.find("initiative", "bridge")
    assert [node.title for node in bridge.ancestors] == ["Prevention", "Jobs", "Hiring"]
    assert bridge.fields["status_note"] == "since spring"
    assert [report.by_key[node.key].slug for node in report.refer(bridge.fields["places"])] == ["63106"]
    assert bridge.fields["amounts"][0]["amount"] == "5000000"
    assert bridge.fields["figures"][0]["value_to"] == "18"
    assert bridge.fields["dates"] == [{"qualifier": "from", "date": "2015-12", "label": "It runs"}]


def test_what_is_loaded_is_as_the_desks_forms_keep_it(as_, alice, real_report):
    for item in (Site.objects.get(), Initiative.objects.first()):
        form = as_(alice).get(item.desk_path("change", item.pk)).context["adminform"].form
        texts = {name: str(form[name].value() or "") for name in (*item.plain_fields, *item.markdown_fields)}
        assert [name for name, text in texts.items() if text != text.strip()] == []


def test_loading_again_changes_nothing(folder):
    load(folder)
    before = Revision.objects.count()
    outcome = load(folder)
    assert (outcome.new, outcome.changed) == ({}, {})
    assert Revision.objects.count() == before


def test_an_edited_item_is_not_overwritten_unasked(folder):
    load(folder)
    item = Initiative.objects.get()
    item.title = "Edited"
    item.save()
    publish(item, by=None)
    with pytest.raises(ContentError, match=r"01-bridge\.md:2: the database says something else"):
        load(folder)
    assert Report.live().find("initiative", "bridge").title == "Edited"
    assert load(folder, replace=True).changed == {"initiative": 1}
    assert Report.live().find("initiative", "bridge").title == "Bridge: 3,000 into jobs"


def test_what_was_unpublished_by_an_editor_is_published_again_only_by_loading(folder):
    load(folder)
    unpublish(Initiative.objects.get(), by=None)
    load(folder)
    assert Report.live().find("initiative", "bridge")


def test_an_image_beside_the_file_is_taken_in(folder):
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(picture, "PNG")
    (folder / BRIDGE).with_name("park.png").write_bytes(picture.getvalue())
    edit(folder, BRIDGE, "status:", "image: {file: park.png, alt: A park}\nstatus:")
    load(folder)
    fields = Report.live().find("initiative", "bridge").fields
    assert (fields["image"]["width"], fields["image_alt"]) == (40, "A park")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("status: under_way", "status: begun", ":4: status: Value 'begun' is not a valid choice."),
        ("lead: [slate]", "lead: [nobody]", ":7: there is no agency “nobody”"),
        ("lead: [slate]", "boss: [slate]", ":6: agencies stand by role: lead, partner, funder, asked"),
        ("audiences: [young-adults]", "audiences: [nobody]", ":8: there is no audience “nobody”"),
        ("amount: 5000000", "amount: five", ":11: amount: “five” value must be a decimal number."),
        ("kind: grant", "kind: gift", ":11: kind: Value 'gift' is not a valid choice."),
        ("{value: 12,", "{value: 20,", ":13: A range goes from the smaller number up to the larger."),
        ('date: "2015-12"', "date: 2015-13", ":15: date: Type 2015, 2015-12 or"),
        ("label: It runs", "lable: It runs", ":15: lable: not known in dates"),
        ("status_note: since spring", "colour: red", ":5: “colour” is not known here"),
        ("summary: It trains young adults.", "summary: ''", ":3: summary: Fill this in before you publish."),
        (
            "summary: It trains young adults.",
            "summary: [a, b]",
            ":3: “summary” is a list or a mapping where text belongs",
        ),
        ("status: under_way", "title: Again", ":4: “title” stands here a second time"),
        ("lead: [slate]", "lead: [slate", ":8: expected ',' or ']', but got ':'"),
        ("The body.", "![](/media/images/x.png)", ":17: body: The image on line 1 has no alt text"),
        ("status: under_way", "image: {file: none.png, alt: x}", ":4: image none.png: No such file"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_nothing_is_loaded(folder, old, new, problem):
    edit(folder, BRIDGE, old, new)
    found = problems(folder)
    assert any(
        line.startswith(BRIDGE + problem[: problem.index(" ")]) and problem[problem.index(" ") :] in line
        for line in found
    ), found


def test_every_mistake_is_named_at_once(folder):
    edit(folder, BRIDGE, "lead: [slate]", "lead: [nobody]")
    edit(folder, "places.csv", "63106,63106,zip", "63106,63106,planet")
    assert len(problems(folder)) >= 2


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("1-prevention/note.md", "initiatives inside sections"),
        ("1-prevention/1-jobs/Bridge.md", "not a place or a name for content"),
    ],
)
def test_files_in_the_wrong_place_are_named(folder, name, problem):
    (folder / name).write_text(INITIATIVE)
    assert problem in problems(folder)[0]


def test_a_missing_index_is_named(folder):
    (folder / "1-prevention/1-jobs/_index.md").unlink()
    assert problems(folder) == ["1-prevention/1-jobs/_index.md:1: the file is missing"]


def test_a_slug_stands_once(folder):
    shutil.copy(folder / BRIDGE, (folder / BRIDGE).with_name("02-bridge.md"))
    assert "the initiative “bridge” stands in" in problems(folder)[0]


def test_a_file_without_front_matter_is_named(folder):
    (folder / BRIDGE).write_text("Just text.\n")
    assert "does not begin with front matter" in problems(folder)[0]


def test_a_row_with_too_few_columns_is_named(folder):
    (folder / "agencies.csv").write_text("slug,title,short_name,kind\nslate,Agency\n")
    assert problems(folder)[0].startswith("agencies.csv:2: the row does not have the columns")


def test_a_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(CommandError, match="this is no content folder"):
        call_command("load_report", tmp_path)


def test_the_command_says_what_it_did(folder, capsys):
    call_command("load_report", folder)
    assert (
        "new: 1 × agency, 1 × audience, 1 × place, 1 × site, 1 × pillar, 2 × section, 1 × initiative"
        in capsys.readouterr().out
    )


def test_if_empty_leaves_a_report_alone(folder, capsys):
    call_command("load_report", folder)
    edit(folder, BRIDGE, "It trains", "It teaches")
    call_command("load_report", folder, if_empty=True)
    assert "it stays as it is" in capsys.readouterr().out
    assert Report.live().find("initiative", "bridge").fields["summary"] == "It trains young adults."


def test_the_real_report_loads_and_loads_again(real_report):
    assert real_report.new["initiative"] == 103
    assert (real_report.new["pillar"], real_report.new["section"]) == (3, 24)
    again = load(REPORT)
    assert (again.new, again.changed) == ({}, {})
