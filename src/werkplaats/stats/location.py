"""Where to put sites: the fewest that reach everyone, and how many people a few of them reach.

All answers are exact: mixed integer programs, solved by HiGHS. Sites and nodes are numbered from 0, in the order in
which they are given. Sites are given in the order in which ties are broken, such as by code.

**Ties.** Sets that are equally good are told apart, always in the same way: first the set with fewer sites; then the
one whose sites have more people within reach, added up over its sites (someone whom two sites reach counts twice: that
is choice); then the one with the first site in the given order, where they differ. Only when the time is up before that
is worked out is the answer another one that is as good; ``settled`` says so.

**Beforehand**, without changing the answer, these are left out: sites that reach nobody; each site that by that rule
loses to another, which reaches the same nodes and more; and nodes that are reached by themselves when another one is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

# The mean radius of the earth in km, as the IUGG gives it.
EARTH_KM = 6371.0088
# So many sets that are equally good are compared, and no more.
_MOST_TIES = 500

_NO_END = float("inf")

Reach = Sequence[frozenset[int]]


class TooMuch(Exception):
    """The answer did not come within the time that was given."""


class Impossible(ValueError):
    """What was asked cannot be: more fixed sites than sites, or a site that is not there."""


@dataclass(frozen=True)
class Cover:
    """Chosen sites and the nodes they reach, in ascending order; ``people``: of those nodes together.

    ``unreachable``: nodes that no site whatever reaches. ``settled``: whether ties were worked out to the end.
    """

    sites: tuple[int, ...]
    nodes: tuple[int, ...]
    people: int
    unreachable: tuple[int, ...]
    settled: bool


@dataclass(frozen=True)
class Curve:
    """The most people that 1 site reaches, 2 sites and so on; ``whole``: not cut short by the time."""

    people: tuple[int, ...]
    whole: bool


@dataclass(frozen=True)
class Median:
    """Chosen sites, and the distance to the nearest of them: times people, summed; and the mean per person."""

    sites: tuple[int, ...]
    objective: float
    mean_distance: float


def load() -> None:
    """Load the solver ahead of the first question, in whatever thread has the time for it."""
    import scipy.optimize
    import scipy.sparse  # noqa: F401


def great_circle(sites: Sequence[tuple[float, float]], nodes: Sequence[tuple[float, float]]) -> np.ndarray[Any, Any]:
    """Kilometres along the earth between points (latitude, longitude) in degrees: a row a site, a column a node.

    The haversine formula on a sphere of ``EARTH_KM``; within 0.6 % of the distance on the ellipsoid.
    """
    import numpy as np

    one = np.radians(np.asarray(sites, float).reshape(-1, 1, 2))
    other = np.radians(np.asarray(nodes, float).reshape(1, -1, 2))
    half = np.sin((other - one) / 2) ** 2
    chord = half[..., 0] + np.cos(one[..., 0]) * np.cos(other[..., 0]) * half[..., 1]
    return 2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))


def straight(sites: Sequence[tuple[float, float]], nodes: Sequence[tuple[float, float]]) -> np.ndarray[Any, Any]:
    """Euclidean distances between points (x, y), in their own unit: a row a site, a column a node."""
    import numpy as np

    one, other = np.asarray(sites, float).reshape(-1, 1, 2), np.asarray(nodes, float).reshape(1, -1, 2)
    return np.sqrt(((one - other) ** 2).sum(axis=2))


def within(distances: np.ndarray[Any, Any], radius: float) -> list[frozenset[int]]:
    """For each site the nodes at most ``radius`` away, in the unit of the distances."""
    return [frozenset(int(node) for node in (row <= radius).nonzero()[0]) for row in distances]


def fewest_sites(reach: Reach, people: Sequence[int], *, seconds: float = 10.0) -> Cover:
    """The fewest sites that together reach every node that can be reached (set covering, LSCP).

    ``reach``: for each site the nodes it reaches; ``people``: whole numbers, one a node. Raises TooMuch.
    """
    until = monotonic() + seconds
    weights = [_sum(people, some) for some in reach]
    left, nodes = _worthwhile(dict(enumerate(reach)), weights, rows=True)
    if not nodes:
        return _cover(reach, people, (), settled=True)
    order = list(left)
    program = _Program(len(order), 0, until)
    for node in sorted(nodes):
        program.add({place: 1.0 for place, site in enumerate(order) if node in left[site]}, 1.0, _NO_END)
    chosen = program.best(dict.fromkeys(range(len(order)), -1.0))
    program.add(dict.fromkeys(range(len(order)), 1.0), len(chosen), len(chosen))

    def worth(some: Sequence[int]) -> int:
        return sum(weights[order[place]] for place in some)

    try:
        goal = {place: float(weights[site]) for place, site in enumerate(order)}
        chosen = program.best(goal)
        chosen = max(program.equals(chosen, goal, worth), key=lambda some: [-place for place in some])
    except TooMuch:
        return _cover(reach, people, [order[place] for place in chosen], settled=False)
    return _cover(reach, people, [order[place] for place in chosen], settled=True)


def most_people(
    reach: Reach, people: Sequence[int], p: int, *, fixed: Iterable[int] = (), seconds: float = 10.0
) -> Cover:
    """At most ``p`` sites that together reach the most people (maximal covering, MCLP).

    ``fixed``: sites that are there already and stay; they count in ``p``. Raises TooMuch and Impossible.
    """
    kept = sorted(set(fixed))
    if len(kept) > p or any(not 0 <= site < len(reach) for site in kept):
        raise Impossible(f"{len(kept)} fixed sites of {len(reach)}, and {p} in all")
    most = _Most(reach, people, kept, monotonic() + seconds)
    chosen = most.best(p - len(kept))
    try:
        chosen, settled = most.first(chosen), True
    except TooMuch:
        settled = False
    return _cover(reach, people, [*kept, *chosen], settled=settled)


def marginal_curve(reach: Reach, people: Sequence[int], *, most: int, seconds: float = 10.0) -> Curve:
    """The most people that can be reached with 1 site, with 2 and so on, until it is all of them or ``most`` sites.

    Each number is the best of its size: the sites behind a larger one need not hold those behind a smaller.
    """
    task = _Most(reach, people, [], monotonic() + seconds)
    everyone = _sum(people, task.open)
    found: list[int] = []
    while len(found) < most and (found[-1] if found else 0) < everyone:
        try:
            found.append(task.reached(task.best(len(found) + 1)))
        except TooMuch:
            return Curve(tuple(found), whole=False)
    return Curve(tuple(found), whole=True)


def p_median(distances: np.ndarray[Any, Any], people: Sequence[int], p: int, *, seconds: float = 10.0) -> Median:
    """The ``p`` sites with the least distance from people to the nearest of them (p-median).

    ``distances``: a row a site, a column a node; the answer is in their unit. Raises TooMuch and Impossible.
    """
    import numpy as np

    count, nodes = distances.shape
    if not 1 <= p <= count:
        raise Impossible(f"{p} sites of {count}")
    weights = distances * np.asarray(people, float)
    # Beside whether each site is there: for each site and node whether the node goes there.
    program = _Program(count, count * nodes, monotonic() + seconds)
    column = {(site, node): count + site * nodes + node for site in range(count) for node in range(nodes)}
    program.add(dict.fromkeys(range(count), 1.0), p, p)
    for node in range(nodes):
        program.add({column[site, node]: 1.0 for site in range(count)}, 1.0, 1.0)
    for (site, _node), goes in column.items():
        program.add({site: 1.0, goes: -1.0}, 0.0, _NO_END)
    chosen = program.best({goes: -float(weights[site, node]) for (site, node), goes in column.items()})
    objective = float(weights[chosen].min(axis=0).sum())
    return Median(tuple(chosen), objective, objective / sum(people) if sum(people) else 0.0)


def _sum(people: Sequence[int], nodes: Iterable[int]) -> int:
    return sum(people[node] for node in nodes)


def _cover(reach: Reach, people: Sequence[int], chosen: Iterable[int], *, settled: bool) -> Cover:
    sites = tuple(sorted(chosen))
    nodes = tuple(sorted({node for site in sites for node in reach[site]}))
    reachable = {node for some in reach for node in some}
    lost = tuple(node for node in range(len(people)) if node not in reachable)
    return Cover(sites, nodes, _sum(people, nodes), lost, settled)


def _worthwhile(
    reach: dict[int, frozenset[int]], weights: Sequence[int], *, rows: bool
) -> tuple[dict[int, frozenset[int]], frozenset[int]]:
    """Sites that do not lose to another in every set they could be in, and the nodes that still matter.

    ``rows``: every node has to be reached, so that one whose sites all reach another node too needs no looking after.
    """
    nodes = frozenset(node for some in reach.values() for node in some)
    while True:
        size = len(reach), len(nodes)
        kept: dict[int, frozenset[int]] = {}
        # Before a site stand those with more people, and of as many those that come first.
        for site in sorted(reach, key=lambda one: (-weights[one], one)):
            some = reach[site] & nodes
            if some and not any(some <= other for other in kept.values()):
                kept[site] = some
        reach = dict(sorted(kept.items()))
        if rows:
            nodes = _telling(reach, nodes)
        if (len(reach), len(nodes)) == size:
            return reach, nodes


def _telling(reach: dict[int, frozenset[int]], nodes: frozenset[int]) -> frozenset[int]:
    """The nodes without those that are reached by themselves when another one is."""
    by = {node: frozenset(site for site, some in reach.items() if node in some) for node in nodes}
    kept: list[int] = []
    for node in sorted(nodes, key=lambda one: (len(by[one]), one)):
        if not any(by[other] <= by[node] for other in kept):
            kept.append(node)
    return frozenset(kept)


class _Most:
    """Maximal covering of what fixed sites leave open."""

    def __init__(self, reach: Reach, people: Sequence[int], fixed: Sequence[int], until: float) -> None:
        self.people, self.until = people, until
        served = {node for site in fixed for node in reach[site]}
        self.open = frozenset(node for some in reach for node in some) - served
        open_reach = {site: some & self.open for site, some in enumerate(reach) if site not in fixed}
        self.weights = [_sum(people, some & self.open) for some in reach]
        self.reach, _nodes = _worthwhile(open_reach, self.weights, rows=False)
        self.order = list(self.reach)
        # Nodes that the same sites reach are one.
        self.groups: dict[tuple[int, ...], int] = {}
        for node in sorted(self.open):
            by = tuple(place for place, site in enumerate(self.order) if node in self.reach[site])
            self.groups[by] = self.groups.get(by, 0) + people[node]

    def reached(self, chosen: Iterable[int]) -> int:
        """The people that these sites reach together, of those that are open."""
        return _sum(self.people, {node for site in chosen for node in self.reach[site]})

    def _program(self) -> _Program:
        """A column a site and a column a group of nodes, which is reached when one of its sites is there."""
        program = _Program(len(self.order), len(self.groups), self.until)
        for number, by in enumerate(self.groups):
            program.add({**dict.fromkeys(by, 1.0), len(self.order) + number: -1.0}, 0.0, _NO_END)
        return program

    def _goal(self, most: int) -> dict[int, float]:
        """People first: one more of them is worth more than all sites that may be there together."""
        people = {
            len(self.order) + number: float((most + 1) * some) for number, some in enumerate(self.groups.values())
        }
        return {**people, **dict.fromkeys(range(len(self.order)), -1.0)}

    def best(self, most: int) -> list[int]:
        """The sites that reach the most people, ``most`` of them or fewer when that makes no difference."""
        if not self.order or most <= 0:
            return []
        program = self._program()
        program.add(dict.fromkeys(range(len(self.order)), 1.0), 0.0, most)
        return [self.order[place] for place in program.best(self._goal(most))]

    def first(self, chosen: Sequence[int]) -> list[int]:
        """Of the sets as good as this one, and as small, the one that the rule for ties points at."""
        if not chosen:
            return []
        program = self._program()
        program.add(dict.fromkeys(range(len(self.order)), 1.0), len(chosen), len(chosen))
        places = [self.order.index(site) for site in chosen]

        def worth(some: Sequence[int]) -> int:
            return self.reached(self.order[place] for place in some)

        def rank(some: list[int]) -> tuple[int, list[int]]:
            return sum(self.weights[self.order[place]] for place in some), [-place for place in some]

        same = program.equals(places, self._goal(len(chosen)), worth)
        return [self.order[place] for place in max(same, key=rank)]


class _Program:
    """A mixed integer program: a column a site, which is there or not, then ``others`` between 0 and 1."""

    def __init__(self, sites: int, others: int, until: float) -> None:
        self.sites, self.width, self.until = sites, sites + others, until
        self.cells: tuple[list[int], list[int], list[float]] = ([], [], [])
        self.lower: list[float] = []
        self.upper: list[float] = []

    def add(self, row: dict[int, float], lower: float, upper: float) -> None:
        """A row: coefficients by column, with the least and the most that it may add up to."""
        at, columns, values = self.cells
        at += [len(self.lower)] * len(row)
        columns += row.keys()
        values += row.values()
        self.lower.append(float(lower))
        self.upper.append(float(upper))

    def best(self, goal: dict[int, float]) -> list[int]:
        """The sites that make the goal the largest. Raises TooMuch."""
        found = self._solved(goal)
        if found is None:
            raise TooMuch("no set keeps to these rows")
        return found

    def equals(
        self, chosen: list[int], goal: dict[int, float], worth: Callable[[Sequence[int]], int]
    ) -> list[list[int]]:
        """This best set and all others of its size that are worth as much, each found by forbidding those before it."""
        found, most = [chosen], worth(chosen)
        while len(found) < _MOST_TIES:
            self.add(dict.fromkeys(found[-1], 1.0), 0.0, len(found[-1]) - 1)
            other = self._solved(goal)
            if other is None or worth(other) < most:
                return found
            found.append(other)
        raise TooMuch("too many ties")

    def _solved(self, goal: dict[int, float]) -> list[int] | None:
        """The sites that make the goal the largest, or None when no set keeps to the rows."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        left = self.until - monotonic()
        if left <= 0:
            raise TooMuch("no time left")
        at, columns, values = self.cells
        rows = csr_array((values, (at, columns)), shape=(len(self.lower), self.width))
        cost, whole = np.zeros(self.width), np.zeros(self.width)
        cost[list(goal)] = [-value for value in goal.values()]
        whole[: self.sites] = 1
        limits = [LinearConstraint(rows, np.array(self.lower), np.array(self.upper))]
        options = {"time_limit": left, "mip_rel_gap": 0.0}
        found = milp(cost, integrality=whole, bounds=Bounds(0, 1), constraints=limits, options=options)
        if found.status == 2:
            return None
        if found.status != 0:
            raise TooMuch(found.message)
        return [int(place) for place in (found.x[: self.sites] > 0.5).nonzero()[0]]
