"""The command that asks whether links to other sites still lead somewhere."""

import io
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command

from initiatives.links.external import Prober, ascii_url, links_in_use
from initiatives.publishing.publish import publish, save_draft
from tests.builders import make_agency, make_document, make_initiative, make_many


@pytest.fixture(autouse=True)
def _neighbors_are_elsewhere(monkeypatch):
    """The other sites of these tests are on this machine, of which the command asks nothing
    (test_links_inside.py).
    """
    monkeypatch.setattr("initiatives.links.external.is_public", lambda address: True)


class Site(BaseHTTPRequestHandler):
    """Another site: each path answers as its name says."""

    def do_HEAD(self):
        server, path = self.server, urlsplit(self.path).path
        with server.lock:
            server.now += 1
            server.most = max(server.most, server.now)
            server.asked.append((self.command, self.path))
            server.named.append(self.headers["Host"])
        getattr(self, "answer_" + path.strip("/").replace("-", "_"))()

    def do_GET(self):
        self.do_HEAD()

    def send(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        # Before the answer leaves: whoever reads it may ask again before this thread gets another turn.
        with self.server.lock:
            self.server.now -= 1
        self.end_headers()

    def answer_fine(self):
        time.sleep(0.05)
        self.send(200)

    def answer_gone(self):
        self.send(404)

    def answer_busy(self):
        self.send(429)

    def answer_get_only(self):
        self.send(405 if self.command == "HEAD" else 200)

    def answer_forbidden(self):
        self.send(403)

    def answer_moved(self):
        self.send(301, Location="/fine")

    def answer_moved_get_only(self):
        self.send(302, Location="/get-only")

    def answer_moved_to_gone(self):
        self.send(302, Location="/gone")

    def answer_round(self):
        self.send(302, Location="/round")

    def answer_mail(self):
        self.send(302, Location="mailto:a@example.org")

    def answer_disk(self):
        self.send(302, Location="file:///etc/hostname")

    def answer_slow(self):
        time.sleep(1.5)
        self.send(200)

    def answer_endless(self):
        if self.command == "HEAD":
            return self.send(405)
        self.send(302, Location="/endless-end")
        try:
            while self.server.running:
                self.wfile.write(b"x" * 65536)
        except OSError:
            pass

    def answer_endless_end(self):
        self.send(200)

    def log_message(self, *args):
        pass


@contextmanager
def running():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.lock, server.now, server.most, server.running = threading.Lock(), 0, 0, True
    server.asked, server.named = [], []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.running = False
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def site():
    with running() as server:
        server.url = f"http://127.0.0.1:{server.server_port}"
        yield server


def reason(site, path, seconds=5):
    return Prober(seconds).reason(f"{site.url}/{path}")


@pytest.mark.parametrize("path", ["fine", "get-only", "moved", "moved-get-only", "busy"])
def test_what_a_reader_would_get_is_alive(site, path):
    assert reason(site, path) == ""


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("gone", "the site answers 404 Not Found"),
        ("forbidden", "the site answers 403 Forbidden"),
        ("moved-to-gone", "the site answers 404 Not Found"),
        ("round", "leads on and on without an end"),
        ("mail", "leads on to mailto:a@example.org, which is no web page"),
        ("disk", "leads on to file:///etc/hostname, which is no web page"),
    ],
)
def test_what_leads_nowhere_is_dead_and_why(site, path, words):
    assert reason(site, path) == words


def test_a_page_is_asked_for_only_where_a_look_at_its_head_is_refused(site):
    reason(site, "fine")
    reason(site, "get-only")
    assert site.asked == [("HEAD", "/fine"), ("HEAD", "/get-only"), ("GET", "/get-only")]


def test_a_site_that_does_not_answer_in_time_is_dead(site):
    assert reason(site, "slow", seconds=0.3) == "no answer in time"


