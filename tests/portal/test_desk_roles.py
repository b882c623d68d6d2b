"""Who may open and use each address of the desk: what a role is refused, the server refuses with 403,
whatever its pages show.

An address without a row fails: who adds one says here for whom it is.
"""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import get_resolver, resolve
from django.utils import timezone

from feedback.models import Answer, Comment, LegalHold, Tag
from initiatives.desk import share_links
from initiatives.models import Release
from initiatives.publishing import approval
from initiatives.publishing.publish import save_draft, schedule
from initiatives.report import drafts
from tests.builders import (
    make,
    make_agency,
    make_audience,
    make_document,
    make_initiative,
    make_place,
    make_site,
    make_upload,
)
from tests.conftest import person
from tests.portal.desk_addresses import TABLES

# Where people sign in and out, and change their own password
SIGNING_IN = {"login", "logout", "password_change", "password_change_done"}
# 400 and 422: something is missing in what was sent.
LET_IN = (200, 302, 400, 422)
# The stock page of an app is not there for those who may see nothing in it.
OF_APPS = {f"/admin/{app}/" for app in ("initiatives", "feedback", "auth")}


@pytest.fixture
def names(alice, edith, arthur):
    """What the tables name in braces: something of each sort."""
    site, later = make_site(), make_initiative()
    camp = make_initiative(section=later.section)
    items = {
        "site": site,
        "initiative": camp,
        "section": camp.section,
        "pillar": camp.section.pillar,
        "answer": make(Answer),
    }
    items |= {
        "agency": make_agency(),
        "audience": make_audience(),
        "place": make_place(),
        "document": make_document(),
    }
    for item in (camp, later):
        item.summary = "New words."
        item.save()
        save_draft(item, by=arthur)
    image = make_upload("Park", "image", b"\xff\xd8\xff", "jpg", "image/jpeg")
    named = {
        "key": camp.key,
        "later": schedule(later, edith, timezone.now() + timedelta(days=1), "", True).pk,
        "handed_in": approval.submit(camp, arthur).pk,
        "release": Release.objects.create(name="Fall").pk,
        "by_author": share_links.make_share_link(drafts.scope_named("all"), 7, "The mayor", arthur).pk,
        "by_editor": share_links.make_share_link(drafts.scope_named("all"), 7, "The council", edith).pk,
        "comment": Comment.objects.create(page="/about/", title="About", helpful=True, text="Good.").pk,
        "tag": Tag.objects.create(name="Parks").pk,
        "hold": LegalHold.objects.create(page="/about/", reason="Case 17").pk,
        "upload": image.pk,
        "file": image.file.name,
        "person": person("paula").pk,
        "type": ContentType.objects.get_for_model(camp).pk,
    }
    return named | {kind: item.pk for kind, item in items.items()}


def rows(names):
    """Each row of the tables as (who may look, who may send, path, what is sent)."""
    for folder, table in TABLES:
        mine = names | {"pk": names.get(folder.split("/")[-2]) if folder else None}
        for line in table.strip().splitlines():
            look, send, path, *body = line.format_map(mine).split()
            yield look, send, f"/admin/{folder}{path.removeprefix('./')}", body[0] if body else ""


def addresses(patterns, before=""):
    """Every address below some patterns, as `resolve` names it, but those of signing in."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from addresses(pattern.url_patterns, route)
        elif pattern.name not in SIGNING_IN:
            yield route.replace("^", "")


def test_every_address_has_a_row(names):
    desk = {route for route in addresses(get_resolver().url_patterns) if route.startswith("admin/")}
    assert desk == {resolve(path.partition("?")[0]).route for *_, path, _ in rows(names)}


@pytest.fixture
def _no_pages(monkeypatch):
    """Who is let in is decided before a page is made, and 1,500 pages take a minute."""
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *args: "")


def answer(client, method, path, body):
    """The status that an address answers with; what it did is undone."""
    with transaction.atomic():
        sent = {"data": body, "content_type": "application/x-www-form-urlencoded"} if method == "POST" else {}
        response = client.generic(method, path, **sent)
        transaction.set_rollback(True)
    return (
        "signs in"
        if response.headers.get("Location", "").startswith("/admin/login/")
        else response.status_code
    )


def wrong(client, names, expected):
    """What an address does not answer as expected: `expected(the row's column)` returns the statuses that
    are right.
    """
    for look, send, path, body in rows(names):
        for method, column in (("GET", look), ("POST", send)):
            status, right = answer(client, method, path, body), expected(column, path)
            if status not in right:
                yield f"{method} {path} {body}: {status}, not {right}"


@pytest.mark.usefixtures("_no_pages")
@pytest.mark.parametrize("role", ["arthur", "edith", "rita", "alice"])
def test_a_role_is_let_in_where_its_table_says_so_and_refused_elsewhere(as_, request, names, role):
    user = request.getfixturevalue(role)
    letter = {"arthur": "a", "edith": "e", "rita": "r", "alice": "s"}[role]

    def expected(column, path):
        refused = (404,) if path in OF_APPS else (403,)
        return (int(column),) if column.isdigit() else LET_IN if letter in column else refused

    assert not "\n".join(wrong(as_(user), names, expected))


def test_a_stranger_is_led_to_the_sign_in_everywhere(client, names):
    def expected(column, path):
        return (403, 405) if "markdown-" in path else ("signs in",)

    assert not "\n".join(wrong(client, names, expected))
