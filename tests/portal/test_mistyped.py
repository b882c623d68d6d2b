"""Addresses as people mistype them or mail mangles them lead to the page; what would change a page is 405."""

import pytest
from django.test import Client
from django.urls import reverse

from initiatives.models import Pillar
from tests.builders import make_agency, make_initiative, make_pillar, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def path():
    section = make_section(pillar=make_pillar(slug="part"), slug="youth")
    make_initiative(section=section, slug="night-patrol")
    return "/initiatives/night-patrol/"


@pytest.mark.parametrize(
    "typed",
    [
        *("/initiatives/night-patrol.", "/initiatives/night-patrol/.", "/initiatives/night-patrol%20"),
        *("/initiatives/night-patrol/%20", "/Initiatives/Night-Patrol/", "/initiatives/NIGHT-PATROL"),
        *("/initiatives//night-patrol/", "//initiatives/night-patrol/", "/initiatives/night-patrol,"),
        *(
            "/initiatives/night-patrol)",
            "/initiatives/night-patrol/%E2%80%9D",
            "/INITIATIVES/night-patrol/?a=b",
        ),
    ],
)
def test_a_mistyped_address_leads_to_the_page(client, path, typed):
    response = client.get(f"http://testserver{typed}" if typed.startswith("//") else typed, follow=True)
    assert response.status_code == 200
    assert response.wsgi_request.path == path


@pytest.mark.parametrize(
    "typed", ["/Part/Youth/", "/REPORT/", "/part/youth/.", "/Updates/", "/part/youth%20"]
)
def test_every_kind_of_page_is_found(client, path, typed):
    assert client.get(typed, follow=True).status_code == 200


@pytest.mark.parametrize("typed", ["//evil.example/x", "/.", "/No/Such/Place.", "/%5Cevil.example/"])
def test_nothing_leads_off_the_site_or_round_in_circles(client, path, typed):
    response = client.get(typed, follow=True)
    assert response.status_code in {200, 404}
    assert all(
        address.startswith("/") and not address.startswith("//") for address, _ in response.redirect_chain
    )


def test_the_query_is_kept(client, path):
    assert client.get("/Updates/?page=1").url == "/updates/?page=1"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_would_change_a_page_is_not_allowed(path, method):
    client = Client(enforce_csrf_checks=True)
    for page in (
        "/",
        path,
        "/part/",
        "/part/youth/",
        "/report/",
        reverse("updates"),
        "/feedback/thanks/",
        f"{path}history/",
        "/healthz",
    ):
        assert client.generic(method, page).status_code == 405, page
    assert client.generic(method, "/no/such/page/at-all/").status_code == 404


def test_the_lists_of_the_admin_find_words_in_any_case_of_any_letter(as_, alice):
    make_pillar(title="ÉCOLE DU SOIR (new)", slug="ecole")
    make_agency(title="ΔΗΜΟΣ", short_name="ДОМ")
    for word, path in (
        ("école", "pillar"),
        ("soir École", "pillar"),
        ("(NEW)", "pillar"),
        ("δημο", "agency"),
        ("дом", "agency"),
    ):
        page = as_(alice).get(reverse(f"admin:initiatives_{path}_changelist"), {"q": word}).content.decode()
        assert 'class="field-title"' in page, word
    assert (
        'class="field-title"'
        not in as_(alice).get(reverse("admin:initiatives_pillar_changelist"), {"q": "a.*"}).content.decode()
    )


def test_a_title_that_is_too_long_gets_one_error(as_, alice):
    client = as_(alice)
    page = client.post(
        reverse("admin:initiatives_pillar_add"),
        {"title": "x" * 201, "icon": Pillar.Icon.TREE, "_continue": "1"},
    )
    assert page.status_code == 200
    assert page.context["adminform"].form.errors.keys() == {"title"}