def test_an_answer_without_end_is_not_read(site):
    began = time.monotonic()
    assert reason(site, "endless") == ""
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://[/", "http:///x", "https://no-such-host.invalid/"]
)
def test_an_address_that_nothing_answers_at_is_dead(url):
    assert Prober(5).reason(url)


def test_an_address_with_letters_beyond_ascii_is_asked_for_as_browsers_do():
    assert ascii_url("https://bücher.example/ö?q=ü#x") == "https://xn--bcher-kva.example/%C3%B6?q=%C3%BC"


def test_a_host_is_asked_one_thing_at_a_time(site):
    counted = []
    assert Prober(5).probe([f"{site.url}/fine?{n}" for n in range(6)], lambda: counted.append(1)) == {}
    assert (site.most, len(site.asked), len(counted)) == (1, 6, 6)


def test_several_hosts_are_asked_at_once():
    with running() as one, running() as other:
        # Two names of one machine count as two hosts.
        urls = [f"http://127.0.0.1:{one.server_port}/slow", f"http://localhost:{other.server_port}/slow"]
        began = time.monotonic()
        assert Prober(5).probe(urls) == {}
        assert time.monotonic() - began < 2.8


# The command


def run(**options):
    output = io.StringIO()
    try:
        call_command("check_links", stdout=output, timeout=5, **options)
    except CommandError as error:
        return output.getvalue(), error
    return output.getvalue(), None


@pytest.mark.django_db
def test_the_command_names_item_address_and_reason_and_fails(site, settings):
    settings.SITE_URL = "https://safety.example.gov"
    item = make_initiative(
        title="Jobs", body=f"See [the study]({site.url}/gone) and [the plan]({site.url}/fine)."
    )
    output, error = run()
    assert output.splitlines() == [
        "      2 of 2 links",
        f"Jobs: {site.url}/gone",
        "      the site answers 404 Not Found",
        f"      Mend it at https://safety.example.gov/admin/initiatives/initiative/{item.pk}/change/",
    ]
    assert str(error) == "1 of 2 links lead nowhere."
    assert error.returncode == 1


@pytest.mark.django_db
def test_the_command_is_content_where_every_link_leads_somewhere(site):
    make_initiative(body=f"See [the plan]({site.url}/fine).")
    output, error = run()
    assert error is None
    assert output.splitlines() == ["      1 of 1 links", "      Every link leads somewhere."]


@pytest.mark.django_db
def test_a_report_without_outside_links_asks_nobody():
    make_initiative(body="See [the documents](/documents/) or [write to us](mailto:a@example.org).")
    output, error = run()
    assert (output, error) == ("      No links to other sites.\n", None)


@pytest.mark.django_db
def test_links_in_texts_rows_and_documents_are_asked_about_once_each():
    item = make_initiative(
        title="Jobs", publish=False, body="[One](https://example.org/1#part) [one](https://example.org/1)"
    )
    item.links.create(label="Row", url="https://example.org/2")
    publish(item, by=None)
    make_document(title="Study", url="https://example.org/2")
    make_agency(title="SLATE", summary="[Three](https://example.org/3)")
    assert {url: sorted(use.title for use in uses) for url, uses in links_in_use().items()} == {
        "https://example.org/1": ["Jobs"],
        "https://example.org/2": ["Jobs", "Study"],
        "https://example.org/3": ["SLATE"],
    }


@pytest.mark.django_db
def test_links_of_drafts_are_not_asked_about():
    make_initiative(publish=False, body="[One](https://example.org/1)")
    item = make_initiative(body="[Two](https://example.org/2)")
    item.body = "[Three](https://example.org/3)"
    item.save()
    save_draft(item, by=None)
    assert list(links_in_use()) == ["https://example.org/2"]


@pytest.mark.django_db
@pytest.mark.parametrize("size", [3, 30])
def test_finding_the_links_costs_a_fixed_number_of_queries(size, django_assert_max_num_queries):
    make_many(size)
    with django_assert_max_num_queries(4):
        links_in_use()
