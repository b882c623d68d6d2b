"""What must not stand in a log although it is part of an address."""

import logging
import re

TOKEN = re.compile(r"(/share/)[^/\s?#\"']+")


class NoTokens(logging.Filter):
    """Takes the secret out of the addresses of share links: whoever reads a log could open the drafts with it."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if "/share/" in said:
            record.msg, record.args = TOKEN.sub(r"\1…", said), ()
        return True
