"""What search engines are told about a page, in schema.org's words (JSON-LD).

Only what the page itself says.
"""

from collections.abc import Callable
from typing import Any

from initiatives.report.report import Node, Report

CONTEXT = "https://schema.org"
Absolute = Callable[[str], str]


def website(address: str, site: Node) -> dict[str, Any]:
    """Return the site as a whole. In: the home page's address and the site settings."""
    data = {"@context": CONTEXT, "@type": "WebSite", "url": address, "name": site.title}
    return data | {"description": site.fields["tagline"]} if site.fields["tagline"] else data


def report(address: str, report: Report) -> dict[str, Any]:
    """Return the report as one text. In: the address of the page that holds all of it."""
    data: dict[str, Any] = {"@context": CONTEXT, "@type": "Report", "url": address}
    if report.site:
        data["name"] = report.site.title
        data["spatialCoverage"] = report.site.fields["city_name"]
    if report.last_changed:
        data["dateModified"] = report.last_changed.isoformat(timespec="seconds")
    return data


def item_page_data(absolute: Absolute, report: Report, trail: list[Node]) -> dict[str, Any]:
    """Return the page of an item with its place in the tree. In: the items from the pillar down to it."""
    node = trail[-1]
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "WebPage",
        "name": node.title,
        "url": absolute(node.url),
        "description": node.fields["summary"],
        "breadcrumb": breadcrumbs(absolute, report, trail),
    }
    if node.last_changed:
        data["dateModified"] = node.last_changed.isoformat(timespec="seconds")
    return data


def breadcrumbs(absolute: Absolute, report: Report, trail: list[Node]) -> dict[str, Any]:
    """Return the way from the home page down to an item."""
    steps = [
        ("Home" if report.site is None else report.site.title, "/"),
        *((node.title, node.url) for node in trail),
    ]
    rows = [
        {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
        for position, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": rows}
