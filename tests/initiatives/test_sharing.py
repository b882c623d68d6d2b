"""Share links: drafts for people without an account, until the link ends."""

import logging
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from initiatives.desk import share_links
from initiatives.exchange.uploads import store_image
from initiatives.models import Release, ShareLink
from initiatives.publishing.publish import save_draft
from initiatives.report import drafts
from portal.logs import OneLine
from tests.builders import make_initiative, make_pillar, make_section, make_site
from tests.initiatives.reading import words
from tests.initiatives.test_admin_uploads import png

pytestmark = pytest.mark.django_db
LIST = "/admin/desk/share-links/"


@pytest.fixture
def camp(db):
    """A live initiative with a draft that shows an image which the public has never seen."""
    make_site()
    section = make_section(pillar=make_pillar(slug="prevention"), slug="children")
    item = make_initiative(section=section, title="Camp", slug="camp")
    item.title, item.image, item.image_alt = "New Camp", store_image(png(), "x"), "A park"
    item.save()
    save_draft(item, by=None)
    return item


def share(item, days=7, by=None):
    return share_links.make_share_link(drafts.scope_named(str(item.key)), days, "For the mayor", by)


def image(item, link):
    return f"{share_links.link_path(link)}media/{item.image.file.name}"


def test_whoever_has_the_link_reads_the_whole_site_with_the_draft_in_it(client, camp):
    base = share_links.link_path(share(camp))
    for path in ("initiatives/camp/", "prevention/children/", "report/"):
        response = client.get(base + path)
        assert response.status_code == 200
        text = response.content.decode()
        assert "New Camp" in text
        assert "Preview: not public." in words(text)
        assert 'href="/prevention/' not in text
    assert client.get(base).status_code == 200


def test_it_begins_at_the_page_of_the_item_that_is_shared(client, camp):
    base = share_links.link_path(share(camp))
    assert client.get(f"{base}?begin").url == f"{base}initiatives/camp/"
    of_all = share_links.link_path(
        share_links.make_share_link(drafts.scope_named("all"), 7, "For the mayor", None)
    )
    assert client.get(f"{of_all}?begin").url == of_all


def test_it_leaves_no_trace(client, camp):
    link = share(camp)
    for path in (
        share_links.link_path(link),
        image(camp, link),
        f"{share_links.link_path(link)}nowhere/",
        "/share/x/",
    ):
        response = client.get(path)
        assert response["Cache-Control"] == "no-store, private"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
    assert "Was this page helpful?" not in client.get(share_links.link_path(link)).content.decode()
    assert "/admin/" not in client.get(f"{share_links.link_path(link)}initiatives/camp/").content.decode()


def test_it_shows_the_images_of_its_drafts_and_of_no_other(client, camp):
    other = make_initiative(
        title="Other", image=store_image(png("red"), "y"), image_alt="Other", publish=False
    )
    link = share(camp)
    page = client.get(f"{share_links.link_path(link)}initiatives/camp/").content.decode()
    assert f'src="{image(camp, link)}"' in page
    assert client.get(image(camp, link)).status_code == 200
    assert client.get(image(other, link)).status_code == 404
    assert client.get(f"/media/{camp.image.file.name}").status_code == 404


def test_it_shows_the_drafts_as_they_are_when_it_is_opened(client, camp):
    link = share(camp)
    camp.title = "Newer Camp"
    camp.save()
    save_draft(camp, by=None)
    assert "Newer Camp" in client.get(f"{share_links.link_path(link)}initiatives/camp/").content.decode()


@pytest.mark.parametrize("way", ["expires", "withdrawn_at"])
def test_a_link_that_has_ended_shows_nothing_its_images_included(client, camp, way):
    link = share(camp)
    setattr(link, way, timezone.now() - timedelta(seconds=1))
    link.save()
    for path in (
        share_links.link_path(link),
        f"{share_links.link_path(link)}initiatives/camp/",
        image(camp, link),
    ):
        response = client.get(path)
        assert response.status_code == 410
        text = response.content.decode()
        assert "This link has ended" in text
        assert "New Camp" not in text
        assert "mayor" not in text


def leave(user):
    user.delete()


def be_locked_out(user):
    user.is_active = False
    user.save()


def leave_the_staff(user):
    user.is_staff = False
    user.save()


@pytest.mark.parametrize("end", [leave, be_locked_out, leave_the_staff])
def test_a_link_ends_with_the_account_of_who_made_it(as_, arthur, edith, camp, end):
    link = share(camp, by=arthur)
    client = as_(edith)
    assert client.get(share_links.link_path(link)).status_code == 200
    end(arthur)
    assert client.get(share_links.link_path(link)).status_code == 410
    assert "ended with the account" in " ".join(client.get(LIST).content.decode().split())


@pytest.mark.parametrize("token", ["x", "x.y", "%F0%9F%98%80", f"{'0' * 32}.x"])
def test_a_token_that_we_did_not_make_is_not_found(client, camp, token):
    share(camp)
    response = client.get(f"/share/{token}/")
    assert response.status_code == 404
    assert "New Camp" not in response.content.decode()


