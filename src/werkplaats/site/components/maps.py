"""The map of municipalities: a hexagon each, or their real boundaries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from werkplaats.core import outlines
from werkplaats.core.components import component
from werkplaats.places.models import Boundary
from werkplaats.places.queries import Land, hexagons

Text: TypeAlias = str | Promise
_LIST = _("Deze kaart als lijst")
_MARGIN = 24


class Look(NamedTuple):
    """How a state is drawn where no style sheet is at hand; without a fill the map has a pattern of its name."""

    fill: str = ""
    line: str = "#ffffff"
    dashes: str = ""


# Each tells itself apart without its colour: by its darkness, its lines or dots, or the line around it.
PATTERNS = {
    "solid": Look("#8ecdbb"),
    "strong": Look("#0b5c4f"),
    "soft": Look("#dcefe8", "#fbfaf7"),
    "hatch": Look(line="#0b5c4f"),
    "dots": Look(line="#0b5c4f"),
    "blank": Look("#ffffff", "#6f7a76", "14 10"),
    "accent": Look("#ffc740", "#231a02"),
}


class Tile(NamedTuple):
    """A municipality on the map: what it is in (``state``), what is said of it (``label``), and where it leads."""

    code: str
    name: str
    state: str
    label: Text
    url: str


class Row(NamedTuple):
    """One line of the legend, with the municipalities it is about."""

    state: str
    label: Text
    pattern: str
    look: Look
    tiles: list[Tile]


class Ground(NamedTuple):
    """The land between the tiles of one state."""

    pattern: str
    look: Look
    path: str


def _sketch() -> dict[str, Any]:
    """A map for the gallery: three provinces."""
    states = {"GM0106": "wel", "GM0109": "wel", "GM0114": "wel", "GM0118": "opbouw", "GM0119": "opbouw"}
    names = {"GM0106": "Assen", "GM0109": "Coevorden", "GM0114": "Emmen", "GM0118": "Hoogeveen", "GM0119": "Meppel"}
    tiles = [Tile(code, name, states[code], "", "#") for code, name in names.items()]
    tiles += [Tile("GM1680", "Aa en Hunze", "niet", "", "#"), Tile("GM9999", "Nieuwland", "niet", "", "#")]
    tiles += _others(names, "GM1680")
    return {
        "name": "voorbeeld",
        "named": False,
        "listed": True,
        "tiles": tiles,
        "legend": (
            ("wel", "doet mee", "solid"),
            ("opbouw", "in opbouw", "hatch"),
            ("niet", "leeg", "blank"),
            ("elders", "elders", "soft"),
        ),
        "summary": "Kaart van zes gemeenten: drie doen mee, twee zijn in opbouw en één is leeg.",
        "regions": (("DR", {"GM0106", "GM0109", "GM0114"}), ("ZD", {"GM0118", "GM0119"})),
    }


def _others(*names: Any) -> list[Tile]:
    """The rest of the country, to see where something lies."""
    here = {code for some in names for code in ([some] if isinstance(some, str) else some)}
    return [Tile(code, code, "elders", "", "#") for code in hexagons().pieces if code not in here]


def _every_pattern() -> dict[str, Any]:
    tiles = [Tile(code, code, list(PATTERNS)[n % len(PATTERNS)], "", "#") for n, code in enumerate(hexagons().pieces)]
    legend = tuple((name, name, name) for name in PATTERNS)
    return {
        "name": "patronen",
        "tiles": tiles,
        "legend": legend,
        "summary": "Alle patronen.",
        "listed": False,
        "named": False,
    }


@component(
    "map",
    "site/components/map.html",
    examples=(
        ("Drie toestanden, twee gebieden, en een gemeente zonder plek", _sketch()),
        ("Alle patronen, zonder lijst", _every_pattern()),
        (
            "Klein: waar iets ligt",
            {
                "name": "klein",
                "tiles": [
                    Tile("GM0344", "Utrecht", "hier", "", "#"),
                    Tile("GM0356", "Nieuwegein", "regio", "", "#"),
                    *_others("GM0344", "GM0356"),
                ],
                "legend": (
                    ("hier", "deze gemeente", "accent"),
                    ("regio", "zelfde werkplaats", "strong"),
                    ("elders", "elders", "soft"),
                ),
                "summary": "Kaart: Utrecht en Nieuwegein.",
                "listed": False,
                "named": False,
                "caption": "Waar Utrecht ligt.",
            },
        ),
    ),
)
@dataclass(frozen=True)
class Map:
    """Municipalities on a map: tiles of (code, name, state, label, url), legend of (state, label, pattern).

    ``name`` tells two maps of one page apart. ``regions``: (short name, codes) of what has a border around it.
    ``listed``: whether the municipalities also stand below in a list; leave it out only where the page has one itself,
    and name it with ``list_url``. ``named``: whether each says its name when pointed at. ``download``: the same map as
    a file of its own. ``land`` is what is drawn; without it real boundaries, or hexagons as long as there are none.
    """

    tiles: Any
    legend: Any
    summary: Text
    name: str = "kaart"
    caption: Text = ""
    regions: Any = ()
    listed: bool = True
    list_label: Text = _LIST
    list_url: str = ""
    named: bool = True
    download: str = ""
    land: Land | None = None

    @cached_property
    def _land(self) -> Land:
        return self.land or Boundary.objects.land()

    @cached_property
    def view_box(self) -> str:
        """The window of the drawing, in hectometres."""
        west, north, east, south = self._land.extent
        wide, high = east - west + 2 * _MARGIN, south - north + 2 * _MARGIN
        return f"{west - _MARGIN} {north - _MARGIN} {wide} {high}"

    @cached_property
    def rows(self) -> list[Row]:
        """The legend: only what the map has, each with its municipalities by name."""
        found = []
        for state, label, pattern in self.legend:
            tiles = sorted((Tile(*tile) for tile in self.tiles if tile[2] == state), key=lambda tile: tile.name)
            if tiles:
                found.append(Row(state, label, pattern, PATTERNS[pattern], tiles))
        return found

    @cached_property
    def drawn(self) -> list[tuple[Row, list[tuple[str, Tile]], str]]:
        """Of each state its municipalities that have an outline with their paths; and all those paths as one."""
        paths = self._land.paths
        placed = [(row, [(paths[t.code], t) for t in row.tiles if t.code in paths]) for row in self.rows]
        return [(row, tiles, "".join(path for path, _tile in tiles)) for row, tiles in placed]

    @property
    def ground(self) -> list[Ground]:
        """The land between the tiles, in the state of whose it is."""
        states = {tile[0]: tile[2] for tile in self.tiles}
        paths: dict[str, list[str]] = defaultdict(list)
        for code, outline in self._land.ground:
            paths[states.get(code, "")].append(outlines.path_of(outline))
        patterns = {state: pattern for state, _label, pattern in self.legend}
        known = {state: patterns.get(state, "soft") for state in paths}
        return [Ground(known[state], PATTERNS[known[state]], "".join(some)) for state, some in paths.items()]

    @cached_property
    def borders(self) -> str:
        """The lines between regions; land of none belongs to nobody, and has a border with all."""
        groups = frozenset((code, f"{n}") for n, (_short, codes) in enumerate(self.regions) for code in codes)
        return self._land.borders(groups) if groups else ""

    @property
    def names(self) -> list[tuple[int, int, str]]:
        """Where the short name of each region stands."""
        pieces = self._land.pieces
        within = [(short, {code: pieces[code] for code in codes if code in pieces}) for short, codes in self.regions]
        return [(*outlines.heart(some), short) for short, some in within if short and some]

    @property
    def missing(self) -> list[Tile]:
        """Those that no map knows of yet: they stand beside it."""
        return [tile for row in self.rows for tile in row.tiles if tile.code not in self._land.pieces]
