"""Real borders made light enough to draw, such that neighbours keep the same line between them.

All rings are cut where three pieces of land meet, each stretch between two such points is simplified once, whoever
it belongs to (Douglas and Peucker, 1973), and the rings are put together again. Points are whole: rounding is what
makes two files' idea of one point the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from werkplaats.core.outlines import Outline, Point, Ring

Stretch = tuple[Point, ...]


def simplified(pieces: Mapping[str, Outline], *, tolerance: float, smallest: float) -> dict[str, list[list[Point]]]:
    """Lighter outlines: no point that is left out lay further than ``tolerance`` from the new line.

    Rings smaller than ``smallest`` (square measure) go, except the largest of each piece. A piece without a ring that
    has a surface comes back empty.
    """
    clean = {
        name: [ring for ring in map(_without_repeats, outline) if _surface(ring)] for name, outline in pieces.items()
    }
    knots = _knots(ring for outline in clean.values() for ring in outline)
    known: dict[Stretch, Stretch] = {}

    def lighter(stretch: Stretch) -> Stretch:
        # The same points in the other direction are the same stretch.
        turned = stretch[::-1]
        if turned < stretch:
            return lighter(turned)[::-1]
        if stretch not in known:
            known[stretch] = _thinned(stretch, tolerance)
        return known[stretch]

    found = {}
    for name, outline in clean.items():
        rings = sorted(outline, key=lambda ring: (-_surface(ring), ring))
        kept = [ring for n, ring in enumerate(rings) if n == 0 or _surface(ring) >= smallest]
        found[name] = [_joined(_stretches(ring, knots), lighter) for ring in kept]
    return found


def _without_repeats(ring: Ring) -> list[Point]:
    """The points of a ring, each once where it stood more times in a row; open, where files close it."""
    points = [point for n, point in enumerate(ring) if n == 0 or point != ring[n - 1]]
    while len(points) > 1 and points[0] == points[-1]:
        points.pop()
    return points


def _surface(ring: Sequence[Point]) -> float:
    around = zip(ring, [*ring[1:], *ring[:1]], strict=True)
    return abs(sum(x * south - east * y for (x, y), (east, south) in around)) / 2


def _knots(rings: Iterable[Sequence[Point]]) -> set[Point]:
    """Points where more than two lines meet, or one ends."""
    beside: dict[Point, set[Point]] = {}
    for ring in rings:
        before = ring[-1]
        for point in ring:
            beside.setdefault(point, set()).add(before)
            beside.setdefault(before, set()).add(point)
            before = point
    return {point for point, others in beside.items() if len(others) != 2}


def _stretches(ring: list[Point], knots: set[Point]) -> list[Stretch]:
    """A ring cut at its knots; one without is cut at two points that any other ring of the same points has too."""
    cuts = [n for n, point in enumerate(ring) if point in knots]
    if len(cuts) < 2:
        start = cuts[0] if cuts else ring.index(min(ring))
        far = max(range(len(ring)), key=lambda n: (_distance2(ring[n], ring[start]), ring[n]))
        cuts = sorted({start, far})
    ends = [*cuts[1:], cuts[0] + len(ring)]
    twice = ring + ring
    return [tuple(twice[start : end + 1]) for start, end in zip(cuts, ends, strict=True)]


def _distance2(one: Point, other: Point) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def _joined(stretches: list[Stretch], lighter: Callable[[Stretch], Stretch]) -> list[Point]:
    """The ring again. Where so little is left that it has no surface, as it was."""
    light = [point for stretch in stretches for point in lighter(stretch)[:-1]]
    return light if _surface(light) else [point for stretch in stretches for point in stretch[:-1]]


def _thinned(line: Stretch, tolerance: float) -> Stretch:
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    left = [(0, len(line) - 1)]
    while left:
        start, end = left.pop()
        far, at = max(((_off(line[n], line[start], line[end]), n) for n in range(start + 1, end)), default=(0.0, 0))
        if far > tolerance:
            keep[at] = True
            left += [(start, at), (at, end)]
    return tuple(point for point, kept in zip(line, keep, strict=True) if kept)


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from a straight line between two others."""
    (x, y), (ax, ay), (bx, by) = point, start, end
    wide, high = bx - ax, by - ay
    length2 = wide * wide + high * high
    along = max(0.0, min(1.0, ((x - ax) * wide + (y - ay) * high) / length2)) if length2 else 0.0
    return float(((x - ax - along * wide) ** 2 + (y - ay - along * high) ** 2) ** 0.5)
