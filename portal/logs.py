"""What must not stand in a log although it is part of an address or a name."""

import logging
import re

TOKEN = re.compile(r"(/share/)[^/\s?#\"']+")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Filter):
    """Takes the secret out of the addresses of share links: whoever reads a log could open the drafts with
    it.

    It keeps a message on one line, so that no address can write a line of its own, and adds the code that the
    page for a fault of ours names (portal/errors.py).
    """

    def filter(self, record: logging.LogRecord) -> bool:
        said = CONTROL.sub(" ", TOKEN.sub(r"\1…", record.getMessage()))
        fault = getattr(getattr(record, "request", None), "fault", "")
        record.msg, record.args = f"{said} [{fault}]" if fault else said, ()
        return True
