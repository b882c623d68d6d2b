"""What a comment costs does not depend on how large the report is."""

import pytest

from tests.builders import make_many
from tests.measure.acceptance import KINDS, cost, make_report

pytestmark = pytest.mark.django_db


def test_a_comment_costs_the_same_beside_2000_initiatives_as_beside_100():
    address = make_report()
    make_many(100)
    few = {kind: cost(address, text, times=8) for kind, text in KINDS.items()}
    make_many(1900)
    for kind, text in KINDS.items():
        many = cost(address, text, times=8)
        assert many.queries == few[kind].queries, kind
        assert many.memory < 1.5 * few[kind].memory, kind
        assert many.cpu < 2 * few[kind].cpu, kind
