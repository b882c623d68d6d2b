"""A report with the widest content that every field of every kind takes: for tests of what must not push a
page sideways.
"""

from django.db import models
from markdownx.models import MarkdownxField

from feedback.models import Answer, Comment
from initiatives.models import Agency, Audience, Document, Initiative, Pillar, Place, Section, Site, Upload
from initiatives.publishing.publish import publish
from tests.builders import change, make, make_upload

LONG = "Telecommunications/Interoperability_"
MAIL = "a.very.long.name.of.an.office.of.the.city@department.example.gov"
TABLE = (
    "| Telecommunications | Interoperability | Neighborhoods | Responsibilities | Administration "
    "|\n|--|--|--|--|--|\n"
) + ("| $1,000,000,000 | unconstitutionally | 2016-2020 | characteristically | misunderstanding |\n" * 3)
CELL = f"| one |\n|--|\n| {LONG * 9} |\n"
CODE = f"```\n{LONG * 9}\n{'    deep' * 40}\n```\n\n`{LONG * 9}`\n"
TEXT = "\n\n".join(
    (
        f"## {LONG * 3}",
        f"<{MAIL}> **{LONG * 9}** [{LONG * 9}](https://example.org/{'x' * 300})",
        TABLE,
        CELL,
        CODE,
        f"> > > - - - - 1. {LONG * 9}",
        f"1. {LONG * 9}\n   - {LONG * 9}\n     - {LONG * 9}",
        f"- {'ا' * 300}\n- {'漢' * 300}",
    )
)


def widest(field):
    """Return the widest value that a field of a model takes; None where any value is as wide as another."""
    if isinstance(field, MarkdownxField):
        return TEXT[: field.max_length]
    if isinstance(field, models.URLField):
        return f"https://example.org/{'x' * field.max_length}"[: field.max_length]
    if isinstance(field, models.DecimalField):
        return 10 ** (field.max_digits - field.decimal_places) - 1
    if (
        isinstance(field, models.CharField)
        and not field.choices
        and field.name not in {"slug", "currency", "date"}
    ):
        return (LONG * 20)[: field.max_length]
    return None


def fields_of(model, **given):
    found = {field.name: value for field in model._meta.fields if (value := widest(field)) is not None}
    return found | given


def add_rows(initiative, agency):
    """Give an initiative rows of each sort of fact, in each of their kinds."""
    for name in ("amounts", "figures", "dates", "links"):
        model = getattr(initiative, name).model
        choices = next((field.choices for field in model._meta.fields if field.name == "sort"), [("", "")])
        given = {"dates": {"date": "2016-12-01"}, "figures": {"value": 1}}.get(name, {})
        for value, _ in choices:
            model.objects.create(
                initiative=initiative, **fields_of(model, **given), **({"sort": value} if value else {})
            )
    for role, _ in initiative.participations.model.Role.choices:
        initiative.participations.create(agency=agency, role=role)


def make_hostile_report():
    """Publish one item of each kind with the widest content, and its past; return an initiative."""
    site = make(Site, **fields_of(Site, slug="site", is_sandbox=True))
    pillar = make(Pillar, **fields_of(Pillar, slug="p" * 80))
    section = make(Section, pillar=pillar, **fields_of(Section, slug="s" * 80, parent=None))
    under = make(Section, parent=section, **fields_of(Section))
    agency, audience, place = (make(model, **fields_of(model)) for model in (Agency, Audience, Place))
    upload = make_upload(title=(LONG * 4)[: Upload._meta.get_field("title").max_length])
    document = make(Document, **fields_of(Document, leading=True))
    make(Document, file=upload, **fields_of(Document))
    status = iter(Initiative.Status.values * 2)
    made = []
    for parent in (section, under, section, under):
        one = make(Initiative, publish=False, section=parent, status=next(status), **fields_of(Initiative))
        add_rows(one, agency)
        one.audiences.set([audience])
        one.places.set([place])
        one.documents.set([document])
        publish(one, None, (LONG * 9)[:300])
        made.append(one)
    for item in (site, pillar, section, made[0]):
        change(item, title=f"{item.title[:190]} again")
        publish(item, None, (LONG * 9)[:300])
    for about in (made[0], section, pillar, site):
        make(Answer, about=about.key, **fields_of(Answer))
    Comment.objects.bulk_create(
        Comment(page=f"/initiatives/{made[0].slug}/", title=LONG * 4, item=made[0].key, helpful=one % 2 == 0)
        for one in range(60)
    )
    return made[0]
