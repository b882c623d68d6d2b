"""What must be in order before an item goes before the public, and what would be better if it were.

Each module looks at one thing and yields findings; `examine` puts them together.
"""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

from initiatives.checks import access, figures, links, markup, moving, plain_language, required
from initiatives.checks.findings import Finding, Findings
from initiatives.checks.subject import Subject
from initiatives.models.labels import label
from initiatives.report.report import Report

if TYPE_CHECKING:
    from initiatives.models.item import Item

__all__ = ["Finding", "Findings", "before_publish", "errors", "examine", "label", "refuse_unready"]

ERRORS = (required.missing_errors, access.access_errors, links.link_errors)
ADVICE = (
    moving.moving_advice,
    markup.markup_advice,
    links.link_advice,
    plain_language.reading_advice,
    figures.figure_advice,
)


def examine(item: "Item", among: Report | None = None) -> Findings:
    """Return what is wrong with the saved working copy: errors stop a publish, advice does not.

    In: the report that it will stand in, where other items go out with it; the live one by default.
    It costs a fixed number of queries, however long the texts are and however many links they hold.
    """
    subject = Subject(item, among)
    return Findings(
        errors=errors_of(subject), advice=[finding for check in ADVICE for finding in check(subject)]
    )


def errors(item: "Item", among: Report | None = None) -> list[Finding]:
    """Return what stops a publish of the saved working copy. In: as of examine."""
    return errors_of(Subject(item, among))


def errors_of(subject: Subject) -> list[Finding]:
    """Return what stops a publish."""
    return [finding for check in ERRORS for finding in check(subject)]


def before_publish(item: "Item") -> dict[str, list[tuple[str, str]]]:
    """Return what `examine` finds as a page shows it: under "errors" and "advice" the name of the field
    and the message.
    """
    found = examine(item)
    return {
        name: [(label(item, finding.field), finding.message) for finding in findings]
        for name, findings in (("errors", found.errors), ("advice", found.advice))
    }


def refuse_unready(item: "Item", fields: dict[str, Any], among: Report | None = None) -> None:
    """Raise ValidationError, with all messages by field, where the item is not ready to be published.

    In: all that it says, as recorded_fields returns it; the report as of examine.
    """
    problems: dict[str, list[str]] = {}
    for finding in errors_of(Subject(item, among, fields)):
        problems.setdefault(finding.field, []).append(finding.message)
    if problems:
        raise ValidationError(problems)
