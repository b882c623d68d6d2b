"""What became of a text that was handed in: told alike on its page, in the e-mail and on the desk."""

from django.utils.formats import date_format
from django.utils.timezone import localtime

from initiatives.models import Revision, Submission
from initiatives.report.report import Report


def published_text(submission: Submission) -> Revision | None:
    """Return the revision with which an approved text went out or is to go out since it was handed in,
    None for none.
    """
    if submission.state != Submission.State.APPROVED:
        return None
    rows = Revision.objects.filter(
        key=submission.key, digest=submission.revision.digest, live_from__gte=submission.submitted_at
    )
    return rows.defer("fields", "html").order_by("live_from").first()


def outcome(submission: Submission) -> str:
    """Return in words that an approved text is published, or when it goes out; "" for neither."""
    text = published_text(submission)
    if text is None or text.live_from is None:
        return ""
    when = date_format(localtime(text.live_from), "M j, Y, g:i a e")
    by = f" by {text.publisher_name}" if text.publisher_name else ""
    return f"Published {when}{by}." if text.has_begun else f"It goes out {when}."


def public_path(submission: Submission) -> str:
    """Return the path of the item's page on the site, "" while the public cannot see it or it has none."""
    node = Report.live().by_key.get(submission.key)
    return node.url or "" if node else ""
