"""The form at the foot of every public page: {% load feedback_tags %}{% feedback_form %}"""

from typing import Any

from django import template
from django.conf import settings

from feedback.answers import all_answers, answers_of, on_page
from feedback.intake import stamp
from feedback.intake.forms import FeedbackForm
from feedback.pages import ITEM_PAGES, path_of
from feedback.statistics.for_item import beside
from feedback.text import MAX_COMMENT
from initiatives.models import Site
from initiatives.permissions import MAY_PUBLISH

register = template.Library()

# What a report that was published before the settings had the number says
NUMBERS = {"emergency_number": "911", "crisis_number": "988"}


@register.inclusion_tag("feedback/form.html", takes_context=True)
def feedback_form(context: Any, form: FeedbackForm | None = None, path: str = "") -> dict[str, Any]:
    """Show the form about the page being shown; nothing where that is no public page. Costs no query.

    In: a form that was filled in and the path it is about, to show it again. The numbers to call come from
    the context's `report`, where there is one.
    """
    path = path or path_of(context.get("request"))
    return {
        "form": form or FeedbackForm(),
        "path": path,
        "stamp": form.sent("stamp") if form else stamp.make(),
        "failure": context.get("failure"),
        "max_comment": MAX_COMMENT,
        "numbers": numbers(context.get("report")),
    }


def numbers(report: Any) -> dict[str, str]:
    """Return whom to call, by the names of the site settings as published.

    There is always a number for emergencies.
    """
    fields = NUMBERS | (report.site.fields if report and report.site else {})
    return {name: fields.get(name, "") for name in Site.numbers} | {
        "emergency_number": fields["emergency_number"] or NUMBERS["emergency_number"]
    }


@register.inclusion_tag("feedback/emergency.html", takes_context=True)
def whom_to_call(context: Any) -> dict[str, Any]:
    """Say that nobody watches the form, and whom to call instead. Costs no query."""
    return {"numbers": numbers(context.get("report"))}


@register.inclusion_tag("feedback/privacy.html", takes_context=True)
def feedback_privacy(context: Any) -> dict[str, Any]:
    """Tell what becomes of feedback and for how long it is kept, on the page about privacy.

    Costs no query.
    """
    return {"numbers": numbers(context.get("report")), "keep_days": settings.FEEDBACK_KEEP_DAYS}


@register.inclusion_tag("feedback/answers_here.html", takes_context=True)
def answers_here(context: Any) -> dict[str, Any]:
    """Show what the city answered about the item that the page shows; nothing where there is none.

    Costs a query where there are answers, and none otherwise.
    """
    report, page = context.get("report"), context.get("page")
    node = context.get("node") if page in ITEM_PAGES else report.site if report and page == "home" else None
    nodes = on_page(node)
    if nodes:
        report.load_html(nodes)
    return {"answers": answers_of(report, nodes) if nodes else []}


@register.inclusion_tag("feedback/answers_in_report.html", takes_context=True)
def answers_in_report(context: Any) -> dict[str, Any]:
    """Show every answer of the report, each with its page.

    One query where there are answers, and none otherwise.
    """
    report = context["report"]
    nodes = all_answers(report)
    if nodes:
        report.load_html(nodes)
    return {"answers": answers_of(report, nodes)}


@register.inclusion_tag("admin/feedback/beside.html", takes_context=True)
def feedback_beside(context: Any, item: Any) -> dict[str, Any]:
    """Show beside an item in the desk what residents said of its page.

    Its rate, and to those who publish or read comments its open ones, with what looks personal hidden. Links
    lead to the inbox for those who may open it.
    """
    user = context["request"].user
    may_open = user.has_perm("feedback.view_comment")
    return beside(item.key, may_open or user.has_perm(MAY_PUBLISH)) | {"may_open": may_open}
