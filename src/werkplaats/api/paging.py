"""Lists a page at a time, with the addresses of the pages around it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse

from werkplaats.api.problems import Refused

PER_PAGE = 20


class Rows(Protocol):
    """What can be counted and cut: a queryset, or what a search found."""

    def count(self) -> int:
        """How many in all."""

    def __getitem__(self, part: slice) -> Any:
        """Some of them, in order."""


Place = Mapping[str, Any]


def page_of(rows: Rows, number: int, request: HttpRequest, response: HttpResponse) -> tuple[list[Any], Place]:
    """The rows of one page, and what the answer says about where it stands. Raises Refused (404) past the last.

    The same addresses go in the header Link.
    """
    total = rows.count()
    pages = max(1, -(-total // PER_PAGE))
    if number > pages:
        raise Refused(404, f"Bladzijde {number} is er niet: de laatste is {pages}.")
    around = {"first": 1, "prev": number - 1, "next": number + 1, "last": pages}
    known = {name: _address(request, at) for name, at in around.items() if 1 <= at <= pages}
    response.headers["Link"] = ", ".join(f'<{address}>; rel="{name}"' for name, address in known.items())
    links = {"self": {"href": request.build_absolute_uri()}}
    for name, rel in (("volgende", "next"), ("vorige", "prev")):
        if rel in known:
            links[name] = {"href": known[rel]}
    place = {"totaal": total, "pagina": number, "paginas": pages, "per_pagina": PER_PAGE, "_links": links}
    return list(rows[(number - 1) * PER_PAGE : number * PER_PAGE]), place


def _address(request: HttpRequest, number: int) -> str:
    given = request.GET.copy()
    given["pagina"] = str(number)
    return request.build_absolute_uri(f"{request.path}?{given.urlencode()}")
