"""Planning: the fewest places from which all blank spots of a layer are near, and what each one more would bring.

A site is a municipality; it serves all blank spots within a radius, in a straight line from point to point.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Semaphore
from typing import TypeAlias

from werkplaats.network.queries.coverage import Coverage, Row
from werkplaats.network.rules import Layer
from werkplaats.places.models import Municipality
from werkplaats.stats import location
from werkplaats.stats.location import TooMuch

__all__ = ["MOST_STEPS", "Plan", "Site", "Step", "TooMuch", "plan"]

MOST_STEPS = 10
# Seconds for the fewest sites, and for the curve.
_SECONDS, _CURVE_SECONDS = 4.0, 2.0

# How many seconds someone waits for the turn of another, and how many plans a process keeps.
_WAITING, _MOST_KEPT = 1.0, 64

# What counts of a place: latitude, longitude, people.
Place: TypeAlias = tuple[float, float, int]
Worked: TypeAlias = tuple[location.Cover, list[int], location.Curve]
_kept: dict[tuple[tuple[Place, ...], tuple[Place, ...], int], Worked] = {}
_turn = Semaphore()


def _nothing() -> None:
    """Nobody counts."""


@dataclass(frozen=True)
class Site:
    """A municipality to begin in, and the blank spots to which it is the nearest of those chosen."""

    municipality: Municipality
    serves: tuple[Row, ...]

    @property
    def people(self) -> int:
        """Inhabitants of what it serves."""
        return sum(row.people for row in self.serves)


@dataclass(frozen=True)
class Step:
    """So many sites reach at most so many people; ``more`` than with one less."""

    sites: int
    people: int
    more: int


@dataclass(frozen=True)
class Plan:
    """The fewest sites, the most people served first, and the curve.

    ``people``: of all blank spots with a point. ``unplaced``: those without one, which no site can serve. ``settled``:
    ties were worked out to the end. ``whole``: the curve was not cut short by the time.
    """

    layer: Layer
    radius_km: int
    sites: list[Site]
    steps: list[Step]
    people: int
    unplaced: list[Row]
    settled: bool
    whole: bool


def plan(found: Coverage, layer: Layer, radius_km: int, *, before: Callable[[], None] = _nothing) -> Plan:
    """The plan that closes the blank spots of a layer. Raises TooMuch when that takes more than some seconds.

    ``before`` is called when it has to be worked out, and not when it is kept: what it raises stops it.
    """
    rows = sorted(found.rows, key=lambda row: row.municipality.code)
    places = [row for row in rows if row.municipality.lat is not None and row.municipality.lon is not None]
    blank = [row for row in places if not row.via(layer)]
    cover, nearest, curve = _worked_out(
        tuple(_place(row) for row in places), tuple(_place(row) for row in blank), radius_km, before
    )
    served: dict[int, list[Row]] = defaultdict(list)
    for row, site in zip(blank, nearest, strict=True):
        served[site].append(row)
    by_name = {site: sorted(some, key=lambda row: row.municipality.name) for site, some in served.items()}
    sites = [Site(places[site].municipality, tuple(by_name.get(site, []))) for site in cover.sites]
    fewer = (0, *curve.people)
    return Plan(
        layer=layer,
        radius_km=radius_km,
        sites=sorted(sites, key=lambda site: (-site.people, site.municipality.code)),
        steps=[Step(number, people, people - fewer[number - 1]) for number, people in enumerate(curve.people, 1)],
        people=sum(row.people for row in blank),
        unplaced=[row for row in rows if not row.via(layer) and row not in places],
        settled=cover.settled,
        whole=curve.whole,
    )


def _place(row: Row) -> Place:
    return row.municipality.lat or 0.0, row.municipality.lon or 0.0, row.people


def _worked_out(
    places: tuple[Place, ...], blank: tuple[Place, ...], radius_km: int, before: Callable[[], None]
) -> Worked:
    """What is kept, or worked out: by one at a time, so that whoever asks a lot leaves the rest of the site alone.

    Only what was worked out to the end is kept; what a busy machine cut short is not.
    """
    asked = (places, blank, radius_km)
    if asked in _kept:
        return _kept[asked]
    before()
    if not _turn.acquire(timeout=_WAITING):
        raise TooMuch
    try:
        found = _kept.get(asked) or _work_out(*asked)
        if found[0].settled and found[2].whole:
            _kept[asked] = found
            # The oldest goes.
            for old in list(_kept)[:-_MOST_KEPT]:
                _kept.pop(old, None)
    finally:
        _turn.release()
    return found


def forget() -> None:
    """Nothing was worked out yet."""
    _kept.clear()


def _work_out(places: tuple[Place, ...], blank: tuple[Place, ...], radius_km: int) -> Worked:
    """The cover, for each blank spot the nearest of its sites, and the curve."""
    # Loading the solver is no part of the seconds it may think.
    location.load()
    distances = location.great_circle([place[:2] for place in places], [place[:2] for place in blank])
    reach = location.within(distances, radius_km)
    people = [place[2] for place in blank]
    cover = location.fewest_sites(reach, people, seconds=_SECONDS)
    nearest = [min(cover.sites, key=lambda site: (distances[site, node], site)) for node in range(len(blank))]
    return cover, nearest, location.marginal_curve(reach, people, most=MOST_STEPS, seconds=_CURVE_SECONDS)
