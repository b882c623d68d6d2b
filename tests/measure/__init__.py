"""Measurements that print figures: each module is one, run by `make measure WHAT=<module>`."""

import os

import django

import tests.environment  # noqa: F401 - before the settings are read: no figure comes from the data of a site

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django.setup()
