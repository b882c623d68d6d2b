"""The address at which an item's form says that it is still open, and hears who else is there."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from initiatives import presence
from initiatives.admin.base import refuse_unless
from initiatives.models import KINDS


@never_cache
@require_POST
def beat(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """Note that the form is open, with "gone" in the body that it closed; answer who else is editing, as {"others": words}."""
    if kind not in KINDS:
        raise Http404
    model = KINDS[kind]
    refuse_unless(request, model.permission("view"))
    if not model._default_manager.filter(key=key).exists():
        raise Http404
    if "gone" in request.POST:
        presence.gone(key, request.user)
    elif request.user.has_perm(model.permission("change")):
        presence.here(kind, key, request.user)
    return JsonResponse({"others": presence.sentence(presence.others([key], request.user).get(key, []))})
