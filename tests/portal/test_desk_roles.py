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

# The columns: who may look (GET), who may send (POST), the address below /admin/, what is sent. People are
# (a)uthor, (e)ditor,
# (r)eviewer and (s)uperuser, the administrator; for those left out it is 403. A number is what all of them
# get.
ITEM = """
aes  aes  ./
aes  aes  ./add/
aes  aes  ./{pk}/change/
aes  405  ./{pk}/preview/
aes  aes  ./{pk}/history/
-es  -es  ./{pk}/unpublish/
-es  -es  ./{pk}/delete/
405  -es  ./{pk}/care/        do=owner
405  -es  ./{pk}/care/        do=date
405  -es  ./{pk}/care/        do=reviewed
302  302  ./{pk}/
"""
SITE = """
aes  aes  ./
403  403  ./add/
aes  --s  ./{pk}/change/
aes  405  ./{pk}/preview/
aes  aes  ./{pk}/history/
--s  --s  ./{pk}/unpublish/
403  403  ./{pk}/delete/
405  --s  ./{pk}/care/        do=owner
405  --s  ./{pk}/care/        do=reviewed
302  302  ./{pk}/
"""
ANSWER = """
-ers -ers ./
-ers -ers ./add/
-ers -ers ./{pk}/change/
-ers 405  ./{pk}/preview/
-ers -ers ./{pk}/history/
-es  -es  ./{pk}/unpublish/
-es  -es  ./{pk}/delete/
405  -es  ./{pk}/care/        do=reviewed
302  302  ./{pk}/
"""
REPORT = """
aes  405  outline/
405  -es  outline/change/     do=publish
405  aes  outline/change/     do=up:pillar-{pillar}
aes  405  history/{key}/
405  aes  history/{key}/1/restore/
aes  405  removed/
aes  405  scheduled/
405  -es  scheduled/{later}/cancel/
405  -es  scheduled/{later}/move/
aes  405  preview/all/
aes  405  preview/all/site/
aes  405  preview/all/site/report/
aes  aes  preview/all/share/
aes  405  share-links/
405  aes  share-links/{by_author}/withdraw/
405  -es  share-links/{by_editor}/withdraw/
aes  -es  approval/{handed_in}/   do=approve
aes  -es  approval/{handed_in}/   do=publish&minor=on
aes  -es  approval/{handed_in}/   do=return&remark=Why
aes  a--  approval/{handed_in}/   do=take_back
aes  -es  releases/           name=Winter
aes  -es  releases/{release}/     do=save&name=Fall
aes  -es  releases/{release}/     do=publish&name=Fall&note=New
aes  -es  releases/{release}/     do=schedule&name=Fall&note=New
aes  -es  releases/{release}/     do=call_off
aes  -es  releases/{release}/     do=delete
-es  -es  bulk/initiative/publish/?item={initiative}   item={initiative}
-es  -es  bulk/initiative/release/?item={initiative}   item={initiative}
-es  -es  bulk/initiative/owner/?item={initiative}     item={initiative}
aes  aes  bulk/initiative/due/?item={initiative}       item={initiative}
aes  aes  bulk/initiative/status/?item={initiative}    item={initiative}
aes  aes  bulk/initiative/move/?item={initiative}      item={initiative}
405  aes  presence/initiative/{key}/
aes  405  due/
aes  aes  emails/
aes  405  round-trip/
aes  405  round-trip/export/
405  aes  round-trip/import/
405  aes  round-trip/keep/
--s  --s  redact/
"""
FILES = """
aes  aes  ./
aes  aes  ./add/
aes  -es  ./{upload}/change/
aes  aes  ./{upload}/history/
403  403  ./{upload}/delete/
aes  405  ./file/{file}
302  302  ./{upload}/
"""
# The editor's script shows what it gets, so strangers get words there and no page to sign in at.
FOR_SCRIPTS = """
405  aers markdown-preview/
405  aes  markdown-upload/
"""
COMMENTS = """
--rs 405  ./
403  403  ./add/
405  --rs ./sort/             do=read&comment={comment}
405  --rs ./undo/             batch={comment}
--rs 405  ./steps/
--rs --rs ./triage/           do=read&comment={comment}
--rs 405  ./rules/
--rs 405  ./numbers/
--rs --rs ./digest/
---s ---s ./records/          reason=x
--rs 405  ./export.csv
--rs 405  ./export.json
--rs 405  ./{comment}/change/
404  404  ./no-comment/change/
--rs --rs ./{comment}/history/
403  403  ./{comment}/delete/
405  --rs ./{comment}/show/
405  --rs ./{comment}/note/   text=Hm
--rs --rs ./{comment}/redact/
302  302  ./{comment}/
"""
TAGS = """
--rs --rs ./
--rs --rs ./add/
--rs ---s ./{tag}/change/
--rs --rs ./{tag}/history/
---s ---s ./{tag}/delete/
302  302  ./{tag}/
"""
# Records officers set holds, too (tests/feedback/test_retention.py).
HOLDS = """
---s ---s ./
---s ---s ./add/
---s ---s ./{hold}/change/
---s ---s ./{hold}/history/
---s ---s ./{hold}/delete/
302  302  ./{hold}/
"""
ACCOUNTS = """
---s ---s ./
---s ---s ./add/
---s ---s ./{person}/change/
---s ---s ./{person}/password/
---s ---s ./{person}/history/
---s ---s ./{person}/delete/
302  302  ./{person}/
"""
EVERYBODY = """
aers aers ./
aes  aes  ./initiatives/
-ers -ers ./feedback/
---s ---s ./auth/
aers 405  ./jsi18n/
403  405  ./autocomplete/
404  404  ./r/{type}/{initiative}/
404  404  ./nowhere
"""
# Where each table stands; that of items stands for every kind of item that has no table of its own.
KINDS = ("pillar", "section", "initiative", "agency", "audience", "place", "document")
TABLES = [
    *((f"initiatives/{kind}/", ITEM) for kind in KINDS),
    ("initiatives/site/", SITE),
    ("feedback/answer/", ANSWER),
    ("desk/", REPORT),
    ("initiatives/upload/", FILES),
    ("initiatives/upload/", FOR_SCRIPTS),
    ("feedback/comment/", COMMENTS),
    ("feedback/tag/", TAGS),
    ("feedback/legalhold/", HOLDS),
    ("auth/user/", ACCOUNTS),
    ("", EVERYBODY),
]
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
