"""Whatever is done at the desk, in whatever order: nothing overlaps, leaks, is lost or is rewritten."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.initiatives.desk_machine import DeskMachine

# More with PORTAL_EXAMPLES=500, in random order and with what fails made small.
EXAMPLES = int(os.environ.get("PORTAL_EXAMPLES", "0"))


@pytest.mark.django_db
def test_whatever_is_done_the_past_stays_what_the_public_saw(clock):
    DeskMachine.clock = clock
    run_state_machine_as_test(
        DeskMachine,
        settings=settings(
            max_examples=EXAMPLES or 8,
            stateful_step_count=50 if EXAMPLES else 20,
            derandomize=not EXAMPLES,
            phases=list(Phase) if EXAMPLES else [Phase.generate],
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
