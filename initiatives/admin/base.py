"""What the pages of the desk about one item share: their addresses, the item, who may open them."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from initiatives.models import Item
from initiatives.report.report import Report
from portal.admin import StrictAdmin

# Makes a page of the desk refuse, with 403, those who lack one of these permissions:
# @only("initiatives.view_release")
only = partial(permission_required, raise_exception=True)


def refuse_unless(request: HttpRequest, *permissions: str) -> None:
    """Raise PermissionDenied for those who lack one of these permissions."""
    if not request.user.has_perms(permissions):
        raise PermissionDenied


class NoStrayDelete(admin.options.BaseModelAdmin):
    """Leaves out the button that deletes the item chosen in a list: a slip there would cost another page
    its text.
    """

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class DeskAdmin(NoStrayDelete, StrictAdmin):
    """The stock admin with the addresses of an item's own pages."""

    def address(self, name: str, obj: Any) -> str:
        """Return the path of one of the item's pages in the admin: change, preview, unpublish."""
        return self.model.desk_path(name, obj.pk)

    def name_of(self, page: str) -> str:
        """Return the name of the address of one of the item's pages."""
        return f"{self.opts.app_label}_{self.opts.model_name}_{page}"

    def wrapped(self, view: Any) -> Any:
        """Return the view for staff alone, never cached."""
        return self.admin_site.admin_view(never_cache(view))

    def find(self, pk: int) -> Item:
        """Return the item or raise Http404."""
        return get_object_or_404(self.model, pk=pk)

    def view_on_site(self, item: Any) -> str | None:
        """Return the address of the item's live page, None while the public cannot see it."""
        node = Report.live().by_key.get(item.key)
        return node.url or None if node else None
