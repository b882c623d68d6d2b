"""Logs what staff do about their access: sign-ins, failed ones, sign-outs, refusals. Of readers nothing is
logged, nor any
address that somebody asked from.
"""

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest

logger = logging.getLogger(__name__)


def refused(request: HttpRequest) -> None:
    """Log that somebody who is signed in was refused a page; of anybody else nothing is said."""
    user = getattr(request, "user", None)
    if user and user.is_authenticated:
        logger.warning("%s was refused: %s %s", user.get_username(), request.method, request.path)


def signed_in(sender: Any, user: Any, **more: Any) -> None:
    """Log a sign-in."""
    logger.info("%s signed in", user.get_username())


def signed_out(sender: Any, user: Any, **more: Any) -> None:
    """Log a sign-out; who was not signed in has no name."""
    if user:
        logger.info("%s signed out", user.get_username())


def failed(sender: Any, credentials: dict[str, Any], **more: Any) -> None:
    """Log a failed sign-in.

    Only the name of an account that exists is told: people type a password there by mistake.
    """
    name = str(credentials.get("username", ""))
    known = "\0" not in name and get_user_model().objects.filter(username=name).exists()
    logger.warning("A sign-in failed: %s", name if known else "there is no such account")


def listen_to_sign_ins() -> None:
    """Hear of sign-ins from now on."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(failed)
