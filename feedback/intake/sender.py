"""Where a request came from.

It is hashed and counted in memory (feedback/intake/counters.py); it is never stored or logged.
"""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest


def sender(request: HttpRequest) -> str:
    """Return the sender's address, an IPv6 one as the network of its household; "" where it is not known.

    Behind a proxy every request comes from the proxy: then only the header that the proxy sets itself says
    more.
    """
    sent = request.META.get("HTTP_X_REAL_IP" if settings.TRUST_PROXY else "REMOTE_ADDR", "")
    try:
        address = ip_address(sent.strip())
    except ValueError:
        return ""
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return str(address)
