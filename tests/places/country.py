"""Invented boundaries for a whole country, as wild as real ones: bends, islands, lakes and enclaves.

Around each point its own land, up to halfway to the next; neighbours share the same crooked line, point by point.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
from scipy.spatial import Voronoi, cKDTree

from werkplaats.core import rijksdriehoek

Ring = list[list[float]]
# A degree to the east is shorter than one to the north.
_EAST = 0.61
_BENDS = 4


def _ghosts(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Sea and abroad: points on a grid that are far from all land, so that every cell ends somewhere."""
    west, south = points.min(axis=0) - 0.6
    east, north = points.max(axis=0) + 0.6
    grid = np.array([(x, y) for x in np.arange(west, east, 0.06) for y in np.arange(south, north, 0.06)])
    far, _index = cKDTree(points).query(grid)
    return np.asarray(grid[far > 0.1])


def _crooked(one: int, other: int, corners: np.ndarray[Any, Any]) -> list[tuple[float, float]]:
    """From one corner to another, the same points in whichever direction."""
    low, high = sorted((one, other))
    random = Random(low * 100_003 + high)
    line = [tuple(corners[low]), tuple(corners[high])]
    for _round in range(_BENDS):
        bent = [line[0]]
        for (x, y), (east, north) in pairwise(line):
            aside = random.uniform(-0.15, 0.15)
            bent += [((x + east) / 2 - aside * (north - y), (y + north) / 2 + aside * (east - x)), (east, north)]
        line = bent
    return line if one == low else line[::-1]


def _around(x: float, y: float, size: float, corners: int = 6) -> list[tuple[float, float]]:
    angles = [2 * np.pi * corner / corners for corner in range(corners)]
    ring = [(x + size * float(np.cos(angle)), y + size * float(np.sin(angle))) for angle in angles]
    return [*ring, ring[0]]


def features(rows: Iterable[tuple[str, str, float, float]], *, metres: bool) -> list[dict[str, Any]]:
    """Of (code, name, lat, lon) the areas as GeoJSON, in metres of the national grid or in degrees.

    Every ninth has a lake, every tenth lies for a part within the next (an enclave), every eleventh has an island
    beside its own land. The enclave is a hole in the one and land of the other.
    """
    listed = sorted(rows)
    points = np.array([(lon * _EAST, lat) for _code, _name, lat, lon in listed])
    cells = Voronoi(np.vstack([points, _ghosts(points)]))
    polygons: list[list[list[list[tuple[float, float]]]]] = []
    for number in range(len(listed)):
        corners = cells.regions[cells.point_region[number]]
        pairs = zip(corners, [*corners[1:], corners[0]], strict=True)
        line = [point for one, other in pairs for point in _crooked(one, other, cells.vertices)[:-1]]
        polygons.append([[[*line, line[0]]]])
    near, _index = cKDTree(points).query(points, k=2)
    for number, (x, y) in enumerate(points):
        room = float(near[number][1]) / 5
        hole = _around(float(x), float(y), room)
        if number % 9 == 0:
            polygons[number][0].append(hole)
        elif number % 10 == 0:
            polygons[number][0].append(hole)
            polygons[number - 1].append([hole])
        if number % 11 == 0:
            polygons[number].append([_around(2.85 + 0.01 * (number % 7), 53.62 + number / 4000, 0.02)])
    return [
        {
            "type": "Feature",
            "properties": {"statcode": code, "statnaam": name},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[_ring(ring, metres) for ring in one] for one in some],
            },
        }
        for (code, name, _lat, _lon), some in zip(listed, polygons, strict=True)
    ]


def _ring(ring: list[tuple[float, float]], metres: bool) -> Ring:
    degrees = [(x / _EAST, y) for x, y in ring]
    if metres:
        return [[round(part, 2) for part in rijksdriehoek.from_degrees(lon, lat)] for lon, lat in degrees]
    return [[round(lon, 7), round(lat, 7)] for lon, lat in degrees]
