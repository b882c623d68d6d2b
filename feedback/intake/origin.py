"""Tells the site's own form from another site's. It takes the place of a token, which would need a cookie."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_own_form(request: HttpRequest) -> bool:
    """Say whether a POST comes from a page of this site, by what the browser says and no script can forge.

    - `Sec-Fetch-Site`, where it is sent, decides alone: only "same-origin" is ours. "same-site" is a
      neighbour's page under the same domain. "none" is an address typed in or a bookmark; those are GET, so
      no form of ours has it.
    - Else `Origin` decides: browsers leave `Sec-Fetch-Site` out where the site is plain HTTP. "null", from a
      page that hides where it is, is not ours.
    - With neither, the answer is yes: every browser of the last years sends one or the other across sites, so
      this is a very old browser, a privacy tool or a program. A program could send whatever we ask for; to
      refuse would shut out residents and nobody else. There is no signed-in visitor whose rights could be
      borrowed.

    `Referer` is not asked: it holds the page's address, and people turn it off.
    """
    fetched = request.headers.get("Sec-Fetch-Site")
    if fetched is not None:
        return fetched.strip().lower() == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin.strip().lower() in own_origins(request)


def own_origins(request: HttpRequest) -> set[str]:
    """Return the origins that are this site: SITE_URL, and the host that was asked by its own scheme.

    HTTPS counts for that host in any case: where a proxy ends the encryption, the request arrives here as
    HTTP.
    """
    host = request.get_host().lower()
    return {
        origin.lower()
        for origin in (settings.SITE_URL, f"{request.scheme}://{host}", f"https://{host}")
        if origin
    }


def own_hosts(request: HttpRequest) -> frozenset[str]:
    """Return the host names of those origins."""
    return frozenset(urlsplit(origin).hostname or "" for origin in own_origins(request))
