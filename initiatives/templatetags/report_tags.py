"""Words and lookups for templates: {% load report_tags %}"""

import json
import re
from typing import Any

from django import template
from django.db import Error
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from initiatives.report import wording
from initiatives.report.report import Node, Report
from initiatives.text import markdown

register = template.Library()

register.filter("money", wording.money_words)
register.filter("money_for", wording.money_for)
register.filter("money_line", wording.money_line)
register.filter("figure", wording.figure)
register.filter("status_label", wording.status)

# A script element ends at "</script" whatever its type, so these three never stand in one as they are.
IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def current_report(context: Any) -> Report | None:
    """Return the report that the page was given, which may be None; else the live one, or None where the
    database fails.
    """
    if "report" in context:
        return context["report"]
    try:
        report = Report.live()
        report.load_html([])
    except Error:
        return None
    return report


@register.simple_tag(takes_context=True)
def references(context: Any, node: Node, name: str) -> list[Node]:
    """Return the audiences, places or documents of an initiative, those that the public may see."""
    return context["report"].refer(node.fields.get(name, []))


@register.simple_tag(takes_context=True)
def participants(context: Any, node: Node, role: str) -> list[Node]:
    """Return the agencies that have a role in an initiative: "lead", "partner", "funder" or "asked"."""
    rows = node.fields.get("agencies", [])
    return context["report"].refer(row["agency"] for row in rows if row["role"] == role)


@register.simple_tag
def status_meanings() -> list[tuple[str, str]]:
    """Return each status with what it says, in the order of the statuses."""
    return list(wording.MEANINGS.items())


@register.filter
def when(row: dict[str, Any]) -> str:
    """Return a date in words as HTML, marked up for machines where HTML can say it."""
    bound, words, machine = (
        wording.BOUNDS.get(row["qualifier"], ""),
        wording.edtf(row["date"]),
        wording.machine_date(row["date"]),
    )
    words = words if bound else words[:1].upper() + words[1:]
    bound = f"{bound[:1].upper()}{bound[1:]} " if bound else ""
    if not machine:
        return format_html("{}{}", bound, words)
    return format_html('{}<time datetime="{}">{}</time>', bound, machine, words)


@register.filter
def spoken(words: str) -> str:
    """Return words as HTML in which the dash of a range is read out as "to"."""
    parts = re.split(r"(?<=\d)–(?=\d)", words)
    if len(parts) != 2:
        return words
    return format_html(
        '{}<span aria-hidden="true">–</span><span class="visually-hidden"> to </span>{}', *parts
    )


@register.filter
def under(html: str, level: int) -> SafeString:
    """Return rendered Markdown with its headings one level below the heading (1 to 5) that it stands
    under.
    """
    return mark_safe(markdown.shift(html, level - 1))  # noqa: S308 - sanitised when it was recorded


@register.filter
def suffix(name: str) -> str:
    """Return the kind of a file by its name, as people say it: "PDF"."""
    return name.rpartition(".")[2].upper()


@register.filter
def ld_json(data: dict[str, Any]) -> SafeString:
    """Return JSON that can stand inside a script element."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(IN_SCRIPT))  # noqa: S308 - nothing in it ends the element
