"""One change of the report at a time, on both databases."""

from django.db import connection

# Any number will do, as long as nothing else on the database server uses it (portal/upgrading.py has
# another).
LOCK = 5_062_017
# Whoever still waits then is told that the database is busy; the browser keeps what was typed.
SECONDS = 20


def lock_report() -> None:
    """Wait until nobody else changes the report; nobody else does until the transaction ends. Read what is to
    change after it.

    SQLite lets one transaction write at a time by itself (portal/env.py). On PostgreSQL one lock stands for
    the whole report: with one for each row, two who take several in different orders wait for each other, and
    nothing holds what is no row, such as “nothing hangs on this section”. To take it again in the same
    transaction does nothing. Raises django.db.OperationalError where it takes longer than SECONDS.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)",
                [f"{SECONDS}s", LOCK],
            )
