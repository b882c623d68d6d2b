"""What the templates of the inbox ask for."""

from django import template

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """Return a number with commas: 12,345."""
    return f"{number:,}"
