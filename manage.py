#!/usr/bin/env python3
"""The command line of the portal: `python manage.py help` lists what it can do."""

import os
import sys

from django.core.management import execute_from_command_line

from portal.env import SettingError


def main() -> None:
    """Run the command named on the command line; a wrong setting ends it with one line and exit status 2,
    Ctrl-C with 130.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    try:
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.exit(error.stop())
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
