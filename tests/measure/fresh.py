"""A database of a measurement's own."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from tests.conftest import pytest_configure


@contextmanager
def database() -> Iterator[None]:
    """Let the block use an empty, migrated database, made beside the one that DATABASE_URL names and gone
    afterwards.
    """
    pytest_configure()
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(made, verbosity=0)
