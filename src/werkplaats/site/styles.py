"""The colours of a werkplaats as a style sheet at an address that says what is in it."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from werkplaats.core import colours
from werkplaats.news.forms import ACCENT, MAIN
from werkplaats.news.models import RegionalSite

_HASH = 12


def style_of(site: RegionalSite | None) -> str:
    """The address of its style sheet; nothing when it wears the colours of the house."""
    if site is None or not (site.colour or site.accent):
        return ""
    main, accent = (site.colour or MAIN).lstrip("#"), (site.accent or ACCENT).lstrip("#")
    return reverse("region-style", kwargs={"main": main, "accent": accent, "digest": digest_of(main, accent)})


def dark_of(site: RegionalSite | None) -> str:
    """The darkest shade, for the bar of a browser."""
    return colours.palette((site.colour if site else "") or MAIN)["green-950"]


@lru_cache(maxsize=256)
def sheet(main: str, accent: str) -> str:
    """The style sheet of these two colours: nothing but the values of the shades."""
    shades = colours.palette(f"#{main}", f"#{accent}")
    lines = [f"--{name}:{value};" for name, value in sorted(shades.items())]
    return f"@layer tokens{{:root{{{''.join(lines)}}}}}\n"


def digest_of(main: str, accent: str) -> str:
    """What the address says of the contents."""
    return hashlib.sha256(sheet(main, accent).encode()).hexdigest()[:_HASH]


def stylesheet(request: HttpRequest, main: str, accent: str, digest: str) -> HttpResponse:
    """The sheet at this address, for ever: another colour has another address."""
    fits = colours.reads_on(f"#{main}", colours.WHITE, colours.PAPER) and colours.reads_on(
        f"#{accent}", colours.INK, least=colours.BRIGHT
    )
    if not fits or digest_of(main, accent) != digest:
        raise Http404
    response = HttpResponse(sheet(main, accent), content_type="text/css; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
