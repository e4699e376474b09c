"""Outlines of pieces of land on a drawn map: hexagons or real borders, in whole hectometres.

A point is (east, south): hectometres east of the origin of the national grid, and south of its line at 630 km, so that
a drawing can use it as it is. A piece of land is a list of rings, outer ones and holes alike. Two neighbours have the
same points along their common border; that is how borders between groups of pieces are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

Point: TypeAlias = tuple[int, int]
Ring: TypeAlias = Sequence[Point]
Outline: TypeAlias = Sequence[Ring]
Line: TypeAlias = tuple[Point, Point]

NORTH = 6300
# Half the width and half the height of a hexagon that stands on a point: 43 : 50 is almost half the root of three.
HALF_WIDTH, HALF_HEIGHT = 43, 50
# Where the hexagon of column 0 and row 0 has its middle. Written by frontend/tiles.py; the file of tiles goes with it.
ORIGIN: Point = (73, 72)


def on_map(x: float, y: float) -> Point:
    """The point of metres on the national grid."""
    return round(x / 100), NORTH - round(y / 100)


def middle(column: int, row: int) -> Point:
    """The middle of a hexagon: odd rows lie half a hexagon to the east."""
    return ORIGIN[0] + (2 * column + row % 2) * HALF_WIDTH, ORIGIN[1] + row * 3 * HALF_HEIGHT // 2


def hexagon(column: int, row: int) -> Outline:
    """A hexagon of the grid, clockwise from its top."""
    x, y = middle(column, row)
    side = HALF_HEIGHT // 2
    east, west = x + HALF_WIDTH, x - HALF_WIDTH
    return [
        [(x, y - 2 * side), (east, y - side), (east, y + side), (x, y + 2 * side), (west, y + side), (west, y - side)]
    ]


def path_of(outline: Outline) -> str:
    """An outline as the path of a drawing; holes stay open under the even-odd rule."""
    return "".join(f"{_steps(ring)}z" for ring in outline if ring)


def _steps(points: Sequence[Point]) -> str:
    (x, y), parts = points[0], [f"M{points[0][0]} {points[0][1]}l"]
    for east, south in points[1:]:
        parts.append(f"{east - x} {south - y} ")
        x, y = east, south
    return "".join(parts).rstrip()


def borders(pieces: Iterable[tuple[Outline, str]]) -> str:
    """The lines between pieces of different groups, as one path; each piece comes with its group."""
    first: dict[Line, str] = {}
    found: dict[Line, None] = {}
    for outline, group in pieces:
        for ring in outline:
            start = ring[-1]
            for end in ring:
                side = (start, end) if start < end else (end, start)
                if first.setdefault(side, group) != group:
                    found[side] = None
                start = end
    return "".join(_steps(line) for line in _joined(list(found)))


def _joined(lines: Sequence[Line]) -> list[list[Point]]:
    """Lines that touch strung together, so that corners are drawn as corners."""
    ends: dict[Point, list[int]] = {}
    for number, line in enumerate(lines):
        for point in line:
            ends.setdefault(point, []).append(number)
    left = set(range(len(lines)))
    found: list[list[Point]] = []

    def onward(point: Point) -> int | None:
        return next((number for number in ends[point] if number in left), None)

    # First from where lines end or more than two meet; what is left are rings.
    for first in [*(point for point, at in ends.items() if len(at) != 2), *ends]:
        while onward(first) is not None:
            string = [first]
            at = onward(first)
            while at is not None:
                left.discard(at)
                start, end = lines[at]
                string.append(end if string[-1] == start else start)
                at = onward(string[-1]) if len(ends[string[-1]]) == 2 else None
            found.append(string)
    return found


def extent(outlines: Iterable[Outline]) -> tuple[int, int, int, int]:
    """West, north, east and south of all these; a small square when there are none."""
    points = [point for outline in outlines for ring in outline for point in ring] or [(0, 0), (100, 100)]
    xs, ys = [x for x, _y in points], [y for _x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def heart(outlines: Mapping[str, Outline]) -> Point:
    """A point within one of these pieces, as near as may be to the middle of them all: where a name can stand."""
    middles = [_middle_of(outline) for outline in outlines.values()]
    east = sum(x for x, _y in middles) / len(middles)
    south = sum(y for _x, y in middles) / len(middles)
    return min(middles, key=lambda point: ((point[0] - east) ** 2 + (point[1] - south) ** 2, point))


def _middle_of(outline: Outline) -> Point:
    west, north, east, south = extent([[max(outline, key=len)]])
    return (west + east) // 2, (north + south) // 2
