"""Every address there is, with an example for each of its parts: made from the URLconf, so none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any
from uuid import UUID

from django.urls import URLResolver, get_resolver
from django.urls.converters import get_converters
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern
from django.utils.regex_helper import normalize

_EXAMPLES = {
    "int": 1,
    "uuid": UUID("6f1a3f0e-7b1c-4b5e-9c3e-2f1d0a9b8c7d"),
    "uid": "vraag-01ARZ3NDEKTSV4RRFFQ69G5FAV",
}


def every_address(patterns: Any = None, prefixes: tuple[str, ...] = ("/",)) -> Iterator[str]:
    """One example of each address, the site's in both languages."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = tuple(before + part for before, part in product(prefixes, _examples(pattern.pattern)))
        if isinstance(pattern, URLResolver):
            yield from every_address(pattern.url_patterns, here)
        else:
            yield from here


def _examples(pattern: Any) -> tuple[str, ...]:
    if isinstance(pattern, LocalePrefixPattern):
        return ("", "en/")
    if isinstance(pattern, RoutePattern):
        return (_filled(pattern),)
    assert isinstance(pattern, RegexPattern)
    return tuple(text % dict.fromkeys(names, "1") for text, names in normalize(pattern.regex.pattern))


def _filled(pattern: RoutePattern) -> str:
    text, kinds = str(pattern), {kind: name for name, kind in get_converters().items()}
    for name, converter in pattern.converters.items():
        kind = kinds.get(converter, "str")
        value = converter.to_url(_EXAMPLES.get(kind, "x"))
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            text = text.replace(written, value)
    return text
