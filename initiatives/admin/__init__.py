"""The editors' desk: the stock admin, with drafts, preview and publishing on every item of the report."""

from typing import Any

from django.contrib import admin

from initiatives.admin.form import reference, tree, uploads
from initiatives.admin.urls import PAGES
from initiatives.permissions import WORKS_ON_REPORT
from portal.desk_site import DeskPage

__all__ = ["reference", "tree", "uploads"]

site: Any = admin.site
site.desk_routes += PAGES
site.desk_pages += [
    DeskPage("Outline of the report", "outline", WORKS_ON_REPORT),
    DeskPage("Scheduled", "scheduled", WORKS_ON_REPORT),
    DeskPage("Releases", "releases", WORKS_ON_REPORT),
    DeskPage("Due for review", "due", WORKS_ON_REPORT),
    DeskPage("Preview all drafts", "preview", WORKS_ON_REPORT, ("all",)),
    DeskPage("Share links", "share_links", WORKS_ON_REPORT),
    DeskPage("Export and import", "round_trip", WORKS_ON_REPORT),
    DeskPage("Removed items", "removed", WORKS_ON_REPORT),
    DeskPage("Remove for good", "redact", ""),
    DeskPage("E-mails to me", "emails", WORKS_ON_REPORT),
]
