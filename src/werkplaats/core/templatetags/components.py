"""``{% component "name" prop=value %}`` in templates."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from werkplaats.core import components

register = template.Library()


@register.simple_tag(takes_context=True, name="component")
def draw(context: dict[str, Any], name: str, /, **props: Any) -> SafeString:
    """Draw a component with the page's request and language, but none of its other variables."""
    shared: dict[str, Any] = {key: context[key] for key in ("request", "csrf_token", "LANGUAGE_CODE") if key in context}
    return components.render(name, shared, **props)
