"""Colours of a werkplaats: what can be read, the nearest that can, and every pair of a palette."""

from __future__ import annotations

import random

import pytest

from werkplaats.core import colours

# What stands on what in the style sheet, in shades of one main colour; and the least that asks.
PAIRS = [
    ("green-700", colours.WHITE, colours.TEXT), ("green-700", colours.PAPER, colours.TEXT),
    ("green-900", "green-100", colours.TEXT), ("green-900", "green-200", colours.TEXT),
    ("green-700", "green-50", colours.TEXT), ("green-950", colours.WHITE, colours.TEXT),
    ("green-950", colours.PAPER, colours.TEXT), ("green-950", "on-dark", colours.TEXT),
    ("band-glow", "on-dark-soft", colours.TEXT), ("band-glow", "on-dark-muted", colours.TEXT),
    ("band-glow", colours.WHITE, colours.TEXT), ("green-950", "accent", colours.SEEN),
    ("band-glow", "accent", colours.SEEN), ("accent", colours.INK, colours.BRIGHT),
]  # fmt: skip


def some(number: int) -> list[str]:
    """Colours from all over, the same each time, with the corners."""
    chance = random.Random(20260922)
    return ["#000000", "#ffffff", "#ff0000", "#00ff00", "#0000ff", "#ffff00", "#808080"] + [
        f"#{chance.randrange(1 << 24):06x}" for _ in range(number)
    ]


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    # Published by the W3C and others for these pairs.
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#767676", "#ffffff", 4.54),
     ("#ff0000", "#ffffff", 4.0)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one: str, other: str, wanted: float) -> None:
    assert colours.contrast(one, other) == colours.contrast(other, one) == pytest.approx(wanted, abs=0.005)


def test_the_nearest_colour_reads_and_nothing_nearer_of_that_hue_does() -> None:
    for colour in some(60):
        near = colours.nearest(colour, colours.WHITE, colours.PAPER)
        assert colours.reads_on(near, colours.WHITE, colours.PAPER), colour
        if colours.reads_on(colour, colours.WHITE, colours.PAPER):
            assert near == colour
        else:
            # Just enough: half a step lighter would not do.
            assert colours.contrast(near, colours.PAPER) < colours.TEXT + 0.35, (colour, near)


def test_every_pair_of_every_palette_can_be_read() -> None:
    for main, accent in zip(some(150), reversed(some(150)), strict=True):
        main, accent = (
            colours.nearest(main, colours.WHITE, colours.PAPER),
            colours.nearest(accent, colours.INK, least=colours.BRIGHT),
        )
        shades = colours.palette(main, accent)
        wrong = [
            (one, other)
            for one, other, least in PAIRS
            if colours.contrast(shades.get(one, one), shades.get(other, other)) < least
        ]
        assert (main, accent, wrong) == (main, accent, [])


@pytest.mark.parametrize(("typed", "kept"), [("#0B5C4F", "#0b5c4f"), (" 0b5c4f ", "#0b5c4f"), ("#abc", "#aabbcc")])
def test_a_colour_is_kept_in_one_way(typed: str, kept: str) -> None:
    assert colours.clean(typed) == kept


@pytest.mark.parametrize("typed", ["", "rood", "#12345", "#1234567", "url(#x)", "#0b5c4f;}", "#ggg000"])
def test_what_is_no_colour_never_becomes_one(typed: str) -> None:
    with pytest.raises(ValueError):
        colours.clean(typed)
