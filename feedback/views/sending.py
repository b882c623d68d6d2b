"""Takes feedback and says thank you.

What cannot be taken is handed back whole, with words that say what to do.
"""

import logging
from urllib.parse import urlencode

from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from feedback.intake.body import BadBodyError, read_form
from feedback.intake.deadline import patience
from feedback.intake.forms import FeedbackForm
from feedback.intake.holding import TooManyError
from feedback.intake.origin import is_own_form, own_hosts
from feedback.intake.sender import sender
from feedback.intake.store import store_comment
from feedback.pages import Page, find_page, morning
from feedback.views import figures
from initiatives.report.report import Report
from portal.faults import reason

logger = logging.getLogger(__name__)

STRANGER = "The form that sent this was not on a page of this site, so it was not taken."
NO_PAGE = "The page that this is about is not on this site, or no longer is."
NOT_SAVED = (
    "We could not save your feedback just now. Copy your text, so that it stays with you. Then try "
    "to send it again."
)

TOO_MANY = (
    "Very many comments came from your network within an hour, so this one was not taken. Your text is "
    "still below. "
    "Send it again in {}."
)


# No token: is_own_form() takes its place, so that no page needs a cookie and every page can be cached for
# everyone.
@csrf_exempt
def feedback(request: HttpRequest) -> HttpResponse:
    """The address that forms send to. To look at it shows what came of feedback."""
    return take_form(request) if request.method == "POST" else figures.public_figures(request)


@never_cache
def take_form(request: HttpRequest) -> HttpResponse:
    """Store what the form sent."""
    with patience():
        try:
            fields = read_form(request)
        except BadBodyError as problem:
            return hand_back(request, problem.status, problem.words, problem.fields)
        if not is_own_form(request):
            return hand_back(request, 403, STRANGER, fields)
        return take(request, fields)


def take(request: HttpRequest, fields: dict[str, str]) -> HttpResponse:
    """Store the form's fields and lead to the thank-you page, or show the form again with what is wrong."""
    form = FeedbackForm(fields)
    try:
        day = timezone.localdate()
        page = find_page(fields.get("page", ""), morning(day))
        if not page:
            return hand_back(request, 400, NO_PAGE, fields)
        if not form.is_valid():
            return show_again(request, form)
        store_comment(page, day, form, sender(request), own_hosts(request))
    except TooManyError as error:
        return too_many(request, form, error.seconds)
    except Exception as error:
        # Whatever it is, the text goes back. The kind and the place alone: an error's own words may quote the
        # comment, and a log line has a time.
        logger.error("A comment could not be stored: %s", reason(error))
    else:
        return see_other(f"{reverse('feedback:thanks')}?{urlencode({'page': page.path})}")
    # Outside the handler, so that no later failure drags the error's words into its traceback.
    return not_saved(request, form)


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """Say that the feedback is stored and lead back to the page it is about, if that is a page of this
    site.
    """
    report = page = None
    try:
        with patience():
            report, page = Report.frame(), find_page(request.GET.get("page", ""))
    except Error as error:
        # It is stored all the same, and that is what has to be said.
        logger.error("The way back from the thank-you page is missing: %s", reason(error))
        report = None
    response = render(request, "feedback/thanks.html", {"report": report, "subject": page})
    response["X-Robots-Tag"] = "noindex"
    return response


# Answers


def see_other(address: str) -> HttpResponse:
    """Lead on with 303, so that the next request is a GET whatever the browser and a reload sends nothing
    twice.
    """
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response


def show_again(request: HttpRequest, form: FeedbackForm) -> HttpResponse:
    """The form as it was filled in, with its errors on top, 422."""
    context = {"report": Report.frame(), "form": form, "subject": find_page(form.sent("page"))}
    return render(request, "feedback/form_page.html", context, status=422)


def too_many(request: HttpRequest, form: FeedbackForm, seconds: int) -> HttpResponse:
    """The form as it was filled in, to be sent again after so many seconds, 429.

    Nothing of it is kept here.
    """
    minutes = max(-(-seconds // 60), 1)
    words = TOO_MANY.format(f"{minutes} minutes" if minutes > 1 else "a minute")
    subject = find_page(form.sent("page"))
    context = {"report": Report.frame(), "form": form, "subject": subject, "failure": words, "is_early": True}
    response = render(request, "feedback/form_page.html", context, status=429)
    response["Retry-After"] = str(max(seconds, 1))
    return response


def not_saved(request: HttpRequest, form: FeedbackForm) -> HttpResponse:
    """The form as it was filled in, to be sent again, 503.

    Asks the database for nothing more: it has just failed.
    """
    page = Page(path=form.data.get("page", ""), title="")
    context = {"report": None, "form": form, "subject": page, "failure": NOT_SAVED}
    response = render(request, "feedback/form_page.html", context, status=503)
    response["Retry-After"] = "30"
    return response


def hand_back(request: HttpRequest, status: int, words: str, fields: dict[str, str]) -> HttpResponse:
    """The page for what this site does not take, with the text to copy.

    It has no button: another site may have filled it.
    """
    report = page = None
    try:
        report, page = Report.frame(), find_page(fields.get("page", ""))
    except Error:
        report = None
    text = FeedbackForm(fields).shown_comment
    context = {"report": report, "subject": page, "words": words, "text": text}
    return render(request, "feedback/refused.html", context, status=status)
