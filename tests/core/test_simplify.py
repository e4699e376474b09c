"""Borders become lighter, and neighbours keep the same one."""

from __future__ import annotations

import math
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from werkplaats.core.outlines import borders
from werkplaats.core.simplify import simplified

# A wobbling line from north to south between two pieces of land, and the squares on either side of it.
WOBBLE = [(100 + round(math.sin(y)), y) for y in range(0, 101)]
WEST = [(0, 0), *WOBBLE, (0, 100)]
EAST = [(200, 100), *reversed(WOBBLE), (200, 0)]


def sides(ring: list[tuple[int, int]]) -> set[frozenset[tuple[int, int]]]:
    return {frozenset(pair) for pair in pairwise([*ring, ring[0]])}


def light(**pieces: list[list[tuple[int, int]]]) -> dict[str, list[list[tuple[int, int]]]]:
    return simplified(pieces, tolerance=4, smallest=10)


def test_neighbours_share_the_lighter_line() -> None:
    found = light(west=[WEST], east=[EAST])
    ((west,), (east,)) = found["west"], found["east"]
    assert sides(west) & sides(east) == {frozenset({WOBBLE[0], WOBBLE[-1]})}
    assert (len(west), len(east)) == (4, 4)
    assert borders([([west], "a"), ([east], "b")]).count("M") == 1


def test_a_bend_that_can_be_seen_stays() -> None:
    bent = [(0, 0), (50, 0), (55, 30), (60, 0), (100, 0), (100, 100), (0, 100)]
    ((ring,),) = light(one=[bent]).values()
    assert set(ring) == set(bent)


def test_an_island_within_another_fits_its_hole() -> None:
    lake = [(40, 40), (60, 41), (61, 60), (40, 60)]
    found = light(around=[[(0, 0), (100, 0), (100, 100), (0, 100)], lake], within=[[*lake[2:], *lake[:2]][::-1]])
    assert sides(found["around"][1]) == sides(found["within"][0])


def test_specks_go_but_never_the_largest_of_a_piece() -> None:
    speck = [(500, 500), (502, 500), (502, 502)]
    assert light(one=[[(0, 0), (100, 0), (100, 100)], speck], two=[speck])["one"] == [[(0, 0), (100, 0), (100, 100)]]
    assert len(light(two=[speck])["two"]) == 1
    assert light(three=[[(5, 5), (5, 5), (5, 5)]])["three"] == []


points = st.tuples(st.integers(0, 12), st.integers(0, 12))


@settings(deadline=None, max_examples=150)
@given(rings=st.lists(st.lists(points, max_size=9), max_size=5), tolerance=st.sampled_from([0.5, 1.5, 6]))
def test_whatever_the_rings_nothing_breaks_and_nothing_is_made_up(
    rings: list[list[tuple[int, int]]], tolerance: float
) -> None:
    found = simplified({str(n): [ring] for n, ring in enumerate(rings)}, tolerance=tolerance, smallest=2)
    for n, ring in enumerate(rings):
        for kept in found[str(n)]:
            assert set(kept) <= set(ring) and len(kept) >= 3
