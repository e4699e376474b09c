"""Pieces of pages that people write."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from werkplaats.core.components import component

_PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 960 540'%3E"
    "%3Crect width='960' height='540' fill='%23bfe3d7'/%3E%3Ccircle cx='480' cy='270' r='120' fill='%230b5c4f'/%3E"
    "%3C/svg%3E"
)


@component(
    "figure",
    "site/components/figure.html",
    examples=(
        (
            "Met bijschrift en maker",
            {
                "src": _PICTURE,
                "width": 960,
                "height": 540,
                "alt": "Een ronde tafel met acht deelnemers.",
                "caption": "De eerste bijeenkomst van de kenniskring.",
                "credit": "Werkplaats Utrecht (demo)",
            },
        ),
        ("Alleen ter versiering", {"src": _PICTURE, "width": 960, "height": 540, "alt": ""}),
    ),
)
@dataclass(frozen=True)
class Figure:
    """A picture in sizes for every screen; an empty ``alt`` says that it tells nothing the text does not."""

    src: str
    width: int
    height: int
    alt: str
    srcset: str = ""
    sizes: str = ""
    caption: str = ""
    credit: str = ""


@component(
    "download",
    "site/components/download.html",
    examples=(
        ("PDF", {"title": "Verslag van het eerste jaar", "url": "#", "size": 1_340_000}),
        ("Grootte onbekend", {"title": "Werkplan", "url": "#"}),
    ),
)
@dataclass(frozen=True)
class Download:
    """A document to save; ``size`` in bytes."""

    title: str
    url: str
    size: int | None = None
    kind: Any = "PDF"


@component(
    "dateline",
    "site/components/dateline.html",
    examples=(
        ("Nieuws", {"day": "3 februari 2026", "who": "Utrecht", "url": "#"}),
        ("Landelijk, bijgewerkt", {"day": "3 februari 2026", "who": "Landelijk", "changed": "9 maart 2026"}),
        ("Nog niet op de site", {"day": "", "who": "Utrecht"}),
    ),
)
@dataclass(frozen=True)
class Dateline:
    """When something was written and by whom."""

    day: str
    who: str
    url: str = ""
    changed: str = ""

    @property
    def when(self) -> Any:
        """The day in words, or that it is not there yet."""
        return self.day or _("Nog niet op de site")
