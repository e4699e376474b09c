"""Every municipality has a place of its own on the map, near where it lies."""

from __future__ import annotations

import math

import pytest

from werkplaats.core import outlines, rijksdriehoek
from werkplaats.places.models import Municipality
from werkplaats.places.queries import ground, tiles

pytestmark = pytest.mark.django_db

# North of, or west of: what anyone sees at once when it is wrong.
BEYOND = [
    ("north", "GM0060", "GM0080"),  # Ameland, Leeuwarden
    ("north", "GM0014", "GM0106"),  # Groningen, Assen
    ("north", "GM0599", "GM0855"),  # Rotterdam, Tilburg
    ("north", "GM0983", "GM0935"),  # Venlo, Maastricht
    ("west", "GM0518", "GM0344"),  # Den Haag, Utrecht
    ("west", "GM0718", "GM0758"),  # Vlissingen, Breda
    ("west", "GM0344", "GM0200"),  # Utrecht, Apeldoorn
    ("west", "GM0448", "GM0088"),  # Texel, Schiermonnikoog
]  # fmt: skip


def shift(one: Municipality) -> float:
    """Kilometres between the tile and the municipality."""
    x, y = outlines.on_map(*rijksdriehoek.from_degrees(one.lon, one.lat))
    east, south = outlines.middle(*tiles()[one.code])
    return math.hypot(x - east, y - south) / 10


def test_each_has_exactly_one_tile_and_no_tile_is_used_twice(netherlands: None) -> None:
    assert set(tiles()) == set(Municipality.objects.values_list("code", flat=True))
    used = [*tiles().values(), *(cell for _code, cell in ground())]
    assert len(used) == len(set(used))
    assert {code for code, _cell in ground()} <= set(tiles())


def test_they_lie_about_where_they_lie(netherlands: None) -> None:
    shifts = [shift(one) for one in Municipality.objects.all()]
    # As docs/adr/0027 says: 3.7 km, and 12 at most.
    assert round(sum(shifts) / len(shifts), 1) == 3.7
    assert max(shifts) < 12.5


@pytest.mark.parametrize(("way", "one", "other"), BEYOND)
def test_what_lies_north_or_west_of_another_does_so_on_the_map(way: str, one: str, other: str) -> None:
    here, there = outlines.middle(*tiles()[one]), outlines.middle(*tiles()[other])
    assert here[1] < there[1] if way == "north" else here[0] < there[0]


def test_the_shape_of_the_land_stays(netherlands: None) -> None:
    everything = {*tiles().values(), *(cell for _code, cell in ground())}
    # Islands lie loose, and there is water where the IJsselmeer is.
    for island in ("GM0448", "GM0096", "GM0093", "GM0060", "GM0088"):
        column, row = tiles()[island]
        odd = row % 2
        south = {(column - 1 + odd + step, row + 1) for step in (0, 1)}
        assert not south & set(tiles().values()), island
    middle = outlines.on_map(*rijksdriehoek.from_degrees(5.35, 52.85))
    assert min(math.dist(middle, outlines.middle(*cell)) for cell in everything) > outlines.HALF_WIDTH


@pytest.mark.parametrize(
    ("lon", "lat", "x", "y"),
    # Amersfoort, the Westertoren of Amsterdam and the Martinitoren of Groningen.
    [
        (5.38720621, 52.15517440, 155000, 463000),
        (4.88352559, 52.37453253, 120700.723, 487525.501),
        (6.56820053, 53.21938317, 233883.131, 582065.167),
    ],
)
def test_the_national_grid_is_right_within_two_metres(lon: float, lat: float, x: float, y: float) -> None:
    assert math.dist(rijksdriehoek.from_degrees(lon, lat), (x, y)) < 2
