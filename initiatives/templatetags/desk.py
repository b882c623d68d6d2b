"""What the templates of the desk ask for."""

from typing import Any

from django import template

from initiatives.desk.tasks import Need, needs
from initiatives.models import Site

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_needs(context: dict[str, Any]) -> list[Need]:
    """Return what waits for the person who looks at the page."""
    return needs(context["request"].user)


@register.simple_tag
def is_sandbox() -> bool:
    """Say whether the report is a made-up one."""
    return Site.objects.filter(is_sandbox=True).exists()
