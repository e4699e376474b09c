"""Components: pieces of page with declared properties.

A component is a frozen dataclass (its fields are the properties a template may
give) registered under a name with the template that draws it. A property that
was not declared, or a required one left out, is an error at rendering: a page
cannot quietly show half a component. ``examples`` lists every state worth
seeing; the gallery page draws them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

T = TypeVar("T", bound=type)


@dataclass(frozen=True)
class Registered:
    """A component: its name, its template, the class that declares its properties."""

    name: str
    template: str
    props: type
    examples: tuple[tuple[str, dict[str, Any]], ...]


_registered: dict[str, Registered] = {}


def component(name: str, template: str, examples: tuple[tuple[str, dict[str, Any]], ...]) -> Callable[[T], T]:
    """Register a frozen dataclass as the component ``name``.

    ``examples`` holds (state in words, properties) pairs, at least one.
    """

    def register(props: T) -> T:
        if not examples:
            raise ValueError(f"component {name} shows no state in the gallery")
        _registered[name] = Registered(name, template, props, examples)
        return props

    return register


def registered() -> list[Registered]:
    """All components, by name."""
    return [_registered[name] for name in sorted(_registered)]


def render(name: str, context: dict[str, Any] | None = None, /, **props: Any) -> SafeString:
    """Draw component ``name``; raises KeyError for an unknown name and TypeError for wrong properties."""
    found = _registered[name]
    instance = found.props(**props)
    values = {field.name: getattr(instance, field.name) for field in fields(instance)}
    return render_to_string(found.template, {**(context or {}), **values, "component": instance})
