"""The open figures of feedback, as a page and as CSV."""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse

from feedback.inbox.export import guarded_cell
from feedback.statistics.public import Group, figures
from initiatives.report.report import Report
from initiatives.views import pages
from initiatives.views.public import public


@public
def public_figures(request: HttpRequest) -> HttpResponse:
    """The figures, by what they are about."""
    report = Report.live()
    words = {
        "heading": "Feedback in numbers",
        "description": "How many answers came, how soon they were read, and what changed.",
    }
    return pages.render_page(
        request, "figures", report, [], folder="feedback", groups=figures(report), **words
    )


@public
def figures_csv(request: HttpRequest) -> HttpResponse:
    """The same figures as CSV: what they are about, the time that they are of, what, the figure, of how
    many, its range.
    """
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="feedback-figures.csv"'
    write_guarded(csv.writer(response), figures(Report.live()))
    return response


def write_guarded(writer: Any, groups: list[Group]) -> None:
    """Write the rows, guarded against being read as formulas."""
    writer.writerow(["about", "time", "what", "figure", "out of", "likely between"])
    for group in groups:
        for one in group.figures:
            writer.writerow(
                [
                    guarded_cell(text)
                    for text in (group.name, group.period, one.name, one.value, one.of, one.likely)
                ]
            )
