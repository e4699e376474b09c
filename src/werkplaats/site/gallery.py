"""One page with every component in every state, to look at and to test against."""

from dataclasses import MISSING, Field, dataclass, fields
from inspect import cleandoc

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from werkplaats.core import components


@dataclass(frozen=True)
class Shown:
    """A component as the gallery lists it."""

    name: str
    purpose: str
    props: str
    states: list[tuple[str, SafeString]]


def _prop(field: "Field[object]") -> str:
    """A property as one writes it in a template, with its default."""
    if field.default is MISSING:
        return field.name
    plain = isinstance(field.default, (bool, int, tuple))
    return f"{field.name}={field.default!r}" if plain else f'{field.name}="{field.default}"'


def shown(item: components.Registered, request: HttpRequest) -> Shown:
    """A registered component with every example drawn."""
    shared = {"request": request, "LANGUAGE_CODE": get_language()}
    return Shown(
        name=item.name,
        purpose=cleandoc(item.props.__doc__ or "").split("\n")[0].replace("``", ""),
        props=", ".join(_prop(field) for field in fields(item.props)),
        states=[(state, components.render(item.name, shared, **props)) for state, props in item.examples],
    )


def gallery(request: HttpRequest) -> HttpResponse:
    """Draw all components."""
    items = [shown(item, request) for item in components.registered()]
    return render(request, "site/gallery.html", {"items": items})
