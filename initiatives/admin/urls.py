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
    ("history/<uuid:key>/", history.item_history, "item_history"),
    ("history/<uuid:key>/<int:number>/restore/", history.bring_back, "item_restore"),
    ("removed/", history.removed_items, "removed"),
    ("scheduled/", scheduled.scheduled_page, "scheduled"),
    ("scheduled/<int:pk>/cancel/", scheduled.cancel_appointment, "scheduled_cancel"),
    ("scheduled/<int:pk>/move/", scheduled.move_appointment, "scheduled_move"),
    ("redact/", redaction.redaction_page, "redact"),
    ("preview/<slug:scope>/", preview.preview_frame, "preview"),
    ("preview/<slug:scope>/site/", preview.previewed_page, "preview_home"),
    ("preview/<slug:scope>/site/<path:rest>", preview.previewed_page, "preview_page"),
    ("preview/<slug:scope>/share/", share_links.add_link, "share_add"),
    ("share-links/", share_links.share_links_page, "share_links"),
    ("share-links/<uuid:pk>/withdraw/", share_links.end, "share_withdraw"),
    ("approval/<int:pk>/", approval.submission_page, "approval"),
    ("due/", reviews.show_due, "due"),
    ("emails/", emails.mine, "emails"),
    ("releases/", releases.index, "releases"),
    ("releases/<int:pk>/", releases.release_page, "release"),
    ("bulk/<slug:kind>/<slug:name>/", bulk.bulk_page, "bulk"),
    ("presence/<str:kind>/<uuid:key>/", presence.beat, "presence"),
    ("outline/", outline.outline_page, "outline"),
    ("outline/change/", outline.reorder, "outline_change"),
    ("round-trip/", exchange.exchange_page, "round_trip"),
    ("round-trip/export/", exchange.export, "round_trip_export"),
    ("round-trip/import/", exchange.bring, "round_trip_import"),
    ("round-trip/keep/", exchange.keep_import, "round_trip_keep"),
]
