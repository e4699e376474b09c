"""Small helps for the templates of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import CheckboxSelectMultiple, RadioSelect

register = template.Library()


@register.filter
def of(values: Mapping[str, Any] | str, name: str) -> Any:
    """The value under this name, empty when there is none."""
    return values.get(name, "") if isinstance(values, Mapping) else ""


@register.filter
def is_group(field: Any) -> bool:
    """Whether a field is several controls under one legend."""
    return isinstance(field.field.widget, CheckboxSelectMultiple | RadioSelect)
