"""The history of an item in the admin: every revision, drafts included; two compared; one restored as a
new draft.
"""

from itertools import pairwise
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from initiatives.admin.base import only, refuse_unless
from initiatives.models import KINDS, Item, Revision
from initiatives.models.access import kinds_open_to
from initiatives.permissions import WORKS_ON_REPORT
from initiatives.publishing.restore import restore
from initiatives.publishing.unfinished import beneath
from initiatives.report import changes, comparison


def working_copy(key: UUID, kind: str) -> Item | None:
    """Return the item's working copy, None where it was deleted."""
    return KINDS[kind]._default_manager.filter(key=key).first()


@never_cache
@require_safe
def item_history(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every revision of an item, newest first.

    In the query: ?from=<number>&to=<number> compares two of them.
    """
    revisions = list(Revision.objects.filter(key=key).defer("html").order_by("-number"))
    if not revisions:
        raise Http404
    newest, texts = revisions[0], [revision for revision in revisions if not revision.withdrawn]
    older = dict(pairwise(texts))
    refuse_unless(request, KINDS[newest.kind].permission("view"))
    item = working_copy(key, newest.kind)
    old, new = (revision_numbered(revisions, request.GET.get(name)) for name in ("from", "to"))
    context = {
        **admin.site.each_context(request),
        "title": f"History of {newest.title}",
        "item": item,
        "edit_url": item.desk_path("change", item.pk) if item else "",
        "kind_plural": KINDS[newest.kind]._meta.verbose_name_plural,
        "list_url": KINDS[newest.kind].desk_path("changelist"),
        "revisions": [(revision, what_changed(revision, older.get(revision))) for revision in revisions],
        "newest": newest,
        "current": texts[0] if item else None,
        "old": old,
        "new": new,
        "differences": comparison.between(old, new) if old and new else None,
        "is_reordered": bool(old and new and old.parent == new.parent and old.position != new.position),
        "beneath": told_before(item, newest, request.user),
        "may_restore": request.user.has_perm(KINDS[newest.kind].permission("change" if item else "add")),
    }
    return render(request, "admin/initiatives/history.html", context)


def told_before(item: Item | None, newest: Revision, user: Any) -> str:
    """Return what a person should know before a restored version takes the place of the newest draft, ""
    for nothing.
    """
    return beneath([newest], user).get(newest.key, "") if item else ""


def what_changed(revision: Revision, older: Revision | None) -> list[str]:
    """Return the kinds of change in words: against the public version before, of a draft against the text
    before it.
    """
    if revision.live_from:
        kinds = revision.change_kinds
    elif older is None:
        return ["First draft"]
    else:
        kinds = changes.kinds_of_change(older, revision)
    return [changes.KINDS[kind] for kind in kinds]


def revision_numbered(revisions: list[Revision], number: str | None) -> Revision | None:
    """Return the revision with a number, None for none asked for.

    Raises Http404 for a number that none has.
    """
    if not number:
        return None
    for revision in revisions:
        if str(revision.number) == number:
            return revision
    raise Http404


@require_POST
def bring_back(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    """Restore a revision as a new draft and lead to its form."""
    revision = get_object_or_404(Revision, key=key, number=number)
    refuse_unless(
        request, KINDS[revision.kind].permission("change" if working_copy(key, revision.kind) else "add")
    )
    newest = Revision.objects.texts().filter(key=key).latest("number")
    told = told_before(working_copy(key, revision.kind), newest, request.user)
    if told and request.POST.get("over") != str(newest.number):
        messages.warning(request, f"{told} Look at the newest version, then restore the old one again.")
        return redirect("admin:item_history", key)
    try:
        item = restore(revision, request.user)
    except ValidationError as error:
        for message in error.messages:
            messages.error(request, message)
        return redirect("admin:item_history", key)
    messages.success(request, f"Version {number} is back as a draft. The public sees it once you publish it.")
    return redirect(item.desk_path("change", item.pk))


@never_cache
@require_safe
@only(WORKS_ON_REPORT)
def removed_items(request: HttpRequest) -> HttpResponse:
    """The items that the person may open and whose working copies were deleted, each with its history to
    restore from.
    """
    found: list[Any] = []
    kinds = kinds_open_to(request.user)
    for kind, model in ((kind, model) for kind, model in KINDS.items() if kind in kinds):
        known = model._default_manager.values("key")
        newest = Revision.objects.newest().filter(kind=kind).exclude(key__in=known).defer("fields", "html")
        found += [(model._meta.verbose_name, revision) for revision in newest]
    context = {**admin.site.each_context(request), "title": "Removed items", "removed": found}
    return render(request, "admin/initiatives/removed.html", context)
