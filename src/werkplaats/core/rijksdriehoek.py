"""The Dutch national grid (Rijksdriehoek, EPSG:28992), in metres, from degrees (EPSG:4326).

The series of Schreutelkamp and Strang van Hees ("Benaderingsformules voor de transformatie tussen RD- en
WGS84-kaartcoördinaten", Geodesia 2001) are right within a metre anywhere in the country.
"""

from __future__ import annotations

# Of Amersfoort, where the grid is pinned down: metres, and degrees.
_X, _Y, _LAT, _LON = 155_000.0, 463_000.0, 52.15517440, 5.38720621
# (power of the northing, power of the easting): factor.
_EAST = {
    (0, 1): 190094.945, (1, 1): -11832.228, (2, 1): -114.221, (0, 3): -32.391, (1, 0): -0.705, (3, 1): -2.340,
    (1, 3): -0.608, (0, 2): -0.008, (2, 3): 0.148,
}  # fmt: skip
_NORTH = {
    (1, 0): 309056.544, (0, 2): 3638.893, (2, 0): 73.077, (1, 2): -157.984, (3, 0): 59.788, (0, 1): 0.433,
    (2, 2): -6.439, (1, 1): -0.032, (0, 4): 0.092, (1, 4): -0.054,
}  # fmt: skip
# Where the country lies, with its sea: in degrees (east, north) and in metres.
_DEGREES = (3.0, 50.5, 7.5, 54.0)
_METRES = (0.0, 300_000.0, 300_000.0, 640_000.0)


def from_degrees(lon: float, lat: float) -> tuple[float, float]:
    """Metres east and north of a point in degrees."""
    north, east = 0.36 * (lat - _LAT), 0.36 * (lon - _LON)
    x = _X + sum(factor * north**p * east**q for (p, q), factor in _EAST.items())
    y = _Y + sum(factor * north**p * east**q for (p, q), factor in _NORTH.items())
    return x, y


def in_degrees(x: float, y: float) -> bool:
    """Whether this can be a point of the country in degrees, the east first."""
    west, south, east, north = _DEGREES
    return west <= x <= east and south <= y <= north


def in_metres(x: float, y: float) -> bool:
    """Whether this can be a point of the country on the national grid."""
    west, south, east, north = _METRES
    return west <= x <= east and south <= y <= north
