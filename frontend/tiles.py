"""Gives every municipality a hexagon on the map, once: src/werkplaats/places/data/tiles.csv and ground.csv.

Run it when the list of municipalities changes:  .venv/bin/python frontend/tiles.py gemeenten.csv

The grid is that of core/outlines.py: hexagons 8.6 km wide. Free to use are those on land, or so near to it that the
crowded west can spread a little into the sea. Municipalities get hexagons such that the squares of their shifts add up
to as little as can be (scipy's linear sum assignment): squares, because one that is moved far is worse than ten that
are moved a little. All origins of the grid are tried. What is land and got no municipality becomes ground.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import linear_sum_assignment

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from werkplaats.core import outlines, rijksdriehoek  # noqa: E402

DATA = ROOT / "src" / "werkplaats" / "places" / "data"
# How far a hexagon may lie from a municipality, in radii of a disc as large as its land, to be free to use; and to be
# land. A hole with this many neighbours on land is land too.
NEAR, LAND, CLOSED = 1.6, 1.0, 4
COLUMNS, ROWS = 34, 45


def main(path: Path) -> None:
    """Try all origins, keep the best, say what it is, write the two files."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    metres = [rijksdriehoek.from_degrees(float(row["lon"]), float(row["lat"])) for row in rows]
    points = np.array([outlines.on_map(*point) for point in metres])
    radii = 10 * np.sqrt(np.array([float(row["land_km2"]) for row in rows]) / np.pi)
    wide, high = 2 * outlines.HALF_WIDTH, 3 * outlines.HALF_HEIGHT
    found = [assigned(points, radii, origin) for origin in product(range(43, 43 + wide, 6), range(0, high, 6))]
    mean, shifts, origin, cells = min(found, key=lambda one: one[0])
    print(f"oorsprong {origin}, gemiddeld {mean / 10:.2f} km verschoven, hoogstens {shifts.max() / 10:.1f} km")
    if origin != outlines.ORIGIN:
        print(f"zet ORIGIN in core/outlines.py op {origin}")
    write("tiles.csv", sorted((row["code"], *cell) for row, cell in zip(rows, cells, strict=True)))
    owners = ground(points, radii, origin, set(cells))
    write("ground.csv", sorted((rows[owner]["code"], *cell) for cell, owner in owners.items()))


def lattice(origin: tuple[int, int]) -> tuple[list[tuple[int, int]], Any]:
    """All hexagons, and where their middles are."""
    cells = list(product(range(COLUMNS), range(ROWS)))
    base = np.array(outlines.ORIGIN)
    return cells, np.array([outlines.middle(*cell) for cell in cells]) - base + np.array(origin)


def assigned(points: Any, radii: Any, origin: tuple[int, int]) -> tuple[float, Any, tuple[int, int], list[Any]]:
    """The mean shift in hectometres, all shifts, the origin, and the hexagon of each municipality."""
    cells, middles = lattice(origin)
    far = np.hypot(*(points[:, None, :] - middles[None, :, :]).transpose(2, 0, 1))
    usable = np.flatnonzero((far / radii[:, None]).min(axis=0) < NEAR)
    ones, places = linear_sum_assignment(far[:, usable] ** 2)
    shifts = far[ones, usable[places]]
    return float(shifts.mean()), shifts, origin, [cells[usable[place]] for place in places]


def ground(points: Any, radii: Any, origin: tuple[int, int], taken: set[Any]) -> dict[tuple[int, int], int]:
    """Land between the municipalities' hexagons, and whose it is."""
    cells, middles = lattice(origin)
    far = np.hypot(*(points[:, None, :] - middles[None, :, :]).transpose(2, 0, 1))
    owner = dict(zip(cells, (far - radii[:, None]).argmin(axis=0).tolist(), strict=True))
    near = dict(zip(cells, (far / radii[:, None]).min(axis=0).tolist(), strict=True))
    land = {cell for cell in cells if near[cell] < LAND} | taken
    land |= {cell for cell in cells if sum(one in land for one in around(*cell)) >= CLOSED}
    return {cell: owner[cell] for cell in land - taken}


def around(column: int, row: int) -> Iterator[tuple[int, int]]:
    """The six beside it."""
    odd = row % 2
    yield from ((column - 1, row), (column + 1, row))
    yield from ((column - 1 + odd + step, row + side) for step in (0, 1) for side in (-1, 1))


def write(name: str, rows: list[tuple[Any, ...]]) -> None:
    """One line a hexagon."""
    with (DATA / name).open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerows([("code", "column", "row"), *rows])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
