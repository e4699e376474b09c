"""All addresses that the program answers to, from the URLconf itself, and how to ask for one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

from tests.access.table import REST, Row, covers
from werkplaats.core.uid import new_uid

# What stands in an address when the record that it is about has no such part.
_MADE_UP: dict[str, Any] = {"uidb36": "1", "key": "verlopen-sleutel", "slug": "in-woorden"}
_BY_CONVERTER: dict[str, Any] = {
    "int": 1,
    "IntConverter": 1,
    "UidConverter": new_uid("onbekend"),
    "UUIDConverter": "0" * 32,
}
# A part of an address that is another field of the record.
_CALLED = {"sleutel": "uid"}


@dataclass(frozen=True)
class Address:
    """One pattern of the URLconf."""

    key: str
    route: str
    parts: tuple[Any, ...]
    has_name: bool

    @property
    def can_be_asked(self) -> bool:
        """Whether a path can be made of it: not of an expression without a name."""
        return self.has_name or not any(isinstance(part, RegexPattern) for part in self.parts)

    def path(self, record: Any = None) -> str:
        """The path to ask for, about this record. Raises NoReverseMatch for an expression without a name."""
        known = {name: value for part in self.parts for name, value in _arguments(part, record)}
        if self.has_name:
            return reverse(self.key, kwargs=known or None)
        if not self.can_be_asked:
            raise NoReverseMatch(self.route)
        text = self.route
        for part in self.parts:
            for name, converter in part.converters.items():
                for written in (f"<{name}>", *(f"<{kind}:{name}>" for kind in _written_as(converter))):
                    text = text.replace(written, str(known[name]))
        return f"/{text}"


def _written_as(converter: Any) -> list[str]:
    from django.urls.converters import get_converters

    return [name for name, one in get_converters().items() if one is converter or type(one) is type(converter)]


def _arguments(part: Any, record: Any) -> Iterator[tuple[str, Any]]:
    names = dict(part.converters) if isinstance(part, RoutePattern) else {}
    if isinstance(part, RegexPattern):
        names = dict.fromkeys(part.regex.groupindex, 1)
    for name, converter in names.items():
        own = getattr(record, _CALLED.get(name, name), None)
        made_up = _MADE_UP.get(name, _BY_CONVERTER.get(type(converter).__name__, "x"))
        yield name, own if own not in {None, ""} else made_up


def addresses(patterns: Iterable[Any] | None = None) -> list[Address]:
    """Every pattern. The key is its name; its route when it has none, or when another has the same."""
    found = list(_walk(patterns if patterns is not None else get_resolver().url_patterns, (), "", ""))
    number = Counter(one.key for one in found if one.has_name)
    unsure = {key for key, times in number.items() if times > 1}
    return [
        Address(one.route, one.route, one.parts, False) if one.key in unsure and one.has_name else one for one in found
    ]


def _walk(patterns: Iterable[Any], before: tuple[Any, ...], route: str, space: str) -> Iterator[Address]:
    for one in patterns:
        own = str(one.pattern)
        # As Django itself writes the route of what it found.
        parts, here = (*before, one.pattern), route + (own.removeprefix("^") if route else own)
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _walk(one.url_patterns, parts, here, inner)
        elif isinstance(one, URLPattern):
            yield Address(f"{space}{one.name}" if one.name else here, here, parts, bool(one.name))


def asked_by(row: Row, every: Iterable[Address]) -> list[Address]:
    """The addresses that a row is about: one, or all that begin alike."""
    if row.address.startswith("/"):
        route = _route(row.address)
        return [one for one in every if one.route == route]
    return [one for one in every if covers(row, one.key, one.route)]


def _route(path: str) -> str | None:
    try:
        return str(resolve(path.partition("?")[0]).route)
    except Resolver404:
        return None


def without_row(rows: Iterable[Row], every: Iterable[Address]) -> list[str]:
    """Addresses that no row is about, as they should be written in the column adres."""
    every = list(every)
    told = [row for row in rows if row.channel not in {"overal", "regel"}]
    literal = {_route(row.address) for row in told if row.address.startswith("/")}
    names = {row.address for row in told}
    begins = tuple(row.address.removesuffix(REST) for row in told if row.address.endswith(REST))
    return [
        one.key
        for one in every
        if not (
            one.key in names or one.route in names or one.route in literal or one.route.startswith(begins or ("\0",))
        )
    ]


def without_address(rows: Iterable[Row], every: Iterable[Address]) -> list[str]:
    """Rows about an address that is not there any more. One with a path asks for that path, whatever is there."""
    every = list(every)
    asked = (row for row in rows if row.channel not in {"overal", "regel"} and not row.address.startswith("/"))
    return sorted({f"regel {row.line}: {row.address}" for row in asked if not asked_by(row, every)})
