"""What staff are told after a step is told on the page that the step leads to, whatever other tabs ask for
meanwhile.
"""

import pytest

from portal.page_messages import named
from tests.builders import make_initiative, make_section, make_site
from tests.feedback.test_inbox import LIST, say
from tests.initiatives.test_admin_items import typed, url

pytestmark = pytest.mark.django_db
SAVED = "The draft is saved."


def saved(client, item):
    """Save a draft as a browser does, without asking for the page that the answer leads to yet."""
    response = client.post(url("change", item), typed(item, "_draft", summary="New words."))
    assert response.status_code == 302
    return response["Location"]


def body(client, path):
    return client.get(path).content.decode()


def test_another_tab_does_not_take_a_message(as_, edith):
    client, item, other = as_(edith), make_initiative(), make_initiative()
    leads_to = saved(client, item)
    assert SAVED not in body(client, url("change", other))
    assert SAVED not in body(client, "/admin/")
    assert SAVED in body(client, leads_to)
    assert SAVED not in body(client, leads_to)


def test_two_tabs_that_save_are_each_told_of_their_own(as_, edith):
    client, one, other = as_(edith), make_initiative(title="One"), make_initiative(title="Other")
    note = {"change_note": "Better.", "summary": "New words."}
    for item in (one, other):
        client.post(url("change", item), typed(item, "_publish", **note))
    first, second = body(client, url("change", one)), body(client, url("change", other))
    assert "“One” is published." in first and "“Other” is published." not in first
    assert "“Other” is published." in second and "“One” is published." not in second


def test_a_message_goes_on_with_a_redirect(as_, edith):
    client, item = as_(edith), make_initiative()
    leads_to = saved(client, item)
    assert SAVED in client.get(leads_to.rstrip("/"), follow=True).content.decode()


def test_a_message_for_a_list_of_one_goes_on_to_that_one(as_, alice):
    site, client = make_site(), as_(alice)
    session = client.session
    session["_messages"] = {named("/admin/initiatives/site/"): '[["__json_message",0,25,"Told."]]'}
    session.save()
    page = client.get("/admin/initiatives/site/", follow=True)
    assert page.wsgi_request.path.endswith(f"/{site.pk}/change/")
    assert "Told." in page.content.decode()


def test_messages_that_an_older_version_kept_are_shown(as_, edith):
    client = as_(edith)
    session = client.session
    session["_messages"] = '[["__json_message",0,25,"Kept before."]]'
    session.save()
    assert "Kept before." in body(client, "/admin/")
    assert "_messages" not in client.session


def test_what_is_never_asked_for_does_not_pile_up(as_, edith):
    client, section = as_(edith), make_section()
    for _ in range(25):
        saved(client, make_initiative(section=section))
    assert len(client.session["_messages"]) == 20


def test_public_answers_know_nothing_of_it(client):
    for path in ("/", "/About/", "/nowhere/"):
        response = client.get(path)
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies


def test_removed_words_that_were_searched_for_stay_in_no_address_of_a_message(as_, rita):
    comment, client = say("Roe was here"), as_(rita)
    path = f"{LIST}{comment.pk}/redact/?q=Roe"
    shown = client.get(path).context["form"]
    sent = {"typed": "Roe", "seen": shown["seen"].value(), "reason": "A name.", "redact": "1"}
    leads_to = client.post(path, sent)["Location"]
    assert "q=Roe" in leads_to
    assert "Roe" not in str(dict(client.session))
    assert "Removed for good: 1 passage." in body(client, leads_to)
