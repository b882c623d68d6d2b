"""The pages of the desk that belong to no single model: `(path, view, name)`, mounted under /admin/desk/."""

from typing import Any

from initiatives.admin import (
    approval,
    bulk,
    calendar,
    care,
    emails,
    history,
    outline,
    presence,
    preview,
    redaction,
    releases,
    roundtrip,
    sharing,
)

PAGES: list[tuple[str, Any, str]] = [
    ("history/<uuid:key>/", history.show, "item_history"),
    ("history/<uuid:key>/<int:number>/restore/", history.bring_back, "item_restore"),
    ("removed/", history.removed, "removed"),
    ("scheduled/", calendar.show, "scheduled"),
    ("scheduled/<int:pk>/cancel/", calendar.cancel, "scheduled_cancel"),
    ("scheduled/<int:pk>/move/", calendar.move, "scheduled_move"),
    ("redact/", redaction.remove, "redact"),
    ("preview/<slug:scope>/", preview.frame, "preview"),
    ("preview/<slug:scope>/site/", preview.page, "preview_home"),
    ("preview/<slug:scope>/site/<path:rest>", preview.page, "preview_page"),
    ("preview/<slug:scope>/share/", sharing.add, "share_add"),
    ("share-links/", sharing.show, "share_links"),
    ("share-links/<uuid:pk>/withdraw/", sharing.end, "share_withdraw"),
    ("approval/<int:pk>/", approval.show, "approval"),
    ("due/", care.show_due, "due"),
    ("emails/", emails.mine, "emails"),
    ("releases/", releases.index, "releases"),
    ("releases/<int:pk>/", releases.show, "release"),
    ("bulk/<slug:kind>/<slug:name>/", bulk.show, "bulk"),
    ("presence/<str:kind>/<uuid:key>/", presence.beat, "presence"),
    ("outline/", outline.show, "outline"),
    ("outline/change/", outline.change, "outline_change"),
    ("round-trip/", roundtrip.show, "round_trip"),
    ("round-trip/export/", roundtrip.export, "round_trip_export"),
    ("round-trip/import/", roundtrip.bring, "round_trip_import"),
    ("round-trip/keep/", roundtrip.keep, "round_trip_keep"),
]
