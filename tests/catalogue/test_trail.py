"""The trail: all that hangs on an entry within six steps, and nothing of what the viewer may not see."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from werkplaats.catalogue import story
from werkplaats.catalogue.models import Entry, Link
from werkplaats.catalogue.trail import STEPS, Tie, Trail, trail_of
from werkplaats.core import clock, registry
from werkplaats.core.actors import ANYONE, Viewer
from werkplaats.core.models import Visibility

pytestmark = pytest.mark.django_db

NETWORK = Viewer(network=True)
# How a record may stand in the hall; the first three a visitor may know of.
STATES = ("openbaar", "knooppunt", "weg", "netwerk", "netwerk-weg", "nooit")
PUBLIC = {"openbaar", "knooppunt"}
KINDS = ("vraag", "project", "pilot", "publicatie", "nieuws")


@dataclass(frozen=True)
class Graph:
    """Records by their state, and ties between their numbers."""

    states: tuple[str, ...]
    ties: frozenset[tuple[int, str, int]]

    def uid(self, number: int) -> str:
        kind = "gemeente" if self.states[number] == "knooppunt" else KINDS[number % len(KINDS)]
        return f"{kind}-{number:026}"

    def known(self) -> Graph:
        """Without anything that a visitor may not know of."""
        may = {number for number, state in enumerate(self.states) if state in {*PUBLIC, "weg"}}
        states = tuple(state if number in may else "nooit" for number, state in enumerate(self.states))
        return Graph(states, frozenset(tie for tie in self.ties if {tie[0], tie[2]} <= may))

    def reachable(self, start: int) -> dict[str, int]:
        """By hand, what a visitor reaches from here in six steps, and how far it is."""
        found, todo = {start: 0}, deque([start])
        far = 1 if self.states[start] == "knooppunt" else STEPS
        while todo:
            here = todo.popleft()
            if found[here] == far or (here != start and self.states[here] == "knooppunt"):
                continue
            for one, _tie, two in self.ties:
                for near, other in ((one, two), (two, one)):
                    if near == here and other not in found and self.states[other] in PUBLIC:
                        found[other] = found[here] + 1
                        todo.append(other)
        return {self.uid(number): distance for number, distance in found.items()}


@st.composite
def graphs(draw: Any) -> Graph:
    size = draw(st.integers(1, 11))
    rest = draw(st.lists(st.sampled_from((*STATES, "openbaar", "openbaar")), min_size=size - 1, max_size=size - 1))
    states = (draw(st.sampled_from(("openbaar", "openbaar", "knooppunt"))), *rest)
    number = st.integers(0, size - 1)
    # A line through all of them, so that there are long ways, and whatever else.
    line = {(n, "komt_voort_uit", n - 1) for n in range(1, size) if draw(st.booleans())}
    ties = draw(st.frozensets(st.tuples(number, st.sampled_from(sorted(registry.TIES)), number), max_size=14))
    return Graph(states, ties | line)


@contextmanager
def hall(graph: Graph) -> Any:
    """The graph in the hall, for as long as it takes."""
    with transaction.atomic():
        for number, state in enumerate(graph.states):
            if state == "nooit":
                continue
            Entry.objects.create(
                uid=graph.uid(number), kind=graph.uid(number).partition("-")[0], title=f"Stap {number}",
                visibility=Visibility.NETWORK if state.startswith("netwerk") else Visibility.PUBLIC,
                datestamp=clock.now(), removed_at=clock.now() if state.endswith("weg") else None,
            )  # fmt: skip
        Link.objects.bulk_create(
            Link(source=graph.uid(one), tie=tie, target=graph.uid(two)) for one, tie, two in graph.ties
        )
        yield
        transaction.set_rollback(True)


def whole(uid: str, viewer: Viewer = ANYONE) -> Trail:
    found = trail_of(uid, viewer=viewer, breadth=99, most=999)
    assert found is not None
    return found


def told(trail: Trail) -> dict[str, Any]:
    """All that a trail says."""
    return {
        "steps": [(one.uid, one.distance, one.parent, one.by, one.more, one.gone) for one in trail.steps],
        "ties": trail.ties,
        "ends": [(entry.uid, ties) for entry, ties in trail.ends],
        "gaps": trail.gaps,
    }


@settings(deadline=None, max_examples=150)
@given(graphs())
def test_it_is_all_that_a_patient_walker_would_find(graph: Graph) -> None:
    with hall(graph):
        trail = whole(graph.uid(0))
    reached = graph.reachable(0)
    start = graph.uid(0)
    steps = {uid: far for uid, far in reached.items() if uid == start or not story.is_hub(uid.partition("-")[0])}
    assert {one.uid: one.distance for one in trail.steps} == steps
    assert {entry.uid for entry, _ties in trail.ends} == reached.keys() - steps.keys()
    between = {Tie(graph.uid(one), tie, graph.uid(two)) for one, tie, two in graph.ties if one != two}
    assert set(trail.ties) == {tie for tie in between if {tie.source, tie.target} <= steps.keys()}
    for one in trail.steps[1:]:
        assert reached[one.parent] == one.distance - 1
        assert set(one.by) == {tie for tie in between if {tie.source, tie.target} == {one.uid, one.parent}}
    lost = {graph.uid(number) for number, state in enumerate(graph.states) if state == "weg"}
    near = {uid for tie in between for uid in tie[::2] if {tie.source, tie.target} & lost}
    assert {one.uid for one in trail.steps if one.gone} == near & steps.keys()


@settings(deadline=None, max_examples=150)
@given(graphs())
def test_what_one_may_not_know_changes_nothing_at_all(graph: Graph) -> None:
    with hall(graph):
        there = told(whole(graph.uid(0)))
        cut = told(trail_of(graph.uid(0), breadth=1, most=4))  # type: ignore[arg-type]
    with hall(graph.known()):
        assert told(whole(graph.uid(0))) == there
        assert told(trail_of(graph.uid(0), breadth=1, most=4)) == cut  # type: ignore[arg-type]


@settings(deadline=None, max_examples=100)
@given(graphs(), st.integers(1, 3), st.integers(1, 6))
def test_what_is_cut_off_is_counted(graph: Graph, breadth: int, most: int) -> None:
    with hall(graph):
        trail = trail_of(graph.uid(0), breadth=breadth, most=most)
        assert trail is not None
        everything = {one.uid for one in whole(graph.uid(0)).steps}
        shown = {one.uid for one in trail.steps}
        assert shown <= everything
        assert len(shown) <= most
        beside = {one.uid: set() for one in trail.steps}  # type: ignore[var-annotated]
        for one, _tie, two in graph.ties:
            for near, other in ((one, two), (two, one)):
                if graph.uid(near) in shown and graph.states[other] == "openbaar":
                    beside[graph.uid(near)].add(graph.uid(other))
    far = 1 if graph.states[0] == "knooppunt" else STEPS
    assert {one.uid: one.more for one in trail.steps} == {uid: len(some - shown) for uid, some in beside.items()}
    assert all(one.distance <= far for one in trail.steps)


def chain(*kinds: str, **facets: list[str]) -> list[str]:
    """Entries of these kinds, each tied to the one before it; the uids."""
    uids = [f"{kind}-{number:026}" for number, kind in enumerate(kinds)]
    for uid in uids:
        own = facets if uid.startswith("vraag") else {}
        Entry.objects.create(uid=uid, kind=uid.partition("-")[0], title=uid, datestamp=clock.now(), facets=own)
    Link.objects.bulk_create(
        Link(source=later, tie="komt_voort_uit", target=earlier) for earlier, later in pairwise(uids)
    )
    return uids


def names(steps: Iterable[Any]) -> list[str]:
    return [one.uid for one in steps]


def test_it_ends_after_six_steps_and_says_that_there_is_more() -> None:
    uids = chain(*["project"] * 9)
    trail = trail_of(uids[0])
    assert trail is not None
    assert names(trail.steps) == uids[:7]
    assert [one.more for one in trail.steps] == [0, 0, 0, 0, 0, 0, 1]


def test_it_goes_both_ways_from_the_middle() -> None:
    uids = chain("vraag", "project", "pilot", "opbrengst", "publicatie")
    trail = trail_of(uids[2])
    assert trail is not None
    assert set(names(trail.steps)) == set(uids)
    assert names(trail.children[uids[2]]) == [uids[1], uids[3]]


def test_a_place_does_not_tie_everything_to_everything() -> None:
    one, two = chain("vraag"), [f"vraag-{7:026}"]
    Entry.objects.create(uid=two[0], kind="vraag", title="Andere", datestamp=clock.now())
    place = f"gemeente-{0:026}"
    Entry.objects.create(uid=place, kind="gemeente", title="Woerden", datestamp=clock.now())
    for uid in (*one, *two):
        Link.objects.create(source=uid, tie="gaat_over", target=place)
    trail, from_place = trail_of(one[0]), trail_of(place)
    assert trail is not None and from_place is not None
    assert names(trail.steps) == one
    assert [entry.title for entry, _ties in trail.ends] == ["Woerden"]
    assert set(names(from_place.steps)) == {place, *one, *two}
    assert from_place.gaps == []


def test_who_belongs_to_the_network_sees_its_steps_and_a_visitor_none_of_it() -> None:
    uids = chain("vraag", "project", "pilot")
    Entry.objects.filter(uid=uids[1]).update(visibility=Visibility.NETWORK)
    assert names(whole(uids[0]).steps) == uids[:1]
    assert names(whole(uids[0], NETWORK).steps) == uids
    assert trail_of(uids[1]) is None
    Entry.objects.filter(uid=uids[1]).update(removed_at=clock.now())
    assert (whole(uids[0]).start.gone, whole(uids[0], NETWORK).start.gone) == (False, True)
    assert trail_of(uids[1], viewer=NETWORK) is None


WAITS, ANSWERED = {"status": ["in-behandeling"]}, {"status": ["beantwoord"]}


@pytest.mark.parametrize(
    ("kinds", "facets", "said"),
    [
        (("vraag",), WAITS, ["Nog geen onderzoek", "Nog geen antwoord"]),
        (("vraag",), ANSWERED, []),
        (("vraag", "publicatie"), ANSWERED, []),
        (("vraag",), {"status": ["niet-opgepakt"]}, ["Geen antwoord: niet opgepakt, met een reden"]),
        (("vraag",), {"status": ["doorverwezen"]}, ["Geen antwoord: doorverwezen"]),
        (("vraag", "project"), WAITS, ["Nog geen opbrengst", "Nog geen antwoord"]),
        (("project", "publicatie"), {}, ["Geen vraag bekend waar dit uit voortkomt"]),
        (
            ("vraag", "project", "pilot", "opbrengst"), ANSWERED,
            ["Nog nergens toegepast, voor zover hier bekend"],
        ),
        (("vraag", "project", "pilot", "opbrengst", "toepassing"), ANSWERED, []),
        (("nieuws",), {}, []),
    ],
)  # fmt: skip
def test_a_missing_step_is_named_where_one_would_expect_it(
    kinds: tuple[str, ...], facets: dict[str, list[str]], said: list[str]
) -> None:
    trail = trail_of(chain(*kinds, **facets)[0])
    assert trail is not None
    assert [str(gap.text) for gap in trail.gaps] == said


def test_a_long_trail_costs_a_fixed_number_of_questions(django_assert_max_num_queries: Any) -> None:
    uids = chain(*["project"] * 7)
    for number, uid in enumerate(uids):
        for leaf in range(10):
            other = f"publicatie-{number}{leaf:025}"
            Entry.objects.create(uid=other, kind="publicatie", title=other, datestamp=clock.now())
            Link.objects.create(source=other, tie="steunt_op", target=uid)
    with django_assert_max_num_queries(3 * (STEPS + 1) + 2):
        trail = trail_of(uids[0])
    assert trail is not None
    assert len(trail.steps) == 67


def test_from_a_question_the_gaps_are_its_own() -> None:
    """That another question, which it answers, still waits is said at that one."""
    answered, waits = chain("vraag", status=["beantwoord"])[0], f"vraag-{5:026}"
    Entry.objects.create(uid=waits, kind="vraag", title="Andere", datestamp=clock.now(), facets=WAITS)
    Link.objects.create(source=answered, tie="beantwoordt", target=waits)
    assert [str(gap.text) for gap in whole(answered).gaps] == []
    assert [str(gap.text) for gap in whole(waits).gaps] == ["Nog geen onderzoek", "Nog geen antwoord"]
