"""Staff accounts, in a form that every administrator can use: what a person may do is the groups they are
in.
"""

import re
from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, AdminField, AdminReadonlyField
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst


def words_of_readonly(field: AdminReadonlyField) -> SafeString:
    """Return what stands before a value that can only be read.

    The stock admin's is a label, and there is no field to label.
    """
    return format_html('<span class="readonly-words">{}:</span>', capfirst(field.field["label"]))


def words_of_field(field: AdminField) -> SafeString:
    """Return the label of a field; what has no field of its own to label, such as a group of boxes, has
    its words alone.
    """
    if field.field.id_for_label:
        return stock_label(field)
    return format_html('<span class="readonly-words">{}:</span>', field.field.label)


stock_label = AdminField.label_tag
setattr(AdminField, "label_tag", words_of_field)  # noqa: B010 - a type checker refuses the assignment
setattr(AdminReadonlyField, "label_tag", words_of_readonly)  # noqa: B010


class DeclaredFilters(ChangeList):
    """A list narrowed by its `list_filter` alone.

    The stock one takes any lookup on any column, `title__regex` too.
    """

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.title = capfirst(str(self.opts.verbose_name_plural))

    def get_filters(self, request: HttpRequest) -> Any:
        """Return what the stock list does.

        Raises DisallowedModelAdminLookup (400) where the query asks for anything else.
        """
        found = super().get_filters(request)
        undeclared = found[2]
        if undeclared:
            raise DisallowedModelAdminLookup(f"No filter of this list: {', '.join(sorted(undeclared))}")
        return found


class StrictAdmin(admin.ModelAdmin):
    """What every model's admin is: lists take declared filters alone, and their forms no ticks that are no
    numbers.
    """

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeclaredFilters

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Return the rows that hold every word in some field, in any case of any letter: SQLite's LIKE
        knows ASCII alone.
        """
        fields = self.get_search_fields(request)
        for word in search_term[:100].split()[:8] if fields else []:
            forms = (Q(**{f"{field}__iregex": re.escape(word)}) for field in fields)
            queryset = queryset.filter(reduce(or_, forms))
        return queryset, any("__" in field for field in fields)

    def response_action(
        self, request: HttpRequest, queryset: QuerySet, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in ticked):
            raise BadRequest("There is no such row.")
        return super().response_action(request, queryset, *args, **kwargs)


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class StaffAdmin(StrictAdmin, UserAdmin):
    """The stock form less single permissions, which would be a second way to say what a person may do."""

    fieldsets: ClassVar[Any] = [
        (None, {"fields": ["username", "password"]}),
        ("Person", {"fields": ["first_name", "last_name", "email"]}),
        ("May do", {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields: ClassVar[Any] = ["last_login", "date_joined"]
    filter_horizontal = ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Let an account that gets its first group sign in; one that must not any more is made inactive."""
        had_groups = change and form.instance.groups.exists()
        super().save_related(request, form, formsets, change)
        user = form.instance
        if not had_groups and not user.is_staff and user.groups.exists():
            user.is_staff = True
            user.save(update_fields=["is_staff"])
            messages.success(request, f"“{user}” may sign in here now, with the rights of the groups.")

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(
            db_field, request, widget=forms.CheckboxSelectMultiple, **kwargs
        )
