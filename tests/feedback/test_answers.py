"""“You said, we did”: what residents said, summed up, and what the city answers, in public and on the
desk.
"""

from datetime import timedelta

from django.utils.timezone import localdate

from feedback.models import Answer, Comment
from initiatives.publishing.publish import publish, save_draft, unpublish
from tests.builders import make, make_initiative, make_section, make_site


def make_answer(about=None, **fields):
    known = {
        "title": "You asked for longer hours",
        "about": about.key if about else None,
        "body": "We did it.",
    }
    return make(Answer, **known | fields)


def comment(item=None, text="Stay open longer, please.", **fields):
    known = {
        "page": "/",
        "title": "A page",
        "item": item.key if item else None,
        "date": localdate() - timedelta(days=1),
    }
    return Comment.objects.create(text=text, **known | fields)


def body(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_an_answer_stands_on_the_page_concerned_and_on_the_page_of_answers(db, client):
    make_site()
    item = make_initiative(title="Evening Gyms")
    other = make_initiative(section=item.section)
    make_answer(item)
    for path in (f"/initiatives/{item.slug}/", "/you-said-we-did/"):
        assert "You asked for longer hours" in body(client, path)
    assert "You asked for longer hours" not in body(client, f"/initiatives/{other.slug}/")
    assert f'About: <a href="/initiatives/{item.slug}/">Evening Gyms</a>' in body(client, "/you-said-we-did/")


def test_an_answer_about_a_sub_section_stands_on_its_sections_page(db, client):
    section = make_section()
    make_answer(make_section(parent=section))
    assert "You asked for longer hours" in body(client, f"/{section.pillar.slug}/{section.slug}/")


def test_an_answer_about_the_home_page_stands_there(db, client):
    make_answer(make_site())
    assert "You asked for longer hours" in body(client, "/")


def test_a_draft_answer_is_nowhere(db, client):
    make_site()
    item = make_initiative()
    answer = make_answer(item, publish=False)
    for path in (
        "/",
        f"/initiatives/{item.slug}/",
        "/you-said-we-did/",
        "/you-said-we-did/feed/",
        "/updates/",
        "/sitemap.xml",
    ):
        assert "longer hours" not in body(client, path)
    for path in ("history/", "compare/", "versions/1/", "feed/", ""):
        assert client.get(f"/you-said-we-did/{answer.slug}/{path}").status_code == 404


def test_a_draft_of_a_public_answer_is_nowhere_either(db, client):
    make_site()
    item = make_initiative()
    answer = make_answer(item)
    history = f"/you-said-we-did/{answer.slug}/history/"
    answer.title, answer.slug, answer.body = "Skylarks", "skylarks", "Skylarks."
    answer.save()
    save_draft(answer, None)
    lists = ("/", "/you-said-we-did/", "/you-said-we-did/feed/", "/updates/", "/sitemap.xml")
    for path in (*lists, history, f"/initiatives/{item.slug}/"):
        assert "skylark" not in body(client, path).lower(), path
    assert client.get("/you-said-we-did/skylarks/history/").status_code == 404


def test_a_page_without_answers_costs_no_query_more_and_one_with_them_one(
    db, client, django_assert_num_queries
):
    make_site()
    bare, answered = make_initiative(), make_initiative()
    make_answer(answered)
    client.get("/")
    with django_assert_num_queries(3):
        client.get(f"/initiatives/{bare.slug}/")
    with django_assert_num_queries(4):
        client.get(f"/initiatives/{answered.slug}/")
    with django_assert_num_queries(2):
        client.get("/you-said-we-did/")


def test_the_past_shows_the_answers_of_that_day_alone(db, client, clock):
    clock.set("2026-03-01 12:00")
    item = make_initiative()
    clock.set("2026-03-05 12:00")
    make_answer(item)
    clock.set("2026-03-09 12:00")
    assert "longer hours" not in body(client, f"/as-of/2026-03-04/initiatives/{item.slug}/")
    assert "longer hours" in body(client, f"/as-of/2026-03-05/initiatives/{item.slug}/")
    assert "longer hours" in body(client, "/as-of/2026-03-05/you-said-we-did/")


def test_an_answer_leads_to_the_change_that_it_led_to_also_in_the_past(db, client, clock):
    clock.set("2026-03-01 12:00")
    item = make_initiative()
    clock.set("2026-03-01 13:00")
    item.body = "Open until ten."
    item.save()
    publish(item, None, "Longer hours.")
    change = f"/initiatives/{item.slug}/compare/?to=2"
    make_answer(item, led_to=change)
    assert f'href="{change}"' in body(client, "/you-said-we-did/")
    assert client.get(change).status_code == 200
    assert f'href="/as-of/2026-03-01{change}"' in body(client, "/as-of/2026-03-01/you-said-we-did/")


def test_an_answer_has_a_history_a_place_among_the_updates_and_a_feed(db, client):
    answer = make_answer(make_initiative())
    answer.body = "We did more."
    answer.save()
    publish(answer, None, "It went on.")
    assert "It went on." in body(client, f"/you-said-we-did/{answer.slug}/history/")
    assert "more" in body(client, f"/you-said-we-did/{answer.slug}/compare/")
    assert "We did it." not in body(client, "/you-said-we-did/")
    assert "It went on." in body(client, "/updates/")
    feed = body(client, "/you-said-we-did/feed/")
    assert str(answer.key) in feed
    assert "We did more." in feed


def test_a_withdrawn_answer_leaves_the_pages_and_stays_in_the_record(db, client):
    item = make_initiative()
    answer = make_answer(item)
    unpublish(answer, None, "It was wrong.")
    assert "longer hours" not in body(client, f"/initiatives/{item.slug}/")
    assert "It was wrong." in body(client, f"/you-said-we-did/{answer.slug}/history/")


def test_an_answer_about_a_page_that_is_gone_stands_on_the_page_of_answers(db, client):
    make_site()
    item = make_initiative(title="Gone")
    make_answer(item)
    unpublish(item, None)
    page = body(client, "/you-said-we-did/")
    assert "You asked for longer hours" in page
    assert "Gone" not in page


# The desk
