"""On which pages of the site an item can be seen."""

from dataclasses import dataclass

from django.urls import reverse

from initiatives.report.report import Node, Report

# The most pages that are named one by one.
MOST = 30
# Kinds without a page of their own, which others name
NAMED = ("agency", "audience", "place", "document")


@dataclass(frozen=True)
class Appearance:
    """A page: what it is called, and its path."""

    name: str
    path: str


def appearances(report: Report, node: Node) -> list[Appearance]:
    """Return the pages of a report that show an item, its own page first; at most MOST pages of others
    that name it.
    """
    found = [Appearance(f"{shown_on(one)}: {one.title}", one.url) for one in own_pages(report, node)]
    pages: tuple[str, ...] = ()
    if node.kind == "site":
        pages = ("home", "about", "privacy", "accessibility")
    elif node.kind == "document":
        pages = ("documents", *(("home",) if node.fields.get("leading") else ()))
    elif node in report.nodes or naming(report, node):
        names_documents = bool(report.refer(node.fields.get("documents", [])))
        pages = ("home", "report", *(("documents",) if names_documents else ()))
    return [*found, *(Appearance(FIXED[page], reverse(page)) for page in pages)]


FIXED = {
    "home": "Home page",
    "report": "Whole report",
    "documents": "Documents",
    "about": "About this report",
    "privacy": "Privacy",
    "accessibility": "Accessibility",
}


def shown_on(node: Node) -> str:
    """Return what kind of page an item's is."""
    return "Sub-section" if node.kind == "section" and "#" in node.url else node.kind.capitalize()


def own_pages(report: Report, node: Node) -> list[Node]:
    """Return the items on whose pages an item can be seen: itself and those above it, or those that name
    it.
    """
    if node.kind in NAMED:
        return naming(report, node)[:MOST]
    return [one for one in (node, *reversed(node.ancestors)) if one.url and one.kind != "site"]


def naming(report: Report, node: Node) -> list[Node]:
    """Return the initiatives that name an agency, an audience, a place or a document, in reading order."""
    key = str(node.key)
    if node.kind == "agency":
        return [
            one
            for one in report.initiatives
            if any(row["agency"] == key for row in one.fields.get("agencies", []))
        ]
    return [one for one in report.initiatives if key in one.fields.get(f"{node.kind}s", [])]