def test_a_token_cannot_be_bent_to_another_link(client, camp):
    mine, other = share(camp), share(camp)
    signature = share_links.token(mine).partition(".")[2]
    assert client.get(f"/share/{other.pk.hex}.{signature}/").status_code == 404


def test_the_link_of_a_removed_item_shows_no_draft(client, camp):
    link = share(camp)
    camp.delete()
    assert "New Camp" not in client.get(f"{share_links.link_path(link)}report/").content.decode()
    assert client.get(image(camp, link)).status_code == 404


def test_a_release_and_all_drafts_can_be_shared(client, camp):
    release = Release.objects.create(name="Summer")
    release.items.create(kind="initiative", key=camp.key)
    for name in (f"release-{release.pk}", "all"):
        link = share_links.make_share_link(drafts.scope_named(name), 1, "x", None)
        assert "New Camp" in client.get(f"{share_links.link_path(link)}report/").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_a_link_is_only_read(client, camp, method):
    assert getattr(client, method)(share_links.link_path(share(camp))).status_code == 405


def test_head_works_and_the_slash_is_added(client, camp):
    link = share(camp)
    assert client.head(share_links.link_path(link)).status_code == 200
    assert client.get(share_links.link_path(link)[:-1]).url == share_links.link_path(link)
    assert client.get(f"{share_links.link_path(link)}report").url == f"{share_links.link_path(link)}report/"


def test_crawlers_are_told_to_stay_away(client):
    assert "/share/" not in client.get("/robots.txt").content.decode(), (
        "Who may not ask does not read that it may not be listed."
    )


def test_the_token_is_in_no_log(camp):
    link = share(camp)
    record = logging.LogRecord(
        "django.request",
        logging.ERROR,
        "",
        0,
        "Internal Server Error: %s",
        (share_links.link_path(link),),
        None,
    )
    assert OneLine().filter(record)
    assert record.getMessage() == "Internal Server Error: /share/…/"


@pytest.mark.parametrize("days", [0, 91])
def test_a_link_lasts_ninety_days_at_most(camp, days):
    with pytest.raises(ValidationError):
        share(camp, days)


# At the desk


def add(scope):
    return reverse("admin:share_add", args=[scope])


def test_an_author_makes_a_link_and_finds_its_address_in_the_list(as_, arthur, camp):
    page = as_(arthur).get(add(camp.key)).content.decode()
    assert "as they are when somebody opens it" in page
    response = as_(arthur).post(add(camp.key), {"purpose": "For the mayor", "days": "30"}, follow=True)
    link = ShareLink.objects.get()
    assert link.created_by == arthur
    assert timedelta(days=29) < link.expires - timezone.now() <= timedelta(days=30)
    assert f'value="http://testserver{share_links.link_path(link)}?begin"' in response.content.decode()


@pytest.mark.parametrize(
    "typed", [{"purpose": "", "days": "7"}, {"purpose": "x", "days": "365"}, {"purpose": "x", "days": "y"}]
)
def test_a_link_without_purpose_or_end_is_not_made(as_, arthur, camp, typed):
    assert as_(arthur).post(add(camp.key), typed).status_code == 200
    assert not ShareLink.objects.exists()


def test_an_author_withdraws_only_their_own_and_an_editor_any(as_, arthur, edith, client, camp):
    mine, others = share(camp, by=arthur), share(camp, by=edith)
    end = [reverse("admin:share_withdraw", args=[link.pk]) for link in (mine, others)]
    assert as_(arthur).post(end[1]).status_code == 403
    assert as_(arthur).post(end[0]).url == LIST
    assert as_(edith).post(end[1]).url == LIST
    for link in (mine, others):
        assert client.get(share_links.link_path(link)).status_code == 410
    page = as_(edith).get(LIST).content.decode()
    assert "withdrawn by arthur" in words(page)
    assert share_links.token(mine) not in page


def test_strangers_and_reviewers_make_list_and_withdraw_nothing(as_, client, rita, camp):
    link = share(camp)
    addresses = [LIST, add("all"), reverse("admin:share_withdraw", args=[link.pk])]
    for address in addresses:
        assert client.post(address).url.startswith("/admin/login/")
    as_(rita)
    assert [client.get(LIST).status_code, client.post(add("all")).status_code] == [403, 403]
    assert client.post(addresses[2]).status_code == 403
    assert not share_links.has_ended(ShareLink.objects.get())


def test_odd_requests_to_the_desk_are_refused(as_, edith, camp):
    link = share(camp)
    assert as_(edith).get(reverse("admin:share_withdraw", args=[link.pk])).status_code == 405
    assert as_(edith).post(LIST).status_code == 405
    assert as_(edith).get(add("none")).status_code == 404
    assert as_(edith).put(add("all")).status_code == 405


@pytest.mark.parametrize("size", [1, 20])
def test_the_list_costs_a_fixed_number_of_queries(as_, edith, camp, size, django_assert_max_num_queries):
    for _ in range(size):
        share(camp, by=edith)
    client = as_(edith)
    with django_assert_max_num_queries(8):
        assert client.get(LIST).content.decode().count("For the mayor</h3>") == size
