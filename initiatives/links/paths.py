"""Which item or place an address of this site names."""

from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.urls import ResolverMatch

KINDS = ("pillar", "section", "initiative")


def own_path(href: str) -> SplitResult | None:
    """Return the parts of an address inside the site, with or without the site's own name before it; None
    for any other.
    """
    parts = urlsplit(href)
    own = urlsplit(settings.SITE_URL or "")
    if parts.netloc and parts.scheme in ("http", "https") and parts.netloc.lower() == own.netloc.lower():
        return parts._replace(path=parts.path or "/")
    return None if parts.scheme or parts.netloc else parts


def item_of(match: ResolverMatch) -> tuple[str, str]:
    """Return kind and slug of the item whose page answers, two empty texts for any other page."""
    name = match.view_name
    if name not in KINDS:
        return "", ""
    return name, str(match.kwargs["slug" if name == "initiative" else name])


def place_on(page: str, fragment: str) -> tuple[str, str]:
    """Return kind and slug of the item whose place on a page an address names, two empty texts for none."""
    if page == "report":
        kind, _, slug = fragment.partition(".")
        return kind, slug
    if page == "section":
        return "section", fragment.removesuffix(".heading")
    return ("document", fragment) if page == "documents" else ("", "")
