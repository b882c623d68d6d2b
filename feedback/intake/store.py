"""Keeps a comment: once, with the version of that morning, and held where a rule says so."""

from datetime import date

from django.db import IntegrityError, transaction

from feedback.contacts import Public
from feedback.intake import stamp
from feedback.intake.forms import FeedbackForm
from feedback.intake.holding import Sent, held_for, is_tried_again, refuse_beyond_limit
from feedback.intake.idempotency import comment_id
from feedback.intake.shape import shape
from feedback.intake.urgency import urgent_kinds
from feedback.models import Comment
from feedback.pages import Page
from feedback.personal import flags
from portal.sqlite_file import refuse_lost_file


def store_comment(page: Page, day: date, form: FeedbackForm, address: str, own_hosts: frozenset[str]) -> None:
    """Keep a valid form's answer, in one statement. Raises django.db.Error where it is not certain that it is
    kept.

    In: the page as it was when the day began; the day. What is public changes by the second: a version or a
    title that was read at some hour would tell that hour. `address` is only looked at here, never kept. What
    was stored before, by the same sending, is kept already. Raises TooManyError where too much came from
    there.
    """
    comment = comment_from(page, day, form, address, own_hosts)
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
    except IntegrityError:
        if not Comment.objects.filter(pk=comment.pk).exists():
            raise
    refuse_lost_file()


def comment_from(
    page: Page, day: date, form: FeedbackForm, address: str, own_hosts: frozenset[str]
) -> Comment:
    """Return the comment that is to be stored."""
    said, text = form.cleaned_data, form.cleaned_data["comment"]
    read = stamp.read_stamp(form.sent("stamp"))
    pk = comment_id(form.sent("once"), address, page.about, form.sent("helpful"), text)
    refuse_beyond_limit(address, pk)
    sent = Sent(pk, text, read, form.sent("second_comment"), own_hosts, is_tried_again(pk))
    held = held_for(sent)
    return Comment(
        pk=pk,
        page=page.path,
        title=page.title,
        item=page.item,
        version=page.version,
        date=day,
        language=read.language if read else "en",
        helpful=said["helpful"],
        text=text,
        personal=flags(text, Public.for_mark(page.item, day)),
        shape=shape(text),
        urgent=bool(urgent_kinds(text)),
        held_for=held,
        state=Comment.first_state(text, held),
    )
