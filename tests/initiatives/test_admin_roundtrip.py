"""The round trip at the desk: who may take out and bring back, what is shown, and that nothing leaks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from initiatives.models import Initiative, Revision
from initiatives.publishing.publish import save_draft
from tests.builders import make_agency, make_initiative, make_place
from tests.initiatives.reading import words

pytestmark = pytest.mark.django_db
PAGE, EXPORT, IMPORT, KEEP = (f"/admin/desk/round-trip/{end}" for end in ("", "export/", "import/", "keep/"))


@pytest.fixture
def camp_item():
    item = make_initiative(title="Camp", slug="camp", summary="Old words.")
    item.summary = "Draft words."
    item.save()
    save_draft(item, by=None)
    return item


def exported(client, **query):
    return client.get(EXPORT, query).content.decode()


def held(response):
    return response.context["held"]


def test_staff_take_out_drafts_or_the_live_text(as_, arthur, camp_item):
    client = as_(arthur)
    response = client.get(EXPORT)
    assert "Draft words." in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith("attachment; filename=")
    live = exported(client, text="live")
    assert "Old words." in live
    assert "Draft words." not in live


def test_a_branch_goes_out_alone(as_, arthur, camp_item):
    make_initiative(title="Elsewhere")
    text = exported(as_(arthur), root=camp_item.section.key)
    assert "Camp" in text
    assert "Elsewhere" not in text
    assert as_(arthur).get(EXPORT, {"as": "csv", "root": camp_item.key})["Content-Type"] == "application/zip"


def test_the_outline_and_the_item_lead_there(as_, arthur, camp_item):
    client = as_(arthur)
    assert PAGE in client.get(reverse("admin:outline")).content.decode()
    assert (
        f"{PAGE}?root={camp_item.key}"
        in client.get(camp_item.desk_path("change", camp_item.pk)).content.decode()
    )
    assert "“Camp”" in client.get(PAGE, {"root": camp_item.key}).content.decode()


@pytest.mark.parametrize("query", [{"root": "x"}, {"root": "00000000-0000-4000-8000-000000000000"}])
def test_what_is_not_there_is_not_found(as_, arthur, query):
    assert as_(arthur).get(EXPORT, query).status_code == 404
    assert as_(arthur).get(PAGE, query).status_code == 404


def test_other_forms_and_texts_are_refused(as_, arthur):
    assert as_(arthur).get(EXPORT, {"as": "exe"}).status_code == 400
    assert as_(arthur).get(EXPORT, {"text": "secret"}).status_code == 400


def test_strangers_sign_in_and_reviewers_are_refused(client, as_, rita):
    for path, method in ((PAGE, "get"), (EXPORT, "get"), (IMPORT, "post"), (KEEP, "post")):
        assert getattr(client, method)(path).status_code == 302
    for path, method in ((PAGE, "get"), (EXPORT, "get"), (IMPORT, "post"), (KEEP, "post")):
        assert getattr(as_(rita), method)(path).status_code == 403


def test_the_wrong_method_is_refused(as_, arthur):
    for path, method in ((PAGE, "post"), (EXPORT, "post"), (IMPORT, "get"), (KEEP, "get")):
        assert getattr(as_(arthur), method)(path).status_code == 405


def test_an_author_sees_the_differences_and_keeps_them_as_drafts(as_, arthur, camp_item):
    client = as_(arthur)
    text = exported(client).replace("Draft words.", "Better words.")
    response = client.post(IMPORT, {"upload": SimpleUploadedFile("report.md", text.encode())})
    assert "[removed: Draft ] [added: Better ]" in words(response.content.decode())
    assert camp_item.revisions.count() == 2
    client.post(KEEP, {"held": held(response)})
    newest = camp_item.revisions.last()
    assert (newest.fields["summary"], newest.author, newest.live_from) == ("Better words.", arthur, None)
    assert "Better" not in client.get("/initiatives/camp/").content.decode()


def test_a_text_can_be_pasted_and_the_same_text_changes_nothing(as_, arthur, camp_item):
    client = as_(arthur)
    response = client.post(IMPORT, {"text": exported(client)})
    assert "Nothing changed" in response.content.decode()


def test_spreadsheets_come_back_too(as_, arthur, camp_item):
    client = as_(arthur)
    data = client.get(EXPORT, {"as": "csv"}).content
    response = client.post(IMPORT, {"upload": SimpleUploadedFile("report.zip", data)})
    assert "Nothing changed" in response.content.decode()


def pasted(response):
    """Return what stands in the box for a text, as HTML."""
    html = response.content.decode()
    return html[html.index("<textarea") : html.index("</textarea>")]


def test_problems_are_shown_with_lines_and_nothing_is_kept(as_, arthur, camp_item):
    client = as_(arthur)
    response = client.post(
        IMPORT, {"text": exported(client).replace("status: ongoing", "status: <b>maybe</b>")}
    )
    assert response.status_code == 422
    assert "Line" in response.content.decode()
    assert "<b>maybe" not in response.content.decode()
    assert pasted(response).count("status: &lt;b&gt;maybe&lt;/b&gt;") == 1
    assert Revision.objects.filter(kind="initiative").count() == 2


def test_a_conflict_shows_line_item_field_both_texts_and_the_way_to_the_form(as_, arthur, camp_item):
    client = as_(arthur)
    text = exported(client).replace("Draft words.", "My <words>.")
    camp_item.summary = "Their words."
    camp_item.save()
    save_draft(camp_item, by=None)
    response = client.post(IMPORT, {"text": text})
    line = text.split("\n").index("summary: My <words>.") + 1
    said = words(response.content.decode())
    assert response.status_code == 422
    assert "summary: My &lt;words&gt;." in pasted(response)
    assert f"Line {line}: Camp, Summary Now, saved by Somebody Their words." in said
    assert "In the file, changes marked [removed: Their words. ] [added: My &lt;words&gt;. ]" in said
    assert (
        f'<a href="{camp_item.desk_path("change", camp_item.pk)}">Open the form' in response.content.decode()
    )


def test_with_the_text_of_now_in_the_file_everything_else_comes_in(as_, arthur, camp_item):
    client = as_(arthur)
    text = exported(client).replace("Draft words.", "Mine.").replace("title: Camp", "title: Camp of summer")
    camp_item.summary = "Theirs."
    camp_item.save()
    save_draft(camp_item, by=None)
    clash = client.post(IMPORT, {"text": text}).context["clashes"][0]
    shown = client.post(IMPORT, {"text": text.replace("Mine.", clash.saved)})
    client.post(KEEP, {"held": held(shown)})
    newest = camp_item.revisions.last()
    assert (newest.title, newest.fields["summary"]) == ("Camp of summer", "Theirs.")


def test_conflicts_of_rows_name_other_items_by_title(as_, arthur, camp_item):
    camp_item.places.add(make_place(title="College Hill", slug="college-hill"))
    camp_item.participations.create(agency=make_agency(title="The Partner", slug="partner"), role="partner")
    camp_item.amounts.create(amount=5, purpose="to begin")
    save_draft(camp_item, by=None)
    make_place(title="The Ville", slug="the-ville")
    client = as_(arthur)
    text = (
        exported(client)
        .replace("places: [college-hill]", "places: [the-ville]")
        .replace("to begin", "to end")
    )
    text = text.replace("partner: [partner]", "funder: [partner]")
    camp_item.places.clear()
    camp_item.participations.all().delete()
    camp_item.amounts.update(purpose="to go on")
    save_draft(camp_item, by=None)
    said = words(client.post(IMPORT, {"text": text}).content.decode())
    assert (
        "Camp, Places Now, saved by Somebody Nothing In the file, changes marked [added: The Ville ]" in said
    )
    assert "[added: The Partner (funder) ]" in said
    assert (
        "purpose: to go on ] [added: amount: 5, currency: USD, qualifier: exactly, sort: grant, purpose: to "
        "end ]"
    ) in said


def test_what_was_saved_between_looking_and_keeping_stops_it(as_, arthur, camp_item):
    client = as_(arthur)
    shown = client.post(IMPORT, {"text": exported(client).replace("Draft words.", "Mine.")})
    Initiative.objects.update(body="In between.")
    camp_item.refresh_from_db()
    save_draft(camp_item, by=None)
    response = client.post(KEEP, {"held": held(shown)})
    assert "Somebody saved in between" in response.content.decode()
    assert camp_item.revisions.last().fields["summary"] == "Draft words."
    client.post(KEEP, {"held": held(response)})
    newest = camp_item.revisions.last().fields
    assert (newest["summary"], newest["body"]) == ("Mine.", "In between.")


def test_a_page_of_somebody_else_or_a_forged_one_keeps_nothing(as_, arthur, edith, camp_item):
    shown = as_(edith).post(IMPORT, {"text": exported(as_(edith)).replace("Draft words.", "Mine.")})
    for forged in (held(shown), "x", ""):
        assert as_(arthur).post(KEEP, {"held": forged})["Location"] == PAGE
    assert camp_item.revisions.count() == 2


@pytest.mark.parametrize(
    "fields",
    [{}, {"text": ""}, {"text": "\0"}, {"text": "x" * 1_900_000}, {"upload": b""}, {"upload": b"\x89PNG\0"}],
)
def test_nothing_broken_or_huge_is_an_error_of_the_server(as_, arthur, fields):
    if "upload" in fields:
        fields = {"upload": SimpleUploadedFile("a.md", fields["upload"])}
    assert as_(arthur).post(IMPORT, fields).status_code == 422


def test_more_than_the_limit_is_said_to_be(as_, arthur):
    response = as_(arthur).post(IMPORT, {"upload": SimpleUploadedFile("a.md", b"x" * 2_000_001)})
    assert "larger than 2 MB" in response.content.decode()


def test_the_commands_take_out_and_bring_back(tmp_path, arthur, camp_item, capsys):
    for name in ("report.md", "report.zip"):
        call_command("export_report", tmp_path / name, branch="initiative:camp")
        call_command("import_report", tmp_path / name)
        assert "nothing changed" in capsys.readouterr().out
    file = tmp_path / "report.md"
    call_command("export_report", file, text="live")
    file.write_text(file.read_text().replace("title: Camp", "title: Summer Camp"))
    call_command("import_report", file)
    assert "1 item would change" in capsys.readouterr().out
    call_command("import_report", file, keep=True, by="arthur")
    newest = camp_item.revisions.last()
    assert (newest.title, newest.author, newest.fields["summary"]) == ("Summer Camp", arthur, "Draft words.")


def test_the_commands_say_what_is_wrong(tmp_path, camp_item):
    with pytest.raises(CommandError, match="ends in"):
        call_command("export_report", tmp_path / "report.doc")
    with pytest.raises(CommandError, match="There is no"):
        call_command("export_report", tmp_path / "a.md", branch="initiative:x")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_report", tmp_path / "none.md")
    (tmp_path / "a.md").write_text("%%% planet mars\n")
    with pytest.raises(CommandError, match="Line 1"):
        call_command("import_report", tmp_path / "a.md")
    with pytest.raises(CommandError, match="no active member"):
        call_command("import_report", tmp_path / "a.md", by="nobody")
