"""What the city answered, as the report at some moment shows it: which page an answer is about, what
change it led to.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import get_script_prefix

from initiatives.addresses import of_record
from initiatives.report.report import Node, Report


@dataclass(frozen=True)
class Told:
    """An answer for readers: `about` is the page that it stands on, `change_url` where the change is that it
    led to.

    `history_url` is "" for one that was never public.
    """

    node: Node
    about: Node | None
    change_url: str
    history_url: str


def answers_of(report: Report, nodes: Iterable[Node]) -> list[Told]:
    """Return answers as they are told, newest first; a draft in a preview before all."""
    newest = sorted(
        nodes,
        key=lambda node: (node.changed is None, node.changed and node.changed.timestamp()),
        reverse=True,
    )
    return [answer_told(report, node) for node in newest]


def answer_told(report: Report, node: Node) -> Told:
    """Return one answer with the page it is about, if the public may see that, and the change that it led
    to.
    """
    about = (
        node.parent if node.parent and (node.parent in report.nodes or node.parent is report.site) else None
    )
    change = node.fields.get("led_to", "")
    past = of_record(node.kind, node.slug, "", "history") if node.changed else ""
    return Told(node, about, f"{get_script_prefix()}{change.lstrip('/')}" if change else "", past)


def all_answers(report: Report) -> list[Node]:
    """Return every answer that the report shows."""
    return [node for node in report.by_key.values() if node.kind == "answer"]


def on_page(node: Node | None) -> list[Node]:
    """Return the answers that stand on the page of an item; a section's page holds those of its
    sub-sections too.
    """
    if node is None:
        return []
    shown = [node, *node.subsections] if node.kind == "section" else [node]
    return [child for one in shown for child in one.children if child.kind == "answer"]
