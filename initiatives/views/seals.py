"""How anyone can hold the record against its digests: the seal of each day, and what was redacted."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404

from initiatives.models import DaySeal, Redaction
from initiatives.models.seal import canonical
from initiatives.views import pages
from initiatives.views.moment import report_for
from initiatives.views.public import public

PER_PAGE = 100


@public
def the_record(request: HttpRequest) -> HttpResponse:
    """How the record is kept, the seal of each day, newest first, and each redaction with its reason.

    In: ?page=<number>.
    """
    words = {
        "heading": "How the record is kept",
        "description": "Every version stays. Here is how you can check that.",
    }
    counted = Redaction.objects.annotate(
        versions=Count("erasures", distinct=True), own=Count("own_erasures", distinct=True)
    )
    page = Paginator(DaySeal.objects.order_by("-day"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_of": page,
        "query": {"page": page.number if page.number > 1 else ""},
        "redactions": counted.order_by("-at"),
        **words,
    }
    return pages.render_page(request, "the_record", report_for(request), [], **context)


@public
def the_record_as_json(request: HttpRequest) -> HttpResponse:
    """The digests of all days, newest first, for whoever keeps a copy."""
    seals = DaySeal.objects.order_by("-day").values_list("day", "digest", "report")
    return JsonResponse(
        {"days": [{"day": day, "digest": digest, "report": report} for day, digest, report in seals]}
    )


@public
def the_seal(request: HttpRequest, day: date) -> HttpResponse:
    """All that one day's seal covers, as JSON: the very bytes that its digest is made from."""
    return canonical_json(get_object_or_404(DaySeal, day=day).content())


def canonical_json(value: Any) -> HttpResponse:
    """Return a plain value in such a form that SHA-256 of the answer is the digest of the value; not for
    search engines.
    """
    return HttpResponse(
        canonical(value), content_type="application/json", headers={"X-Robots-Tag": "noindex"}
    )
