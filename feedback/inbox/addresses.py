"""Where the pages of the inbox are, and how many comments a link to them names."""

from typing import Any

from django.urls import reverse


def inbox_address(name: str, query: str = "", *args: Any) -> str:
    """Return the path of a page of the inbox with a query."""
    return reverse(f"admin:feedback_comment_{name}", args=args) + (f"?{query}" if query else "")


def comments_counted(count: int) -> str:
    return f"{count:,} comment{'' if count == 1 else 's'}"
