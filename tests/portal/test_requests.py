"""Odd requests get a 4xx or an ordinary page, never a 500."""

import io

import pytest
from django.test import RequestFactory
from django.utils import timezone

from initiatives.models import Agency, Release
from initiatives.publishing import releases
from portal.wsgi import application
from tests.builders import make_initiative, make_section, make_site

pytestmark = pytest.mark.django_db


def answer(path, **environ):
    base = RequestFactory().get(path).environ
    seen = []
    body = application(
        {**base, "wsgi.input": io.BytesIO(), **environ}, lambda status, headers: seen.append(status)
    )
    body.close()
    return int(seen[0].split()[0])


@pytest.mark.parametrize("charset", ["zip", "rot13", "utf-7", "x", "hex", "idna", "'"])
def test_a_charset_that_is_none_is_ignored(charset):
    assert answer("/robots.txt?a=%ff", CONTENT_TYPE=f"text/plain; charset={charset}") == 200


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/?a=%00",
        "/initiatives/%00/",
        "/%ff%fe/",
        "/a%0d%0aSet-Cookie:x=1/",
        "/..%2f..%2fetc/",
        "/" + "a" * 5000 + "/",
    ],
)
def test_odd_addresses_are_not_found_or_refused(client, path):
    assert client.get(path).status_code in (400, 404)


@pytest.mark.parametrize("ticked", ["x", "-1", "1\0", "9" * 30])
def test_ticks_in_a_list_that_are_no_numbers_are_refused(as_, alice, ticked):
    for address, action in (
        (Agency.desk_path("changelist"), "bulk_due"),
        ("/admin/auth/user/", "delete_selected"),
    ):
        answer = as_(alice).post(address, {"action": action, "_selected_action": [ticked]})
        assert answer.status_code == 400


def test_nul_in_what_staff_send_is_no_fault_of_ours(as_, edith):
    make_site()
    item = make_initiative(publish=False, section=make_section())
    release = Release.objects.create(name="Summer")
    releases.add_to_release(release, item, edith)
    sent = {
        "do": "schedule",
        "name": "Summer",
        "at": f"{timezone.now().year + 1}-03-01T08:00",
        f"note-{item.key}": "a\0b",
    }
    assert as_(edith).post(f"/admin/desk/releases/{release.pk}/", sent).status_code < 500


def test_a_wrong_host_is_refused(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_forged_forwarding_headers_change_nothing(client):
    page = client.get(
        "/about/",
        headers={
            "x-forwarded-host": "evil.example",
            "x-forwarded-proto": "https",
            "forwarded": "host=evil.example",
        },
    )
    assert "evil.example" not in page.content.decode()
    assert "https://testserver" not in page.content.decode()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", "/report/", "/healthz", "/readyz", "/robots.txt", "/sitemap.xml"])
def test_public_pages_are_read_only(client, method, path):
    assert client.generic(method, path).status_code == 405


def test_robots_know_the_sitemap_and_stay_out_of_the_admin(client):
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /admin/" in text


@pytest.mark.parametrize(
    "path", ["/", "/about/", "/feedback/thanks/", "/no/such/page/", "/healthz", "/readyz"]
)
def test_every_answer_has_the_strict_headers_and_no_cookie(client, path):
    response = client.get(path)
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert "camera=()" in response["Permissions-Policy"]
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
