"""Drawings in lanes: every word stands inside its box, no box over another, and everything inside the drawing."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.core.lanes import NARROW, WIDTH, Box, Drawing, Item, across, down, wrapped

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


@pytest.mark.parametrize(("lay", "widest"), [(across, WIDTH + 2), (down, NARROW)])
@given(drawn())
def test_every_box_has_its_own_place_with_its_words_in_it(lay: Any, widest: float, given_: Any) -> None:
    items, ties = given_
    drawing: Drawing = lay(items, ties, NAMES)
    assert {box.item.key for box in drawing.boxes} == {item.key for item in items}
    assert drawing.width <= widest
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


def test_a_long_word_goes_on_with_a_hyphen_and_is_one_word_when_read() -> None:
    item = Item("k", 0, "Vraag", "De verantwoordelijkheidsverdelingsvraagstukkenoverzichtslijst")
    box = across([item] + [Item(f"l{n}", n, "", "x") for n in range(1, 8)], [], NAMES).boxes[0]
    read = "".join(f"{'' if line.joined else ' '}{line.text}" for line in box.lines).replace("\u2010", "").strip()
    assert item.text.startswith(read.rstrip(" …"))
    assert box.lines[2].joined
