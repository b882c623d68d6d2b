"""How often a reviewer gets the digest: each person chooses for themselves."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from feedback.admin.base import inbox_frame
from feedback.models import DigestPreference
from feedback.permissions import VIEW
from initiatives.admin.base import only


class DigestForm(forms.ModelForm):
    """Never, every day or every week."""

    class Meta:
        model = DigestPreference
        fields = ["urgent", "every"]
        labels = {"every": "Send me the digest"}
        widgets = {"every": forms.RadioSelect}


@require_http_methods(["GET", "HEAD", "POST"])
@only(VIEW)
def digest_page(request: HttpRequest) -> HttpResponse:
    """Show the choice and keep it."""
    user: Any = request.user
    chosen = DigestPreference.objects.filter(user=user).first()
    form = DigestForm(request.POST if request.method == "POST" else None, instance=chosen)
    if request.method == "POST" and form.is_valid():
        DigestPreference.objects.update_or_create(user=user, defaults=form.cleaned_data)
        messages.success(request, "Your choice is kept.")
        return redirect("admin:feedback_comment_digest")
    return render(
        request, "admin/feedback/digest.html", inbox_frame(request, "The digest by e-mail", form=form)
    )
