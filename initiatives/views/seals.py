"""How anyone can hold the record against its digests: the seal of each day, and what was redacted."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse

from initiatives.models import Redaction
from initiatives.past import report_for
from initiatives.seals import sealed_so_far
from initiatives.views import pages
from initiatives.views.public import public


@public
def the_record(request: HttpRequest) -> HttpResponse:
    """How the record is kept, the digest of each day, newest first, and each redaction with its reason."""
    words = {"heading": "How the record is kept", "description": "Every version stays. Here is how you can check that."}
    context = {
        "seals": sealed_so_far(),
        "redactions": Redaction.objects.annotate(versions=Count("erasures")).order_by("-at"),
        **words,
    }
    return pages.show(request, "the_record", report_for(request), [], preview="", **context)


@public
def the_record_as_json(request: HttpRequest) -> HttpResponse:
    """The digests of all days, newest first, for whoever keeps a copy."""
    return JsonResponse({"days": sealed_so_far()})
