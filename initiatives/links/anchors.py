"""Which places within a page a link can lead to."""

from initiatives.report.report import Node, Report
from initiatives.report.wording import MEANINGS

FRAME = {"main-content"}
STATUSES = {f"status-{status}" for status in MEANINGS}
FIXED = {
    "home": {"parts-heading", "introduction-heading", "documents-heading", "numbers-heading"},
    "report": {"contents-heading", "introduction", "documents", "statuses", *STATUSES},
    "documents": set(),
    "pillar": {"sections-heading"},
    "section": {"contents-heading", "initiatives-heading"},
    "initiative": {"facts-heading", "documents-heading", "links-heading", "siblings-heading"},
}


def anchors(page: str, report: Report, node: Node | None) -> set[str] | None:
    """Return the ids that links to a page may name.

    In: the name of the page's view, the live report, the item that the page shows if it shows one. Out: None
    for a page whose ids are not known here, where any may be right.
    """
    if page not in FIXED:
        return None
    known = FIXED[page] | FRAME
    if page == "report":
        known |= {f"{one.kind}.{one.slug}" for one in (*report.nodes, *report.documents)}
    elif page == "documents":
        known |= {document.slug for document in report.documents}
    elif page == "section" and node:
        parts = (node.section or node).subsections
        known |= {part.slug for part in parts} | {f"{part.slug}.heading" for part in parts}
    return known
