"""Gunicorn's own log, without what it would say of the people who ask."""

import sys
from typing import Any

from gunicorn.glogging import Logger

from portal.faults import reason


class QuietLogger(Logger):
    """Logs that a request failed and by what kind of error; never its address, the query in it, or the
    error's words.

    What goes wrong while a worker starts is nobody's request: it is logged whole.
    """

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """Log the message's fixed part and the kind of error, without its arguments and its traceback."""
        if msg == "Exception in worker process" or isinstance(msg, SyntaxError):
            return super().exception(msg, *args, **kwargs)
        error = sys.exc_info()[1]
        return self.error_log.error(
            "%s: %s", str(msg).replace("%s", "").strip(), reason(error) if error else "unknown"
        )

    def access(self, *args: Any, **kwargs: Any) -> None:
        """Log no request, also where somebody asks gunicorn for an access log."""
