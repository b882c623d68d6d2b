"""The address at which an item's form says that it is still open, and hears who else is there."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from initiatives.admin.base import refuse_unless
from initiatives.desk import presence
from initiatives.models import KINDS


# A form outlives its token when its person signs in again, and a refusal would stand in the browser's
# console. The session's cookie is not sent from other sites (SameSite), so a request made there is anonymous
# and notes nothing.
@never_cache
@csrf_exempt
@require_POST
def beat(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """Note that the form is open, with "gone" in the body that it closed; answer who else is editing, as
    {"others": words}.

    "user" in the body is the primary key of the person the form was made for. Where the session is another
    person's by now, nothing is noted and the answer is {"ended": true}: the form stops asking.
    """
    if kind not in KINDS:
        raise Http404
    model = KINDS[kind]
    person = str(request.user.pk)
    if request.POST.get("user", person) != person:
        return JsonResponse({"ended": True})
    refuse_unless(request, model.permission("view"))
    if not model._default_manager.filter(key=key).exists():
        raise Http404
    if "gone" in request.POST:
        presence.leave_form(key, request.user)
    elif request.user.has_perm(model.permission("change")):
        presence.here(kind, key, request.user)
    return JsonResponse(
        {"others": presence.presence_sentence(presence.others_editing([key], request.user).get(key, []))}
    )
