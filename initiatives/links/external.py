"""Asks other sites whether an address still leads somewhere: politely, within a time, without reading what
they send.
"""

import http.client
import socket
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Lock
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from initiatives.links.paths import own_path
from initiatives.models import KINDS, Revision
from initiatives.text.prose import parse

SECONDS = 10
MOST_HOPS = 5
THREADS = 8
SCHEMES = ("http", "https")
# Addresses that stand for one of the older sort in their last 32 bits
TRANSLATED, COMPATIBLE = ip_network("64:ff9b::/96"), ip_network("::/96")
# What a site answers that does not like HEAD, and may well like GET.
ASK_AGAIN = {HTTPStatus.FORBIDDEN, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.NOT_IMPLEMENTED}
# The address is right; the site only wants fewer questions.
ALIVE = {HTTPStatus.TOO_MANY_REQUESTS}


@dataclass(frozen=True)
class Use:
    """Where an address is used: what is live, and the path at which staff mend it ("" where the item is
    deleted).
    """

    title: str
    admin_path: str


def links_in_use() -> dict[str, list[Use]]:
    """Return every outside address that a live revision leads to, with its uses: one query, and one for
    each kind found.
    """
    live = list(Revision.objects.live().only("kind", "key", "title", "fields"))
    pks = {
        key: pk
        for kind in {revision.kind for revision in live}
        for key, pk in KINDS[kind]._default_manager.values_list("key", "pk")
    }
    found: dict[str, list[Use]] = defaultdict(list)
    for revision in live:
        pk = pks.get(revision.key)
        use = Use(revision.title, KINDS[revision.kind].desk_path("change", pk) if pk else "")
        for url in dict.fromkeys(outside_links(revision)):
            found[url].append(use)
    return dict(found)


def outside_links(revision: Revision) -> Iterator[str]:
    """Yield the addresses on other sites that a revision leads to."""
    hrefs = [
        link.href
        for name in KINDS[revision.kind].markdown_fields
        for link in parse(revision.fields.get(name) or "").links
    ]
    hrefs += [row["url"] for row in revision.fields.get("links", [])]
    hrefs.append(revision.fields.get("url") or "")
    for href in hrefs:
        if href.lower().startswith(("http://", "https://")) and is_elsewhere(href):
            yield href.partition("#")[0]


def is_elsewhere(href: str) -> bool:
    """Say whether an address is on another site; one that cannot be read is, so that it is asked for and
    reported.
    """
    try:
        return own_path(href) is None
    except ValueError:
        return True


