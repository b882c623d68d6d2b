"""What a person may not open is on no list, preview, release, link or e-mail made for them, wherever at the
desk they look.

Each of two kinds of items has a word of its own in the title of everything that the public does not see.
"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.utils import timezone

from feedback.models import Answer
from initiatives.desk import share_links
from initiatives.models import Initiative, NoticePreference, Release, ShareLink
from initiatives.publishing import approval, delete, releases, reviews
from initiatives.publishing.publish import save_draft, schedule
from initiatives.report import drafts
from tests.builders import make, make_initiative
from tests.conftest import person
from tests.portal.test_desk_roles import _no_pages, names, rows  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db
WORDS = {Answer: "Quixotic", Initiative: "Zephyrine"}
SITE = (
    "",
    "report/",
    "documents/",
    "you-said-we-did/",
    "initiatives/camp/",
    "about/",
    "updates/",
    "nowhere/",
)


@pytest.fixture
def lina():
    """Lina keeps the answers, schedules included, and sees no initiative."""
    group = Group.objects.create(name="Librarian")
    report = (
        "view_revision",
        "view_pillar",
        "view_section",
        "view_site",
        "publish_report",
        "view_submission",
        "add_submission",
    )
    desk = (
        "view_release",
        "add_release",
        "change_release",
        "delete_release",
        "view_sharelink",
        "add_sharelink",
    )
    answers = ("view_answer", "add_answer", "change_answer", "delete_answer")
    group.permissions.set(Permission.objects.filter(codename__in=[*report, *desk, *answers]))
    return person("lina", "Librarian", email="lina@example.org")


def change(item, by, title):
    item.title = title
    item.save()
    return save_draft(item, by)


@pytest.fixture
def secrets(names, edith, arthur):  # noqa: F811
    """Of both kinds: a draft, a text that is scheduled, handed in, returned, approved, removed, gathered,
    and due for review.
    """
    camp = make_initiative(slug="camp")
    open_one, planned = Release.objects.create(name="Gathered"), Release.objects.create(name="Planned")
    for model, word in WORDS.items():

        def fresh(what, model=model, word=word, **fields):
            build = (
                make_initiative
                if model is Initiative
                else lambda **more: make(Answer, about=camp.key, **more)
            )
            return build(
                title=f"{word} {what}",
                body=f"{word}, see [the camp](/initiatives/camp/).",
                publish=False,
                **fields,
            )

        save_draft(fresh("draft"), arthur)
        schedule(fresh("scheduled"), edith, timezone.now() + timedelta(days=2), "", True)
        handed_in = [
            approval.submit(fresh(what), None, f"{word} message")
            for what in ("waits", "returned", "approved")
        ]
        approval.return_(handed_in[1], None, f"{word} remark")
        approval.approve(handed_in[2], None)
        delete.delete_item(fresh("removed"), None)
        for release in (open_one, planned):
            releases.add_to_release(release, fresh(f"in {release}"), None)
            release.items.filter(kind=model.kind).update(note=f"{word} note")
        due = make(
            model,
            title="Public",
            **({"status": "ongoing", "section": camp.section} if model is Initiative else {}),
        )
        reviews.set_due(due, None, timezone.localdate())
        change(due, edith, f"{word} due")
        share_links.make_share_link(drafts.scope_named(str(fresh("shared").key)), 7, "x", edith)
    releases.schedule_release(planned, None, timezone.now() + timedelta(days=3))
    change(camp, edith, "Camp")
    camp.slug = "moved-camp"
    camp.save()
    save_draft(camp, edith)
    return names | {"gathered": open_one, "planned": planned, "camp": camp}


def hidden_from(user):
    return [word for model, word in WORDS.items() if not user.has_perm(model.permission("view"))]


def leaks(client, path, hidden):
    response = client.get(path)
    text = b"".join(response.streaming_content) if response.streaming else response.content
    return [f"{path}: {word}" for word in hidden if word in text.decode(errors="replace")]


def desk(secrets):
    """Every address of the desk that can be read, and those of what is secret besides."""
    yield from (path for *_, path, _ in rows(secrets))
    yield "/admin/"
    for release in (secrets["gathered"], secrets["planned"]):
        yield f"/admin/desk/releases/{release.pk}/"
        for page in SITE:
            yield f"/admin/desk/preview/release-{release.pk}/site/{page}"
    yield from (f"/admin/desk/preview/all/site/{page}" for page in SITE)
    yield from (
        f"/admin/initiatives/initiative/{secrets['camp'].pk}/{page}/"
        for page in ("change", "unpublish", "preview")
    )
    yield from (f"/admin/desk/preview/{secrets['camp'].key}/site/{page}" for page in SITE)


@pytest.mark.parametrize("role", ["arthur", "edith", "rita", "alice", "lina"])
def test_no_page_of_the_desk_names_what_a_person_may_not_open(as_, request, secrets, role):
    user = request.getfixturevalue(role)
    client, hidden = as_(user), hidden_from(user)
    assert hidden == {"arthur": ["Quixotic"], "rita": ["Zephyrine"], "lina": ["Zephyrine"]}.get(role, [])
    assert not [leak for path in desk(secrets) for leak in leaks(client, path, hidden)]


def test_what_a_person_may_open_is_on_every_list(as_, edith, secrets):
    client = as_(edith)
    lists = [
        "",
        *(f"desk/{name}/" for name in ("scheduled", "removed", "due", f"releases/{secrets['gathered'].pk}")),
    ]
    lists += ["desk/preview/all/", "desk/share-links/"]
    for word in WORDS.values():
        for path in lists:
            assert leaks(client, f"/admin/{path}", [word]), (path, word)


@pytest.mark.parametrize("role", ["arthur", "edith", "alice", "lina"])
def test_a_link_shows_what_its_maker_may_see_now(client, request, secrets, role):
    user = request.getfixturevalue(role)
    scopes = [
        "all",
        *(f"release-{secrets[name].pk}" for name in ("gathered", "planned")),
        str(secrets["camp"].key),
    ]
    for scope in scopes:
        base = share_links.link_path(share_links.make_share_link(drafts.scope_named(scope), 7, "x", user))
        found = {
            leak.rpartition(" ")[2] for page in SITE for leak in leaks(client, base + page, WORDS.values())
        }
        shown = set(WORDS.values()) - set(hidden_from(user)) if scope in scopes[:3] else set()
        assert found == shown, scope


def lose_every_group(user):
    user.groups.clear()


def lose_the_staff(user):
    user.is_staff = False
    user.save()


def become_a_reviewer(user):
    user.groups.set(Group.objects.filter(name="Reviewer"))


@pytest.mark.parametrize("lose", [lose_every_group, lose_the_staff, become_a_reviewer])
@pytest.mark.parametrize("scope", ["all", "release", "item"])
def test_a_link_ends_with_the_rights_of_its_maker(as_, request, secrets, lose, scope):
    edith, arthur, client = (request.getfixturevalue(name) for name in ("edith", "arthur", "client"))
    name = {"all": "all", "release": f"release-{secrets['gathered'].pk}", "item": str(secrets["camp"].key)}[
        scope
    ]
    link = share_links.make_share_link(drafts.scope_named(name), 7, "For the mayor", arthur)
    assert client.get(share_links.link_path(link)).status_code == 200
    lose(arthur)
    assert [
        client.get(share_links.link_path(link) + page).status_code for page in ("", "report/", "media/x")
    ] == [410] * 3
    listed = as_(edith).get("/admin/desk/share-links/").content.decode()
    assert share_links.token(link) not in listed and "ended with the account or the rights" in listed


def test_nobody_is_given_a_link_that_shows_more_than_they_may_open(as_, arthur, edith, secrets):
    mine, others = (
        share_links.make_share_link(drafts.scope_named("all"), 7, f"by {user}", user)
        for user in (arthur, edith)
    )
    listed = as_(arthur).get("/admin/desk/share-links/").content.decode()
    assert share_links.token(mine) in listed and share_links.token(others) not in listed
    assert "It shows more than you may open" in listed
    listed = as_(edith).get("/admin/desk/share-links/").content.decode()
    assert share_links.token(mine) in listed and share_links.token(others) in listed
    assert ShareLink.objects.exclude(kind="answer").count() == 5


def test_nobody_changes_what_they_may_not_open_in_a_release_or_the_calendar(as_, edith, lina, secrets):
    release = secrets["gathered"]
    row = release.items.get(kind="initiative")
    client, path = as_(lina), f"/admin/desk/releases/{release.pk}/"
    page = client.get(path).content.decode()
    assert "1 item<" in page and "And 1 that you may not open." in page
    sent = {"name": "Gathered", "do": "save", f"{row.key}-note": "Hers"}
    assert client.post(path, sent).status_code == 302
    row.refresh_from_db()
    assert row.note == "Zephyrine note"
    assert client.post(path, {"name": "Gathered", "do": f"remove:{row.key}"}).status_code == 403
    for act in ("cancel", "move"):
        assert (
            client.post(
                f"/admin/desk/scheduled/{secrets['later']}/{act}/", {"at": "2040-01-01T10:00"}
            ).status_code
            == 403
        )


@pytest.mark.django_db(transaction=True)
def test_e_mails_tell_of_what_their_reader_may_open(lina):
    NoticePreference.objects.create(user=lina, on_submission=True, on_decision=True, on_overdue=True)
    approval.submit(make_initiative(title="Zephyrine", publish=False), None)
    assert not mail.outbox
    approval.submit(make(Answer, title="Quixotic", publish=False), None)
    assert ["Quixotic" in one.subject for one in mail.outbox] == [True]
