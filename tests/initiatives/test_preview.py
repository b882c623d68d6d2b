"""The site with drafts in it, for staff: of one item, of a release, of everything; the frame around it."""

from uuid import uuid4

import pytest
from django.urls import reverse

from initiatives.exchange.uploads import store_image
from initiatives.models import Release
from initiatives.publishing.publish import save_draft
from tests.builders import make_agency, make_document, make_initiative, make_pillar, make_section, make_site
from tests.initiatives.reading import framed, words
from tests.initiatives.test_admin_uploads import png

pytestmark = pytest.mark.django_db


def site(scope, path="/"):
    return reverse("admin:preview_home", args=[scope]) + path.removeprefix("/")


def text(client, scope, path="/"):
    response = client.get(site(scope, path))
    assert response.status_code == 200, path
    return response.content.decode()


def redraft(item, **changes):
    for name, value in changes.items():
        setattr(item, name, value)
    item.save()
    return save_draft(item, by=None)


@pytest.fixture
def tree(db):
    """A live pillar, section and two initiatives, each with a draft of another title."""
    make_site()
    pillar = make_pillar(title="Prevention", slug="prevention")
    section = make_section(pillar=pillar, title="Children", slug="children")
    camp, school = (
        make_initiative(section=section, title=title, slug=title.lower()) for title in ("Camp", "School")
    )
    for item in (camp, school):
        redraft(item, title=f"New {item.title}")
    return pillar, section, camp, school


@pytest.mark.parametrize(
    "path", ["/", "/prevention/", "/prevention/children/", "/report/", "/initiatives/camp/"]
)
def test_every_list_that_an_item_appears_in_shows_its_draft_and_no_other(as_, arthur, tree, path):
    found = text(as_(arthur), tree[2].key, path)
    assert "New School" not in found
    assert "Preview: not public." in words(found)
    if path != "/":
        assert "New Camp" in found


@pytest.mark.parametrize("path", ["/prevention/children/", "/report/"])
def test_all_drafts_are_shown_together(as_, arthur, tree, path):
    found = text(as_(arthur), "all", path)
    assert "New Camp" in found
    assert "New School" in found


def test_a_release_shows_the_drafts_of_its_items_alone(as_, edith, tree):
    release = Release.objects.create(name="Summer")
    release.items.create(kind="initiative", key=tree[3].key)
    found = text(as_(edith), f"release-{release.pk}", "/report/")
    assert "New School" in found
    assert "New Camp" not in found


def test_links_stay_inside_and_the_live_site_is_untouched(as_, client, arthur, tree):
    key = tree[2].key
    redraft(tree[2], slug="summer-camp", body="[The part](/prevention/)")
    found = text(as_(arthur), key, "/initiatives/summer-camp/")
    assert f'href="{site(key, "/prevention/")}"' in found
    assert 'href="/prevention/"' not in found
    assert as_(arthur).get(site(key, "/initiatives/camp/")).url == site(key, "/initiatives/summer-camp/")
    client.logout()
    live = client.get("/initiatives/camp/")
    assert "New Camp" not in live.content.decode()
    assert client.get("/initiatives/summer-camp/").status_code == 404


@pytest.mark.parametrize(
    "page",
    ["/about/", "/privacy/", "/accessibility/", "/documents/", "/updates/", "/initiatives/camp/history/"],
)
def test_every_other_page_works_inside(as_, arthur, tree, page):
    assert "Preview: not public." in words(text(as_(arthur), "all", page))


def test_what_is_no_page_is_left_to_the_live_site(as_, arthur, tree):
    assert as_(arthur).get(site("all", "/updates/feed/")).url == "/updates/feed/"
    assert as_(arthur).get(site("all", "/report")).url == site("all", "/report/")


def test_an_address_that_leads_nowhere_says_so_inside(as_, arthur, tree):
    response = as_(arthur).get(site("all", "/initiatives/none/"))
    assert response.status_code == 404
    assert "This preview has no such page" in response.content.decode()
    assert f'href="{site("all")}"' in response.content.decode()


def test_a_preview_is_kept_by_nobody_and_takes_no_feedback(as_, arthur, tree):
    response = as_(arthur).get(site("all", "/initiatives/camp/"))
    assert "no-store" in response["Cache-Control"]
    assert "public" not in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "canonical" not in response.content.decode()
    assert "Was this page helpful?" not in response.content.decode()


