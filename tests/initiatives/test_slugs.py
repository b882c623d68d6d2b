"""An address keeps the letters of its title, whatever alphabet they are from."""

import pytest
from django.core.exceptions import ValidationError

from initiatives.addresses import slug_of
from initiatives.audit.passages import Removal
from initiatives.models import Initiative
from tests.builders import make_section
from tests.initiatives.test_admin_items import url

TITLES = {
    "Jobs & Training (2016)": "jobs-training-2016",
    "Đường phố": "duong-pho",
    "Straße": "strasse",
    "GROẞE STRAẞE": "grosse-strasse",
    "Ærøskøbing": "aeroskobing",
    "Łódź – Þingvellir": "lodz-thingvellir",
    "El Niño’s café": "el-ninos-cafe",
    "İstanbul, Diyarbakır": "istanbul-diyarbakir",
    "Улица мира": "ulitsa-mira",
    "Οδός": "odos",
    "街道安全": "jiedaoanquan",
    "서울 안전": "seoul-anjeon",
    "Cafe\u0301 Đu\u031bo\u031b\u0300ng": "cafe-duong",
    "ＳＡＦＥ　streets": "safe-streets",
    "$11 by 2020 ☕": "11-by-2020",
}


@pytest.mark.parametrize(("title", "slug"), TITLES.items(), ids=TITLES.values())
def test_letters_become_latin_ones(title, slug):
    assert slug_of(title) == slug


@pytest.mark.parametrize(
    "title", ["شارع آمن", "מטה", "सुरक्षा", "ถนน", "አዲስ አበባ", "ქუჩა", "Փողոց", "გზა", "ລາວ", "ភាសា"]
)
def test_no_alphabet_is_lost(title):
    assert slug_of(title)


def test_an_address_is_no_longer_than_its_column():
    slug = slug_of("安全 " * 40)
    assert 70 < len(slug) <= 80
    assert slug.strip("-") == slug


@pytest.mark.parametrize("title", ["☕🙂", "!?…", "→"])
def test_signs_and_pictures_make_no_address(title):
    item = Initiative(title=title)
    with pytest.raises(ValidationError, match="no letters or digits"):
        Initiative.clean(item)


@pytest.mark.django_db
def test_the_form_makes_the_address_from_the_title(as_, edith):
    section = make_section()
    page = as_(edith).get(url("add"))
    assert b'data-prepopulated-fields="[]"' in page.content  # the browser's own rule would leave letters out
    form = page.context["adminform"].form
    as_(edith).post(
        url("add"),
        {
            "title": "Đường phố",
            "section": section.pk,
            "item_key": form.initial["item_key"],
            **{
                f"{formset.formset.prefix}-{name}": 0
                for formset in page.context["inline_admin_formsets"]
                for name in ("TOTAL_FORMS", "INITIAL_FORMS")
            },
            "_save": "1",
        },
    )
    assert Initiative.objects.get().slug == "duong-pho"


@pytest.mark.parametrize("words", ["Đường phố", "Улица", "Straße"])
def test_removing_words_finds_them_in_an_address(words):
    assert Removal([words]).slugs.search(f"the-{slug_of(words)}-plan")


def test_removing_words_finds_an_address_that_left_their_letters_out():
    assert Removal(["Đường phố"]).slugs.search("the-uong-pho-plan")
