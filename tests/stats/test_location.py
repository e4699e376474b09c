"""The planner's answers are those that trying everything gives."""

from __future__ import annotations

import math
import subprocess
import sys
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from werkplaats.stats import location
from werkplaats.stats.location import Impossible, TooMuch, fewest_sites, great_circle, marginal_curve, most_people

Case = tuple[list[frozenset[int]], list[int]]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A few sites and nodes, with many ties: small numbers of people, also nobody."""
    nodes = draw(st.integers(0, 6))
    people = draw(st.lists(st.integers(0, 3), min_size=nodes, max_size=nodes))
    one = st.frozensets(st.integers(0, nodes - 1)) if nodes else st.just(frozenset[int]())
    return draw(st.lists(one, max_size=6)), people


def reached(reach: Sequence[frozenset[int]], sites: Sequence[int]) -> set[int]:
    return {node for site in sites for node in reach[site]}


def subsets(count: int) -> list[tuple[int, ...]]:
    return [some for size in range(count + 1) for some in combinations(range(count), size)]


def rank(reach: Sequence[frozenset[int]], people: Sequence[int], sites: Sequence[int]) -> tuple[int, int, list[int]]:
    """Fewer sites, more people over all sites together, the first in order."""
    choice = sum(people[node] for site in sites for node in reach[site])
    return len(sites), -choice, list(sites)


@settings(deadline=None, max_examples=150)
@given(case=cases())
def test_the_fewest_sites_are_those_of_trying_all_sets(case: Case) -> None:
    reach, people = case
    every = reached(reach, range(len(reach)))
    best = min(
        (some for some in subsets(len(reach)) if reached(reach, some) == every),
        key=lambda some: rank(reach, people, some),
    )
    found = fewest_sites(reach, people)
    assert (found.sites, found.settled) == (best, True)
    assert set(found.nodes) == every
    assert found.unreachable == tuple(node for node in range(len(people)) if node not in every)
    assert found.people == sum(people[node] for node in every)


@settings(deadline=None, max_examples=150)
@given(case=cases(), p=st.integers(0, 6), data=st.data())
def test_the_most_people_are_those_of_trying_all_sets(case: Case, p: int, data: st.DataObject) -> None:
    reach, people = case
    fixed = data.draw(st.lists(st.integers(0, len(reach) - 1), max_size=2, unique=True)) if reach else []
    p = max(p, len(fixed))
    found = most_people(reach, people, p, fixed=fixed)
    possible = [some for some in subsets(len(reach)) if len(some) <= p and set(fixed) <= set(some)]

    def worth(some: Sequence[int]) -> int:
        return sum(people[node] for node in reached(reach, some))

    most = max(worth(some) for some in possible)
    assert (found.people, found.settled) == (most, True)
    # What the fixed sites reach is no reason to choose another: ties look at what they leave open.
    left = reached(reach, fixed)
    open_reach = [some - left for some in reach]
    best = min((some for some in possible if worth(some) == most), key=lambda some: rank(open_reach, people, some))
    assert found.sites == best


@settings(deadline=None, max_examples=80)
@given(case=cases(), most=st.integers(1, 6))
def test_the_curve_goes_on_until_all_are_reached_or_it_is_enough(case: Case, most: int) -> None:
    reach, people = case
    everyone = sum(people[node] for node in reached(reach, range(len(reach))))
    wanted: list[int] = []
    while len(wanted) < most and (wanted[-1] if wanted else 0) < everyone:
        some = [one for one in subsets(len(reach)) if len(one) == len(wanted) + 1]
        wanted.append(max(sum(people[node] for node in reached(reach, one)) for one in some))
    found = marginal_curve(reach, people, most=most)
    assert (list(found.people), found.whole) == (wanted, True)


@settings(deadline=None, max_examples=40)
@given(case=cases(), p=st.integers(1, 3), data=st.data())
def test_the_median_is_that_of_trying_all_sets(case: Case, p: int, data: st.DataObject) -> None:
    import numpy as np

    reach, people = case
    if p > len(reach) or not people:
        return
    far = st.lists(st.integers(0, 20), min_size=len(people), max_size=len(people))
    distances = np.array(data.draw(st.lists(far, min_size=len(reach), max_size=len(reach))), float)
    least = min(
        sum(people[n] * min(distances[site, n] for site in some) for n in range(len(people)))
        for some in combinations(range(len(reach)), p)
    )
    found = location.p_median(distances, people, p)
    assert (len(found.sites), found.objective) == (p, pytest.approx(least))
    assert found.mean_distance == pytest.approx(least / sum(people) if sum(people) else 0)


def test_what_cannot_be_asked_is_said() -> None:
    reach = [frozenset({0}), frozenset({1})]
    for p, fixed in ((1, [0, 1]), (2, [2]), (2, [-1])):
        with pytest.raises(Impossible):
            most_people(reach, [1, 1], p, fixed=fixed)
    with pytest.raises(Impossible):
        location.p_median(great_circle([(52, 5)], [(52, 6)]), [1], 2)


def hard() -> Case:
    """A pattern without end: every node is reached by 15 of 60 sites, none of which loses to another."""
    reach = [frozenset((site * 7 + step * step) % 61 for step in range(1, 16)) for site in range(60)]
    return reach, [1000 + (node * 37) % 101 for node in range(61)]


def test_when_the_time_is_over_it_says_so_and_invents_nothing() -> None:
    reach, people = hard()
    for ask in (lambda: fewest_sites(reach, people, seconds=0), lambda: most_people(reach, people, 5, seconds=0)):
        with pytest.raises(TooMuch):
            ask()
    cut = marginal_curve(reach, people, most=9, seconds=0)
    assert (cut.people, cut.whole) == ((), False)


def test_when_the_time_is_over_for_ties_only_the_answer_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    reach, people = [frozenset({site}) | {9} for site in range(4)], [1] * 10
    whole = most_people(reach, people, 2)
    monkeypatch.setattr(location, "_MOST_TIES", 2)
    found = most_people(reach, people, 2)
    assert (whole.sites, whole.settled) == ((0, 1), True)
    assert (len(found.sites), found.people, found.settled) == (2, whole.people, False)


def test_large_numbers_are_told_apart_by_one_person() -> None:
    """As many people as a country has, and one more on one side."""
    reach = [frozenset({0, 1}), frozenset({2, 3}), frozenset({0, 3}), frozenset({1, 2})]
    for odd in range(4):
        people = [9_000_000 + (node == odd) for node in range(4)]
        assert most_people(reach, people, 1).people == 18_000_001
        assert odd in most_people(reach, people, 1).nodes
    assert fewest_sites(reach, [9_000_000] * 4).sites == (0, 1)


def test_distances_along_the_earth_are_those_on_the_map() -> None:
    """A quarter of the earth, Amsterdam to Maastricht, and nothing from a place to itself."""
    assert great_circle([(0, 0)], [(0, 90), (90, 0)]) == pytest.approx(math.pi / 2 * location.EARTH_KM)
    ((far, none),) = great_circle([(52.3730, 4.8924)], [(50.8514, 5.6910), (52.3730, 4.8924)])
    assert far == pytest.approx(178.0, abs=1.5)
    assert none == 0
    assert great_circle([(52, 5), (53, 6)], [(51, 4)]).shape == (2, 1)
    assert great_circle([(10, 179.9)], [(10, -179.9)])[0, 0] == pytest.approx(21.9, abs=0.1)


def test_on_the_edge_is_within() -> None:
    assert location.within(location.straight([(0, 0)], [(3, 4), (5, 0), (0, 5.000001)]), 5) == [frozenset({0, 1})]


def test_who_does_not_count_does_not_load_what_counts() -> None:
    asked = (
        "import sys, werkplaats.stats.location; print([n for n in ('numpy', 'scipy', 'django') if n in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=_path())
    assert said.stdout.strip() == "[]"


def _path() -> dict[str, str]:
    import os
    from pathlib import Path

    return {**os.environ, "PYTHONPATH": str(Path(location.__file__).parents[2])}
