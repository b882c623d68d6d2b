"""What the admin of every item has: its state, save draft, preview, publish, unpublish."""

from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from markdownx.models import MarkdownxField
from markdownx.widgets import AdminMarkdownxWidget

from initiatives.admin.forms import ItemForm, WithdrawForm
from initiatives.admin.uploads import through_staff_address
from initiatives.checks import before_publish, label
from initiatives.models import Item, Revision
from initiatives.record import Report
from initiatives.states import State, states
from initiatives.views.pages import page_for

HTTPS: Any = {models.URLField: {"assume_scheme": "https"}}
MAY_PUBLISH = "initiatives.publish_report"


class LiveFilter(admin.SimpleListFilter):
    """Filters a list by whether the public sees the item."""

    title = "on the site"
    parameter_name = "live"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Live"), ("no", "Not live")]

    def queryset(self, request: HttpRequest, queryset: models.QuerySet) -> models.QuerySet:
        live = Exists(Revision.objects.live().filter(key=OuterRef("key")))
        return {"yes": queryset.filter(live), "no": queryset.filter(~live)}.get(self.value() or "", queryset)


class NoStrayDelete(admin.options.BaseModelAdmin):
    """Leaves out the button that deletes the item chosen in a list: a slip there would cost another page its text."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field


class ItemAdmin(NoStrayDelete, admin.ModelAdmin):
    """The admin of an item. Saving keeps a draft; nothing reaches the public but through Publish."""

    form = ItemForm
    change_form_template = add_form_template = "admin/initiatives/item/change_form.html"
    formfield_overrides = {MarkdownxField: {"widget": AdminMarkdownxWidget}, **HTTPS}
    list_display: Any = ["title", "state_badge"]
    list_filter: ClassVar[Any] = [LiveFilter]
    search_fields: ClassVar[Any] = ["title", "slug"]
    actions = None
    has_page = True

    class Media:
        js = ["js/admin-editor.js"]

    # Lists

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        found = states(item.key for item in changelist.result_list)
        for item in changelist.result_list:
            item.state = found[item.key]
        return changelist

    @admin.display(description="State")
    def state_badge(self, item: Any) -> str:
        state: State = item.state
        return format_html('<span class="state state-{}">{}</span>', state.name, state.label)

    # The form

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("title",)}

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> HttpResponse:
        context = {
            "may_publish": request.user.has_perm(MAY_PUBLISH),
            "has_page": self.has_page,
            **(extra_context or {}),
        }
        item = self.get_object(request, object_id) if object_id else None
        if item:
            context["state"] = states([item.key])[item.key]
            context["before_publish"] = partial(before_publish, item)
        return super().changeform_view(request, object_id, form_url, context)

    def view_on_site(self, item: Any) -> str | None:  # type: ignore[override]
        """Return the address of the item's live page, None while the public cannot see it."""
        node = Report.live().by_key.get(item.key)
        return node.url or None if node else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change or {"section", "pillar", "parent"} & set(form.changed_data):
            obj.place_last()
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.record(request.user)
        names = ("change_note", "minor", "publish_at")
        request.publishing = {name: form.cleaned_data.get(name) for name in names}  # type: ignore[attr-defined]

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        return self.respond(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self.respond(request, obj) or super().response_change(request, obj)

    def respond(self, request: HttpRequest, obj: Any) -> HttpResponse | None:
        """Do what the button asked beyond saving; return where to go, None for the admin's own way."""
        if "_publish" in request.POST or "_schedule" in request.POST:
            self.publish(request, obj, **request.publishing)  # type: ignore[attr-defined]
        if "_popup" in request.POST:
            return None
        if "_preview" in request.POST:
            return redirect(self.address("preview", obj))
        if "_publish" in request.POST or "_schedule" in request.POST:
            return redirect(self.address("change", obj))
        if "_draft" in request.POST:
            messages.success(request, "The draft is saved. The public does not see it until it is published.")
            return redirect(self.address("change", obj))
        return None

    def publish(self, request: HttpRequest, obj: Any, change_note: str, minor: bool, publish_at: datetime | None) -> None:
        """Publish the item, now or at the time typed, and say so, or say what is missing.

        Raises PermissionDenied for those who may not.
        """
        if not request.user.has_perm(MAY_PUBLISH):
            raise PermissionDenied
        try:
            with transaction.atomic():
                live = obj.revisions.live().first()
                if "_schedule" in request.POST:
                    if publish_at is None:
                        raise ValidationError("Type when it should be published.")
                    revision = obj.schedule(request.user, publish_at, change_note, minor)
                else:
                    revision = obj.publish(request.user, change_note, minor)
                if live and revision != live and not change_note and not minor:
                    raise ValidationError("Say what changed, for the public, or tick “Minor change”.")
        except ValidationError as error:
            for message in explain(obj, error):
                messages.error(request, message)
            messages.warning(request, "Your draft is saved, but it is not published.")
        except IntegrityError:
            messages.error(request, "Another item of this kind is live at the same address. Change one of the two addresses.")
        else:
            if "_schedule" in request.POST:
                when = date_format(localtime(publish_at), "F j, Y, g:i a e")
                messages.success(request, f"“{obj}” is scheduled for {when}. You can change that under “Scheduled”.")
                return
            link = self.view_on_site(obj)
            words = "“{}” is published." if not link else '“{}” is published. <a href="{}">See it on the site</a>.'
            messages.success(request, format_html(words, obj, link))

    def address(self, name: str, obj: Any) -> str:
        """Return the path of one of the item's pages in the admin: change, preview, unpublish."""
        return reverse(f"admin:initiatives_{self.opts.model_name}_{name}", args=[obj.pk])

    # Preview and unpublish

    def get_urls(self) -> list:
        name = self.opts.model_name
        own = [
            path("<int:pk>/preview/", self.wrapped(self.preview_view), name=f"initiatives_{name}_preview"),
            path("<int:pk>/unpublish/", self.wrapped(self.unpublish_view), name=f"initiatives_{name}_unpublish"),
        ]
        return own + super().get_urls()

    def wrapped(self, view: Any) -> Any:
        """Return the view for staff alone, never cached."""
        return self.admin_site.admin_view(never_cache(view))

    def find(self, pk: int) -> Item:
        """Return the item or raise Http404."""
        return get_object_or_404(self.model, pk=pk)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the page as it will look once the newest draft is published."""
        return require_safe(self._preview)(request, pk)

    def _preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.find(pk)
        if not self.has_view_permission(request, item):
            raise PermissionDenied
        draft = item.revisions.texts().last()
        if not draft:
            raise Http404
        report = Report.with_drafts(draft)
        node = report.by_key[item.key]
        response = page_for(request, report, node, preview=self.address("change", item))
        response["X-Robots-Tag"] = "noindex"
        return through_staff_address(response)

    def unpublish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask whether to take the item from the site, and do it."""
        return require_http_methods(["GET", "POST"])(self._unpublish)(request, pk)

    def _unpublish(self, request: HttpRequest, pk: int) -> HttpResponse:
        item = self.find(pk)
        if not request.user.has_perm(MAY_PUBLISH) or not self.has_change_permission(request, item):
            raise PermissionDenied
        form = WithdrawForm(item, request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                self.withdraw(request, item, **form.cleaned_data)
            except ValidationError as error:
                form.add_error("at", error)
            else:
                return redirect(self.address("change", item))
        node = Report.live().by_key.get(item.key)
        below = [one for one in node.walk() if one is not node] if node else []
        context = {**self.admin_site.each_context(request), "opts": self.opts, "item": item, "below": below, "form": form}
        return render(request, "admin/initiatives/item/unpublish.html", context | {"title": f"Unpublish {item}?"})

    def withdraw(self, request: HttpRequest, item: Item, reason: str, successor: Item | None, at: datetime | None) -> None:
        """Take the item from the site, now or later, and say so. Raises ValidationError for a time that is past."""
        item.withdraw(request.user, reason, successor, at)
        self.log_change(request, item, "Unpublished.")
        if at:
            when = date_format(localtime(at), "F j, Y, g:i a e")
            messages.success(request, f"“{item}” leaves the site on {when}. You can change that under “Scheduled”.")
        else:
            messages.success(request, f"“{item}” is no longer on the site. Its text is kept.")

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        """Lead to the item's revisions, which say more than the admin's own log."""
        item = self.get_object(request, object_id)
        if item is None:
            raise Http404
        return redirect("admin:item_history", item.key)

    # Deleting: what was before the public stays on record; the window closes first.

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        with transaction.atomic():
            obj.withdraw(request.user)
            super().delete_model(request, obj)


def explain(item: Item, error: ValidationError) -> list[str]:
    """Return the messages of a refused publish, each with the name of the field as the form shows it."""
    lines = []
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    for name, texts in error.message_dict.items():
        words = label(item, name)
        lines += [f"{words}: {text}" if words else text for text in texts]
    return lines
