"""Where the parts of a drawing stand: reckoned here, drawn as SVG by a template. No domain and no colours: classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 8, 12, 44
# So many names fit below.
_MOST_NAMES = 12


@dataclass(frozen=True)
class Block:
    """A part of a column: a rectangle and which series it is of."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True)
class Columns:
    """Stacked columns: blocks, (y, number) of the lines behind them, (x, name) below."""

    blocks: list[Block]
    lines: list[tuple[float, int]]
    names: list[tuple[float, str]]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


def columns(rows: Sequence[tuple[str, Sequence[int]]]) -> Columns:
    """Of each row (name, number in each series) one column, its series on top of each other in their order."""
    highest = max((sum(numbers) for _name, numbers in rows), default=0)
    step = _step(highest)
    top = max(step, -(-highest // step) * step)
    each = (WIDTH - _LEFT - _RIGHT) / max(len(rows), 1)
    tall = HEIGHT - _TOP - _BOTTOM
    blocks = []
    for place, (_name, numbers) in enumerate(rows):
        y = float(HEIGHT - _BOTTOM)
        for series, number in enumerate(numbers, 1):
            height = tall * number / top
            y -= height
            if number:
                x, width = _LEFT + each * place + each * 0.1, each * 0.8
                blocks.append(Block(round(x, 1), round(y, 1), round(width, 1), round(height, 1), series))
    lines = [(round(HEIGHT - _BOTTOM - tall * value / top, 1), value) for value in range(0, top + 1, step)]
    shown = -(-len(rows) // _MOST_NAMES) or 1
    names = [
        (round(_LEFT + each * (place + 0.5), 1), name)
        for place, (name, _numbers) in enumerate(rows)
        if place % shown == 0
    ]
    return Columns(blocks, lines, names)


def _step(highest: int) -> int:
    """Between two lines: 1, 2 or 5, or ten times as much, so that there are at most six."""
    size = 1
    while True:
        for times in (1, 2, 5):
            if size * times * 5 >= highest:
                return size * times
        size *= 10
