"""Finding municipalities by the names people use, and where they lie on a map."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from rapidfuzz import fuzz, process

from werkplaats.core import outlines
from werkplaats.core.models import DatedQuerySet
from werkplaats.core.outlines import Outline
from werkplaats.places.rules import plain_name

if TYPE_CHECKING:
    from werkplaats.places.models import Municipality


# Of a hundred: how alike two names must be to be taken for each other. "Asen" and "Assen" are 89.
_NEAR = 74
_DATA = Path(__file__).parent / "data"


@cache
def tiles() -> dict[str, tuple[int, int]]:
    """The hexagon (column, row) of each municipality, by its CBS code: one each, given once by frontend/tiles.py."""
    return {code: cell for code, cell in _cells("tiles.csv")}


@cache
def ground() -> list[tuple[str, tuple[int, int]]]:
    """Hexagons of land between the tiles, each with the code of the municipality whose land it mostly is."""
    return _cells("ground.csv")


def _cells(name: str) -> list[tuple[str, tuple[int, int]]]:
    with (_DATA / name).open(newline="") as file:
        return [(row["code"], (int(row["column"]), int(row["row"]))) for row in csv.DictReader(file)]


@dataclass(frozen=True, eq=False)
class Land:
    """How the municipalities are drawn: an outline each, by CBS code, and the ground between them with whose it is."""

    pieces: dict[str, Outline]
    ground: list[tuple[str, Outline]]
    real: bool = False

    @cached_property
    def paths(self) -> dict[str, str]:
        """The outlines as a drawing takes them."""
        return {code: outlines.path_of(outline) for code, outline in self.pieces.items()}

    @cached_property
    def extent(self) -> tuple[int, int, int, int]:
        """West, north, east and south of it all."""
        return outlines.extent([*self.pieces.values(), *(outline for _code, outline in self.ground)])

    def borders(self, groups: frozenset[tuple[str, str]]) -> str:
        """The lines between groups of municipalities, of (code, group); the land of none is a group too."""
        return _borders(self, groups)


@lru_cache(maxsize=64)
def _borders(land: Land, groups: frozenset[tuple[str, str]]) -> str:
    group = dict(groups)
    pieces = [*land.pieces.items(), *land.ground]
    return outlines.borders((outline, group.get(code, "")) for code, outline in pieces)


@cache
def hexagons() -> Land:
    """The land as hexagons: what is drawn as long as nobody has read real boundaries in."""
    between = [(code, outlines.hexagon(*cell)) for code, cell in ground()]
    return Land({code: outlines.hexagon(*cell) for code, cell in tiles().items()}, between)


# The land of the boundaries that were read last, with by what these are known.
_kept: list[tuple[tuple[Any, ...], Land]] = []


class BoundaryQuerySet(models.QuerySet):
    """Real boundaries, when they were read in."""

    def land(self) -> Land:
        """What a map draws: real boundaries as soon as there are any, and hexagons otherwise.

        Kept by the process for as long as the rows stay the same ones: a boundary that changes is a new row.
        """
        found = self.aggregate(count=models.Count("pk"), first=models.Min("uid"), last=models.Max("uid"))
        stamp = tuple(found.values())
        if not found["count"]:
            return hexagons()
        if not _kept or _kept[0][0] != stamp:
            _kept[:] = [(stamp, self._read())]
        return _kept[0][1]

    def _read(self) -> Land:
        rows = self.values_list("municipality__code", "rings")
        pieces = {code: [list(zip(ring[::2], ring[1::2], strict=True)) for ring in rings] for code, rings in rows}
        return Land(pieces, [], real=True)


class MunicipalityQuerySet(DatedQuerySet):
    """Municipalities: by name, by province."""

    def named(self, text: str) -> Self:
        """Exactly those whose own name or alias this is, however it is spelled."""
        return self.filter(names__plain=plain_name(text)).distinct()

    def resembling(self, text: str, most: int = 8) -> list[Municipality]:
        """Those whose names begin with, contain or nearly are this text, best first; current ones only.

        ``found_by`` of each is the name by which it was found.
        """
        wanted = plain_name(text)[:60]
        if len(wanted) < 2:
            return []
        rows = self._names()
        scored = process.extract(wanted, [plain for plain, *_ in rows], scorer=fuzz.ratio, limit=40, score_cutoff=_NEAR)
        best: dict[int, tuple[float, str, str]] = {}
        for plain, score, place in scored:
            _plain, pk, name = rows[place]
            best[pk] = max(best.get(pk, (0.0, "", "")), (score, plain, name))
        for plain, pk, name in rows:
            # Someone who types the beginning wants the names that begin so.
            worth = 140.0 if plain.startswith(wanted) else 120.0 if f" {wanted}" in plain else 0.0
            if worth:
                best[pk] = max(best.get(pk, (0.0, "", "")), (worth - len(plain) / 100, plain, name))
        order = sorted(best, key=lambda pk: (-best[pk][0], best[pk][1]))[:most]
        found: dict[int, Any] = self.in_bulk(order)
        for pk, one in found.items():
            one.found_by = best[pk][2]
        return [found[pk] for pk in order if pk in found]

    def _names(self) -> list[tuple[str, int, str]]:
        names: models.QuerySet[Any] = self.model._meta.get_field("names").related_model.objects.all()
        current = self.model._default_manager.current()
        return list(names.filter(municipality__in=current).values_list("plain", "municipality_id", "name"))

    def with_uids(self, uids: Iterable[str]) -> dict[str, str]:
        """Names by uid."""
        return dict(self.filter(uid__in=list(uids)).values_list("uid", "name"))
