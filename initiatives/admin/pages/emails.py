"""Which e-mails a member of staff wants: a page that each edits for themselves alone."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from initiatives.admin.base import only
from initiatives.models import NoticePreference
from initiatives.permissions import WORKS_ON_REPORT


class PreferenceForm(forms.ModelForm):
    """The sorts of e-mail there are."""

    class Meta:
        model = NoticePreference
        fields = ["on_submission", "on_decision", "on_overdue"]


@never_cache
@require_http_methods(["GET", "POST"])
@only(WORKS_ON_REPORT)
def mine(request: HttpRequest) -> HttpResponse:
    """The choices of the person who is signed in; for those who work on the report."""
    user: Any = request.user
    mine = NoticePreference.objects.filter(user=user).first()
    form = PreferenceForm(request.POST if request.method == "POST" else None, instance=mine)
    if form.is_valid():
        NoticePreference.objects.update_or_create(user=user, defaults=form.cleaned_data)
        messages.success(request, "Your choice is saved.")
        return redirect("admin:emails")
    return render(
        request,
        "admin/initiatives/emails.html",
        {**admin.site.each_context(request), "title": "E-mails to me", "form": form},
    )