def test_the_framed_page_alone_may_be_framed_and_the_frame_alone_frames(as_, arthur, tree):
    client = as_(arthur)
    inside, around, elsewhere = (
        client.get(site("all")),
        client.get(reverse("admin:preview", args=["all"])),
        client.get("/"),
    )
    assert inside["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in inside["Content-Security-Policy"]
    assert "frame-src" not in inside["Content-Security-Policy"]
    assert "frame-src 'self'" in around["Content-Security-Policy"]
    for other in (around, elsewhere):
        assert other["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert "frame-src" not in elsewhere["Content-Security-Policy"]


def test_a_draft_on_drafts_is_shown_with_them_and_the_frame_names_them(as_, arthur):
    section = make_section(
        pillar=make_pillar(title="New pillar", publish=False), title="New section", publish=False
    )
    agency = make_agency(title="New agency", publish=False)
    item = make_initiative(section=section, title="New item", publish=False)
    item.participations.create(agency=agency, role="lead")
    save_draft(item, by=None)
    client = as_(arthur)
    found = framed(client, item).content.decode()
    assert "<h1>New item</h1>" in found
    assert "New agency" in found
    around = client.get(item.desk_path("preview", item.pk)).content.decode()
    for title in ("New pillar", "New section", "New agency"):
        assert f"“{title}”" in around


def test_what_no_page_of_a_release_shows_is_named(as_, edith):
    section = make_section(publish=False)
    item = make_initiative(section=section, title="Lost", publish=False)
    release = Release.objects.create(name="Summer")
    release.items.create(kind="initiative", key=item.key)
    around = as_(edith).get(reverse("admin:preview", args=[f"release-{release.pk}"])).content.decode()
    assert "On no page, because they have no place yet, or what they hang on is not published" in words(
        around
    )
    assert "“Lost”" in around


def test_a_draft_without_a_public_version_has_no_history_to_lead_to(as_, arthur):
    item = make_initiative(slug="new", publish=False)
    assert "/initiatives/new/history/" not in framed(as_(arthur), item).content.decode()
    for page in ("history", "compare"):
        assert as_(arthur).get(site(item.key, f"/initiatives/new/{page}/")).status_code == 404


def test_the_frame_lists_where_the_item_appears(as_, arthur, tree):
    document = make_document(title="A study", slug="study", leading=True)
    tree[2].documents.add(document)
    save_draft(tree[2], by=None)
    around = as_(arthur).get(tree[2].desk_path("preview", tree[2].pk)).context
    paths = [place.path for place, _, _ in around["places"]]
    assert paths == [
        "/initiatives/camp/",
        "/prevention/children/",
        "/prevention/",
        "/",
        "/report/",
        "/documents/",
    ]
    of_document = as_(arthur).get(document.desk_path("preview", document.pk)).context["places"]
    assert [place.path for place, _, _ in of_document] == ["/documents/", "/"]


def test_the_width_is_a_plain_link_and_odd_choices_are_the_usual_one(as_, arthur, tree):
    address = reverse("admin:preview", args=[tree[2].key])
    around = as_(arthur).get(f"{address}?page=/report/&width=phone").content.decode()
    assert 'class="preview-frame preview-phone"' in around
    assert f'src="{site(tree[2].key, "/report/")}"' in around
    assert 'href="?page=/report/&amp;width=desktop"' in around
    for odd in ("//evil.example/", "https://evil.example/", "/admin/", "/media/x", "javascript:alert(1)"):
        around = as_(arthur).get(address, {"page": odd, "width": odd}).content.decode()
        assert f'src="{site(tree[2].key, "/initiatives/camp/")}"' in around


def test_a_drafts_files_are_inside_for_staff(as_, arthur):
    upload = store_image(png(), "x")
    item = make_initiative(
        image=upload, image_alt="A park", body=f"![Trees](/media/{upload.file.name})", publish=False
    )
    found = framed(as_(arthur), item).content.decode()
    assert found.count(f'src="{site(item.key, f"/media/{upload.file.name}")}"') == 2
    assert "no-store" in as_(arthur).get(site(item.key, f"/media/{upload.file.name}"))["Cache-Control"]


@pytest.mark.parametrize("name", ["preview", "preview_home"])
def test_previews_are_for_staff_who_see_drafts(as_, client, rita, tree, name):
    for scope in ("all", tree[2].key):
        address = reverse(f"admin:{name}", args=[scope])
        assert client.get(address).url.startswith("/admin/login/")
    for scope in ("all", tree[2].key, uuid4()):
        assert as_(rita).get(reverse(f"admin:{name}", args=[scope])).status_code == 403


@pytest.mark.parametrize(
    "scope",
    ["none", "release-1", "release-x", f"release-{10**40}", "d348ee08-1af5-4bf9-9448-9602ca71f1a9", "0" * 32],
)
def test_a_scope_that_is_none_is_not_found(as_, arthur, scope):
    assert as_(arthur).get(reverse("admin:preview", args=[scope])).status_code == 404
    assert as_(arthur).get(site(scope)).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_preview_is_only_read(as_, arthur, tree, method):
    for address in (reverse("admin:preview", args=["all"]), site("all")):
        assert getattr(as_(arthur), method)(address).status_code == 405


@pytest.mark.parametrize("size", [2, 20])
def test_all_drafts_cost_a_fixed_number_of_queries(as_, arthur, tree, size, django_assert_max_num_queries):
    for number in range(size):
        redraft(make_initiative(section=tree[1], title=f"Item {number}"), title=f"Draft {number}")
    client = as_(arthur)
    with django_assert_max_num_queries(19):
        assert f"Draft {size - 1}" in text(client, "all", "/report/")
