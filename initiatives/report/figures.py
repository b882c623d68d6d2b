"""Numbers about the report as a whole, counted from its data by rules that the labels state."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from initiatives.models import Initiative
from initiatives.models.facts import Participation
from initiatives.report import wording
from initiatives.report.report import Report

Status = Initiative.Status
TAKING_PART = {
    Participation.Role.LEAD.value,
    Participation.Role.PARTNER.value,
    Participation.Role.FUNDER.value,
}
# What is only planned, proposed, studied or called for has its money still to come.
TO_COME = {Status.PLANNED.value, Status.PROPOSED.value, Status.STUDIED.value, Status.SUPPORTED.value}
RUNNING = {Status.UNDER_WAY.value, Status.ONGOING.value, Status.RECURRING.value}


@dataclass(frozen=True)
class Number:
    """A number to show large: the number in words, what it counts, and by what rule."""

    value: str
    label: str
    rule: str


@dataclass(frozen=True)
class StatusCount:
    """How many initiatives have a status; `share` is that in percent of the most frequent status, for a
    bar.
    """

    status: str
    count: int
    share: int


def leading_numbers(report: Report) -> list[Number]:
    """Return the leading numbers of the home page; those that would be zero are left out."""
    if not report.initiatives:
        return []
    return [
        Number(
            f"{len(report.initiatives):,}",
            "initiatives",
            "Every one listed in this report, each counted once.",
        ),
        *running(report),
        *partners(report),
        *grants(report),
    ]


def running(report: Report) -> Iterator[Number]:
    """Yield how many initiatives are being carried out."""
    count = sum(node.fields.get("status") in RUNNING for node in report.initiatives)
    if count:
        yield Number(f"{count:,}", "being carried out", "Those that are under way, ongoing or recurring.")


def partners(report: Report) -> Iterator[Number]:
    """Yield how many agencies and partners take part in an initiative; whoever is only asked to act does
    not.
    """
    rows = (row for node in report.initiatives for row in node.fields.get("agencies", []))
    keys = {row["agency"] for row in rows if row["role"] in TAKING_PART}
    count = len(report.refer(keys))
    if count:
        yield Number(
            f"{count:,}", "agencies and partners", "All that lead, help with or fund at least one initiative."
        )


def grants(report: Report) -> Iterator[Number]:
    """Yield the sum of the grants in the currency that most of them are in; only sums that are stated as
    exact count.

    What an initiative that has not begun is to get is no grant yet.
    """
    begun = (node for node in report.initiatives if node.fields.get("status") not in TO_COME)
    rows = [row for node in begun for row in node.fields.get("amounts", []) if is_exact_grant(row)]
    if not rows:
        return
    currency = Counter(row["currency"] for row in rows).most_common(1)[0][0]
    sums = [Decimal(row["amount"]) for row in rows if row["currency"] == currency]
    kept_to = f" in {currency}" if len(sums) < len(rows) else ""
    counted = (
        f"The {len(sums)} grants{kept_to} whose exact sum is given, added up."
        if len(sums) > 1
        else "The one exact sum given."
    )
    yield Number(
        wording.currency_sum(sum(sums, Decimal(0)), currency),
        "in grants",
        f"{counted} No other money is in it.",
    )


def is_exact_grant(row: dict[str, Any]) -> bool:
    """Say whether an amount is a grant as a whole (not so much per hour or head) whose sum is exact."""
    return row["sort"] == "grant" and row["qualifier"] == "exactly" and not row["per"]


def statuses(report: Report) -> list[StatusCount]:
    """Return how many initiatives have each status, in the order of the statuses, without those that none
    has.
    """
    counts = Counter(node.fields.get("status", "") for node in report.initiatives)
    most = max(counts.values(), default=1)
    return [
        StatusCount(name, counts[name], round(100 * counts[name] / most))
        for name in Status.values
        if counts[name]
    ]
