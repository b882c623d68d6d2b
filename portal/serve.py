"""gunicorn, run as `python -m portal.serve` with its own arguments: Ctrl-C ends it in peace also while it
loads the site.
"""

import signal
import sys


def main() -> None:
    """Run gunicorn; where it is interrupted before it listens to signals itself, end with exit status 130."""
    try:
        # `manage.py start` holds Ctrl-C back until here, or an interrupt while Python starts would print a
        # traceback.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        from gunicorn.app.wsgiapp import run  # noqa: PLC0415 - what it loads can be interrupted, too

        run(prog="gunicorn")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
