"""Drawings in lanes: every word stands inside its box, no box over another, and everything inside the drawing."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.catalogue.language import seams
from werkplaats.core.lanes import NARROW, NARROWEST, WIDTH, Box, Drawing, Item, across, down, wrapped

NAMES = {number: f"Baan {number}" for number in range(9)}


@st.composite
def drawn(draw: Any) -> tuple[list[Item], list[tuple[str, str, str]]]:
    size = draw(st.integers(1, 45))
    text = st.text(st.sampled_from("abc deé-M"), max_size=160)
    items = []
    for n in range(size):
        lane, label, notes = draw(st.integers(0, 8)), draw(st.sampled_from(["", "Project"])), draw(st.integers(0, 2))
        items.append(Item(f"k{n}", lane, label, draw(text), notes=("en nog 3",) * notes))
    key = st.sampled_from([item.key for item in items])
    return items, draw(st.lists(st.tuples(key, key, st.just("hoort bij")), max_size=30))


def overlap(one: Box, two: Box) -> bool:
    return (
        one.x < two.x + two.width
        and two.x < one.x + one.width
        and one.y < two.y + two.height
        and two.y < one.y + one.height
    )


@pytest.mark.parametrize(("lay", "narrowest"), [(across, NARROWEST), (down, 200)])
@given(drawn())
def test_every_box_has_its_own_place_with_its_words_in_it(lay: Any, narrowest: float, given_: Any) -> None:
    items, ties = given_
    drawing: Drawing = lay(items, ties, NAMES)
    assert {box.item.key for box in drawing.boxes} == {item.key for item in items}
    assert all(box.width >= narrowest for box in drawing.boxes)
    if lay is down:
        assert drawing.width == NARROW
    elif len({box.x for box in drawing.boxes}) <= WIDTH // (240 + 30):
        assert drawing.width <= WIDTH + 2
    assert not any(overlap(one, two) for one, two in combinations(drawing.boxes, 2))
    for box in drawing.boxes:
        assert box.x >= 0 and box.x + box.width <= drawing.width
        assert box.y >= 0 and box.y + box.height <= drawing.height
        assert all(box.y < line.y < box.y + box.height for line in (*box.lines, *box.notes))
    for curve in drawing.curves:
        numbers = [float(one) for one in re.findall(r"-?[\d.]+", curve.path)]
        assert min(numbers) >= 0


def test_a_crowded_lane_gets_the_room_that_others_leave() -> None:
    items = [Item(f"k{n}", 0, "Vraag", "Wat helpt?") for n in range(30)]
    drawing = across(items, [], NAMES)
    assert len({box.x for box in drawing.boxes}) == 5
    assert drawing.height < 600


def test_what_does_not_fit_ends_in_dots() -> None:
    assert wrapped("kort", 100) == ["kort"]
    lines = wrapped("Een heel lange zin die nergens zo maar in past", 100, 2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")


def read(box: Box) -> str:
    """The words of a box as a screen reader has them."""
    return "".join(f"{'' if line.joined else ' '}{line.text}" for line in box.lines).replace("\u2010", "").strip()


def test_no_word_is_broken_among_seven_lanes() -> None:
    """As on a page of 1280 wide, where a box once had room for fourteen letters."""
    long = "Monitoring, Lokale Beleidsontwikkeling en Methodiekbeschrijving Ervaringsdeskundigheid"
    drawing = across([Item(f"k{n}", n, "Project", long) for n in range(7)], [], NAMES)
    words = {word for box in drawing.boxes for line in box.lines for word in line.text.split()}
    assert words <= {*long.split(), "…"}
    assert drawing.width > WIDTH


def test_a_lane_is_as_wide_as_its_longest_word() -> None:
    word = "Meervoudigepartijenoverleg"
    wide, plain = across([Item("a", 0, "", word), *(Item(f"k{n}", n, "", "x") for n in range(1, 8))], [], NAMES).boxes[
        :2
    ]
    assert [line.text for line in wide.lines] == [word]
    assert wide.width > plain.width == NARROWEST


def test_a_compound_that_is_longer_than_any_lane_goes_on_between_its_parts_and_is_one_word_when_read() -> None:
    item = Item("k", 0, "Vraag", "Mantelzorgondersteuningsprojectenoverzicht in de wijk")
    others = [Item(f"l{n}", n, "", "x") for n in range(1, 8)]
    box = across(
        [item, *others], [], NAMES, lambda word: ("Mantel", "zorg", "ondersteunings", "projecten", "overzicht")
    ).boxes[0]
    assert box.lines[0].text.removesuffix("\u2010") in ("Mantelzorg", "Mantelzorgondersteunings")
    assert box.lines[1].joined
    assert read(box) == item.text


def test_a_word_that_can_be_parted_nowhere_ends_in_dots() -> None:
    lines = wrapped("Het Onbekendsoortiglangwoorddatnergenspast hier", 120)
    assert lines == ["Het", "Onbekendsoortig…", "hier"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Eenzaamheidsbestrijding,", ("Eenzaamheids", "bestrijding,")),
        ("(mantelzorgondersteuning)", ("(mantel", "zorg", "ondersteuning)")),
        ("patiëntenvereniging", ("patiënten", "vereniging")),
        ("werkplaats", ("werkplaats",)),
        ("Wmo-werkplaatsen", ("Wmo-werkplaatsen",)),
        ("–", ("–",)),
    ],
)
def test_a_compound_comes_apart_as_it_is_written(word: str, parts: tuple[str, ...]) -> None:
    assert seams(word) == parts


def test_a_line_beyond_the_next_lane_hides_behind_no_box() -> None:
    """Not through a box as if that were a step between."""
    items = [Item(f"{lane}-{row}", lane, "Vraag", "Wat helpt hier?") for lane in range(5) for row in range(4)]
    ties = [("0-2", "4-3", "a"), ("1-0", "3-1", "b"), ("0-0", "2-0", "c"), ("4-0", "1-3", "d"), ("0-1", "1-1", "e")]
    drawing = across(items, ties, NAMES)
    for curve in drawing.curves:
        for x, y in corners(curve.path):
            assert not any(
                box.x < x - 1 and x + 1 < box.x + box.width and box.y < y < box.y + box.height for box in drawing.boxes
            )
    assert len({curve.path for curve in drawing.curves}) == len(ties)


def corners(path: str) -> list[tuple[float, float]]:
    """Points along the straight parts of a line."""
    x = y = 0.0
    found = []
    for letter, rest in re.findall(r"([MHVQC])([^MHVQC]*)", path):
        numbers = [float(one) for one in rest.split()]
        to = (numbers[0], y) if letter == "H" else (x, numbers[0]) if letter == "V" else (numbers[-2], numbers[-1])
        if letter != "M":
            found += [(x + (to[0] - x) * n / 40, y + (to[1] - y) * n / 40) for n in range(41)]
        x, y = to
    return found
