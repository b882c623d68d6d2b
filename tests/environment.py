"""Loaded before the settings are read (see pyproject.toml): tests never touch the data of a site that runs
from this folder.
"""

import atexit
import gc
import os
import shutil
import tempfile

# Playwright keeps an event loop running in the process, in which Django would refuse every query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
os.environ["PORTAL_DATA"] = tempfile.mkdtemp(prefix="portal-tests-")
atexit.register(shutil.rmtree, os.environ["PORTAL_DATA"], ignore_errors=True)
# The run holds on to thousands of objects; to go through them again and again takes a twentieth of its time.
gc.set_threshold(100_000, 50, 100)
for name in (
    "PORTAL_ENV",
    "DEBUG",
    "PORT",
    "SECRET_KEY",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "TIME_ZONE",
    "TRUST_PROXY",
    "PROXY_SENDS_FILES",
):
    os.environ.pop(name, None)
