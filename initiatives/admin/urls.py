"""The pages of the desk that belong to no single model: `(path, view, name)`, mounted under /admin/desk/."""

from typing import Any

from initiatives.admin.conflicts import presence
from initiatives.admin.form import reviews
from initiatives.admin.pages import (
    approval,
    bulk,
    emails,
    exchange,
    history,
    outline,
    preview,
    redaction,
    releases,
    scheduled,
    share_links,
)

PAGES: list[tuple[str, Any, str]] = [
    ("history/<uuid:key>/", history.show, "item_history"),
    ("history/<uuid:key>/<int:number>/restore/", history.bring_back, "item_restore"),
    ("removed/", history.removed, "removed"),
    ("scheduled/", scheduled.show, "scheduled"),
    ("scheduled/<int:pk>/cancel/", scheduled.cancel, "scheduled_cancel"),
    ("scheduled/<int:pk>/move/", scheduled.move, "scheduled_move"),
    ("redact/", redaction.remove, "redact"),
    ("preview/<slug:scope>/", preview.frame, "preview"),
    ("preview/<slug:scope>/site/", preview.page, "preview_home"),
    ("preview/<slug:scope>/site/<path:rest>", preview.page, "preview_page"),
    ("preview/<slug:scope>/share/", share_links.add, "share_add"),
    ("share-links/", share_links.show, "share_links"),
    ("share-links/<uuid:pk>/withdraw/", share_links.end, "share_withdraw"),
    ("approval/<int:pk>/", approval.show, "approval"),
    ("due/", reviews.show_due, "due"),
    ("emails/", emails.mine, "emails"),
    ("releases/", releases.index, "releases"),
    ("releases/<int:pk>/", releases.show, "release"),
    ("bulk/<slug:kind>/<slug:name>/", bulk.show, "bulk"),
    ("presence/<str:kind>/<uuid:key>/", presence.beat, "presence"),
    ("outline/", outline.show, "outline"),
    ("outline/change/", outline.change, "outline_change"),
    ("round-trip/", exchange.show, "round_trip"),
    ("round-trip/export/", exchange.export, "round_trip_export"),
    ("round-trip/import/", exchange.bring, "round_trip_import"),
    ("round-trip/keep/", exchange.keep, "round_trip_keep"),
]