class Prober:
    """Asks for addresses, at most one at a time of each host."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.locks: defaultdict[str, Lock] = defaultdict(Lock)
        self.guard = Lock()
        # Without a handler for redirects, so that each step is looked at here; and for HTTP and HTTPS alone.
        self.opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            Asking(),
            urllib.request.HTTPErrorProcessor(),
            urllib.request.HTTPDefaultErrorHandler(),
        ):
            self.opener.add_handler(handler)

    def probe(self, urls: Iterable[str], progress: Callable[[], None] = lambda: None) -> dict[str, str]:
        """Return, for each address that leads nowhere, why. `progress` is called after each address asked
        for.
        """
        hosts: dict[str, list[str]] = defaultdict(list)
        for url in urls:
            hosts[host_of(url)].append(url)
        dead: dict[str, str] = {}
        counted = Lock()

        def ask_host(mine: list[str]) -> None:
            for url in mine:
                reason = self.reason(url)
                with counted:
                    if reason:
                        dead[url] = reason
                    progress()

        with ThreadPoolExecutor(THREADS) as pool:
            waiting: list[Future] = [pool.submit(ask_host, mine) for mine in hosts.values()]
            for future in as_completed(waiting):
                future.result()
        return dead

    def reason(self, url: str) -> str:
        """Return why an address leads nowhere, "" where it leads somewhere.

        Follows at most five redirects.
        """
        method = "HEAD"
        for _ in range(MOST_HOPS + 2):
            try:
                status, onward = self.ask(method, url)
            except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
                return why_no_answer(error)
            if method == "HEAD" and status in ASK_AGAIN:
                method = "GET"
            elif HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST and onward:
                url = urljoin(url, onward)
                if urlsplit(url).scheme not in SCHEMES:
                    return f"leads on to {url}, which is no web page"
            elif status < HTTPStatus.BAD_REQUEST or status in ALIVE:
                return ""
            else:
                return f"the site answers {status} {phrase(status)}".strip()
        return "leads on and on without an end"

    def ask(self, method: str, url: str) -> tuple[int, str]:
        """Return the status of one answer and where it leads on to.

        The body is never read. Raises ValueError.
        """
        host = host_of(url)
        with self.guard:
            lock = self.locks[host]
        headers = {"User-Agent": user_agent(), "Accept": "*/*"}
        request = urllib.request.Request(ascii_url(url), method=method, headers=headers)  # noqa: S310
        public_addresses(request.host)
        with lock:
            try:
                with self.opener.open(request, timeout=self.seconds) as answer:
                    return answer.status, ""
            except urllib.error.HTTPError as error:
                with error:
                    return error.code, error.headers.get("Location") or ""


class Direct(http.client.HTTPConnection):
    """Connects to an address that was looked at: a moment later the name may stand for another one."""

    def connect(self) -> None:
        """Try the addresses of the host, one after the other.

        Raises ValueError where one is inside, and OSError.
        """
        failed = OSError("no such host")
        for address in public_addresses(f"[{self.host}]" if ":" in self.host else self.host):
            try:
                self.sock = socket.create_connection((address, self.port), self.timeout)
                return
            except OSError as error:
                failed = error
        raise failed


class DirectTLS(http.client.HTTPSConnection, Direct):
    """The same, and then asks the host for its certificate by its name."""


class Asking(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """Asks the site itself, or the proxy where there is one, which resolves names by itself."""

    def http_open(self, req: urllib.request.Request) -> Any:
        """Ask over HTTP."""
        return self.do_open(Direct if is_direct(req) else http.client.HTTPConnection, req)

    def https_open(self, req: urllib.request.Request) -> Any:
        """Ask over HTTPS."""
        return self.do_open(DirectTLS if is_direct(req) else http.client.HTTPSConnection, req)


def is_direct(request: urllib.request.Request) -> bool:
    """Say whether a request goes to the host in its address."""
    return urllib.request.Request(request.full_url).host == request.host  # noqa: S310 - nothing is opened


def public_addresses(host: str) -> list[str]:
    """Return the addresses of a host, however it is written: [] where it cannot be resolved here, as a proxy
    might.

    In: the host of a request, with its port. Raises ValueError where one is inside this network: no visitor
    gets there.
    """
    name = urlsplit(f"//{host}").hostname or ""
    try:
        found = [str(one[-1][0]) for one in socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []
    if not all(is_public(ip_address(address.partition("%")[0])) for address in found):
        raise ValueError("the address is inside this machine's own network")
    return found


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Say whether the whole internet reaches an address; one that holds an older one leads where that
    does.
    """
    older = None
    if isinstance(address, IPv6Address):
        older = address.ipv4_mapped or address.sixtofour
        if address in TRANSLATED or address in COMPATIBLE:
            older = IPv4Address(int(address) & 0xFFFFFFFF)
    shown = older or address
    return shown.is_global and not shown.is_multicast


def user_agent() -> str:
    """Return who asks, so that the other site's keepers can tell."""
    return (
        f"PublicSafetyPortal link check ({settings.SITE_URL})"
        if settings.SITE_URL
        else "PublicSafetyPortal link check"
    )


def host_of(url: str) -> str:
    """Return the host that an address is on, "" for one that cannot be read."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def ascii_url(url: str) -> str:
    """Return an address as it goes over the wire: host in IDNA, the rest percent-encoded.

    Raises ValueError.
    """
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    if not parts.hostname:
        raise ValueError("the address names no site")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname.encode("idna").decode()
    return iri_to_uri(parts._replace(netloc=f"{host}{port}", fragment="").geturl()) or ""


def phrase(status: int) -> str:
    """Return the standard words of a status, "" for one that has none."""
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else ""


def why_no_answer(error: Exception) -> str:
    """Return why no answer came."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    return f"no answer: {getattr(reason, 'strerror', None) or reason or type(reason).__name__}"
