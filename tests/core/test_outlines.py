"""Hexagons fit together, and the lines between groups of them are found."""

from __future__ import annotations

import re

from werkplaats.core.outlines import borders, extent, heart, hexagon, middle, path_of


def sides(path: str) -> int:
    """How many steps a path has."""
    return len(re.findall(r"-?\d+ -?\d+", path.replace("M", " ").replace("l", " "))) - path.count("M")


def test_a_hexagon_has_six_corners_around_its_middle() -> None:
    (ring,) = hexagon(3, 4)
    assert len(set(ring)) == 6
    west, north, east, south = extent([[ring]])
    assert ((west + east) // 2, (north + south) // 2) == middle(3, 4)
    assert path_of([ring]).startswith("M") and path_of([ring]).endswith("z")


def test_those_beside_each_other_share_a_side_in_even_and_odd_rows() -> None:
    for row, beside in ((4, [(2, 4), (4, 4), (2, 3), (3, 3), (2, 5), (3, 5)]), (5, [(3, 4), (4, 4), (3, 6), (4, 6)])):
        for one in beside:
            assert sides(borders([(hexagon(3, row), "a"), (hexagon(*one), "b")])) == 1, one


def test_there_is_no_line_within_a_group_or_along_the_sea() -> None:
    assert borders([(hexagon(3, 4), "a"), (hexagon(4, 4), "a"), (hexagon(20, 20), "b")]) == ""


def test_a_group_within_another_gets_one_line_around_it() -> None:
    ring = [(2, 4), (4, 4), (2, 3), (3, 3), (2, 5), (3, 5)]
    path = borders([(hexagon(3, 4), "a"), *((hexagon(*one), "b") for one in ring)])
    assert (path.count("M"), sides(path)) == (1, 6)


def test_a_name_stands_within_one_of_its_pieces() -> None:
    far = {"a": hexagon(0, 0), "b": hexagon(10, 0), "c": hexagon(6, 0)}
    assert heart(far) == middle(6, 0)
