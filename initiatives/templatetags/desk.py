"""What the templates of the desk ask for."""

from typing import Any

from django import template

from initiatives.desk import Need, needs

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_needs(context: dict[str, Any]) -> list[Need]:
    """Return what waits for the person who looks at the page."""
    return needs(context["request"].user)
