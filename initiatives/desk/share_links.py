"""Share links: drafts for people without an account, at an address that is signed and ends.

The address holds the link's id and a signature made with the site's secret key: nobody can make one up.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils import timezone

from initiatives.models import Revision, ShareLink, Upload
from initiatives.models.access import kinds_open_to
from initiatives.report.drafts import Scope, scope_of

MOST_DAYS = 90
# In the query of a link, it leads on to the page of the item that is shared.
BEGIN = "begin"
SIGNER = Signer(salt="initiatives.sharing", sep=".")


def make_share_link(scope: Scope, days: int, purpose: str, by: Any) -> ShareLink:
    """Make a link to the drafts of a scope that ends after some days and return it.

    Raises ValidationError for less than one day or more than MOST_DAYS.
    """
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError(f"A link lasts from 1 to {MOST_DAYS} days.")
    return ShareLink.objects.create(
        kind=scope.kind,
        key=scope.key,
        release=scope.release,
        purpose=purpose,
        created_by=by,
        created_by_name=str(by or ""),
        expires=timezone.now() + timedelta(days=days),
    )


def withdraw(link: ShareLink, by: Any) -> None:
    """End a link now. One that has ended stays as it is."""
    running = ShareLink.objects.filter(pk=link.pk, withdrawn_at=None, expires__gt=timezone.now())
    running.update(withdrawn_at=timezone.now(), withdrawn_by_name=str(by or ""))


def has_ended(link: ShareLink) -> bool:
    """Say whether a link shows nothing any more: withdrawn, over, or made by somebody who may no longer
    see it at the desk.
    """
    return link.withdrawn_at is not None or link.expires <= timezone.now() or is_orphan(link)


def is_orphan(link: ShareLink) -> bool:
    """Say whether a link's maker has no account any more, or one that may not see at the desk what the
    link shows.
    """
    by: Any = link.created_by
    return bool(link.created_by_name) and not (
        by and by.is_active and by.is_staff and by.has_perm(permission(link))
    )


def permission(link: ShareLink) -> str:
    """Return the full name of the permission without which nobody at the desk may see what a link shows.

    No query.
    """
    return Scope("", "", link.kind, link.key, link.release).permission


def may_follow(user: Any, link: ShareLink) -> bool:
    """Say whether a person may have a link's address: it shows nothing that they may not open at the desk
    themselves.
    """
    return user.has_perm(permission(link)) and kinds_open_to(link.created_by) <= kinds_open_to(user)


def token(link: ShareLink) -> str:
    """Return the part of the address that names the link."""
    return SIGNER.sign(link.pk.hex)


def link_path(link: ShareLink) -> str:
    """Return the path at which the link shows the site."""
    return reverse("share", args=[token(link)])


def link_of_token(signed: str) -> ShareLink | None:
    """Return the link that a token names, ended or not; None for a token that we did not make or whose
    link is gone.
    """
    try:
        pk = UUID(SIGNER.unsign(signed))
    except (BadSignature, ValueError):
        return None
    return ShareLink.objects.select_related("release", "created_by").filter(pk=pk).first()


def link_scope(link: ShareLink) -> Scope:
    """Return what a link shows."""
    return scope_of(link.kind, link.key, link.release)


def file(drafts: list[Revision], name: str) -> Upload | None:
    """Return the file with a name where the drafts or the live report use it, None for any other."""
    shown = Revision.objects.live() | Revision.objects.filter(pk__in=[draft.pk for draft in drafts])
    return Upload.objects.filter(file=name, revisions__in=shown).first()
