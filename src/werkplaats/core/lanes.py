"""Boxes in lanes with lines between them: reckoned here, drawn as SVG by a template. No domain and no colours.

Two ways to lay out the same: ``across``, lanes side by side, for a screen or a sheet of paper; ``down``, all boxes
below each other with the lines in the margin, for a telephone.
"""

from __future__ import annotations

import re
import textwrap
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

# In pixels. A letter is as wide as most are in the sizes that the template uses. What needs more than ``WIDTH`` gets
# it: the page lets one scroll.
WIDTH, NARROW = 1136, 350
_LETTER, _LINE, _PAD, _LABEL = 7.1, 17, 10, 16
NARROWEST, _WIDEST, _BETWEEN, _ABOVE, _HEAD = 180, 240, 30, 12, 44
_SIDES = 2 * _PAD + 4
_MOST_LINES = 4
# A letter of a title, in 20 pixels and bold.
_TITLE = 11.5
_HYPHEN = "\u2010"
# A lane with more boxes than this is laid in more columns, as long as there is room.
_TALL_LANE = 7
_COLUMNS = 6
_MARGIN, _TRACK, _MOST_TRACKS = 14, 7, 7
_RAIL, _MOST_RAILS = 5, 8


# The parts between which a word may be broken, as they are written.
Parted = Callable[[str], Sequence[str]]


def _whole(word: str) -> Sequence[str]:
    return (word,)


@dataclass(frozen=True)
class Item:
    """What stands in a box. ``lane``: the number of its lane; ``look``: a word for the template; ``notes`` below it."""

    key: str
    lane: int
    label: str
    text: str
    url: str = ""
    notes: tuple[str, ...] = ()
    look: str = ""
    lang: str = ""


@dataclass(frozen=True)
class Line:
    """A line of words and where it begins; ``joined``: it goes on with the word that the line before it broke off."""

    y: float
    text: str
    joined: bool = False


@dataclass(frozen=True)
class Box:
    """A placed item: a rectangle, and its words in lines."""

    item: Item
    x: float
    y: float
    width: float
    height: float
    label_y: float
    lines: tuple[Line, ...]
    notes: tuple[Line, ...]

    @property
    def text_x(self) -> float:
        """Where its words begin."""
        return self.x + _PAD + 4


@dataclass(frozen=True)
class Heading:
    """The name of a lane above it, in lines."""

    x: float
    width: float
    lines: tuple[Line, ...]
    rule_y: float


@dataclass(frozen=True)
class Curve:
    """A line between two boxes, and what it says; ``near``: it touches the box that one begins from."""

    path: str
    said: str
    near: bool = False


@dataclass(frozen=True)
class Drawing:
    """All of it, with its size."""

    width: float
    height: float
    boxes: list[Box]
    headings: list[Heading]
    curves: list[Curve] = field(default_factory=list)


def wrapped(text: str, width: float, most: int = _MOST_LINES, parted: Parted = _whole) -> list[str]:
    """Text in lines of this many pixels; what does not fit ends in an ellipsis."""
    letters = max(int(width / _LETTER), 6)
    words = " ".join(_broken(word, letters, parted) for word in text.split())
    lines = textwrap.wrap(words, letters, break_long_words=False) or [""]
    return lines if len(lines) <= most else [*lines[: most - 1], _dotted(lines[most - 1], letters)]


def _dotted(line: str, letters: int) -> str:
    """A line that ends in an ellipsis instead of going on."""
    if line.endswith(_HYPHEN):
        return f"{line[:-1]}…"
    if len(line) + 2 <= letters:
        return f"{line} …"
    before, _space, _word = line.rpartition(" ")
    return f"{before} …" if before else f"{line[: letters - 1]}…"


def _seams(word: str, parted: Parted) -> list[str]:
    """A word in pieces: after each hyphen or slash of its own, and then where ``parted`` allows."""
    return [piece for part in re.split(r"(?<=[-/])(?=.)", word) for piece in parted(part)]


def _broken(word: str, letters: int, parted: Parted) -> str:
    """A word that is longer than a line in pieces that are not; a piece that cannot be parted ends in an ellipsis."""
    if len(word) <= letters:
        return word
    lines = [""]
    for piece in _seams(word, parted):
        if lines[-1] and len(lines[-1] + piece) >= letters:
            lines[-1] += "" if lines[-1].endswith(("-", "/")) else _HYPHEN
            lines.append("")
        if len(piece) > letters:
            return " ".join([*lines[:-1], f"{piece[: letters - 1]}…"])
        lines[-1] += piece
    return " ".join(lines)


def title(text: str, width: float) -> list[Line]:
    """A title above a drawing of this width, in lines."""
    return _lined(wrapped(text, width * _LETTER / _TITLE, 3), 0, 1.3 * 20)


def _lined(texts: Sequence[str], first: float, each: float) -> list[Line]:
    broken = [False, *(one.endswith(_HYPHEN) for one in texts)]
    return [Line(first + each * n, one, broken[n]) for n, one in enumerate(texts)]


def _box(item: Item, x: float, y: float, width: float, parted: Parted) -> Box:
    inside = width - _SIDES
    label_y = y + _PAD + (10 if item.label else -6)
    texts = _lined(wrapped(item.text, inside, parted=parted), label_y + 2 + _LINE, _LINE)
    below = label_y + 4 + _LINE * len(texts)
    notes = [one for note in item.notes for one in wrapped(note, inside, 3)]
    said = _lined(notes, below + _LABEL, _LABEL)
    bottom = (said[-1].y if said else texts[-1].y) + _PAD
    return Box(item, x, y, width, bottom - y, label_y, tuple(texts), tuple(said))


def _ordered(items: Sequence[Item], ties: Sequence[tuple[str, str, str]]) -> dict[int, list[Item]]:
    """The items of each lane, near what they are tied to in the lanes before: fewer lines cross."""
    near: dict[str, list[str]] = defaultdict(list)
    for one, two, _said in ties:
        near[one].append(two)
        near[two].append(one)
    lanes: dict[int, list[Item]] = defaultdict(list)
    for item in items:
        lanes[item.lane].append(item)
    place: dict[str, float] = {item.key: float(n) for lane in lanes.values() for n, item in enumerate(lane)}
    for _round in range(2):
        for number in sorted(lanes):

            def middle(item: Item) -> float:
                some = [place[key] for key in near[item.key] if key in place]
                return sum(some) / len(some) if some else place[item.key]

            lanes[number].sort(key=lambda item: (item.look == "gap", middle(item)))
            place.update((item.key, float(n)) for n, item in enumerate(lanes[number]))
    return {number: lanes[number] for number in sorted(lanes)}


def _columns(lanes: Mapping[int, list[Item]]) -> dict[int, int]:
    """How many columns each lane gets: one, and more for the longest while there is room."""
    columns = dict.fromkeys(lanes, 1)
    while sum(columns.values()) < _COLUMNS:
        longest = max(lanes, key=lambda lane: len(lanes[lane]) / columns[lane])
        if len(lanes[longest]) / columns[longest] <= _TALL_LANE:
            break
        columns[longest] += 1
    return columns


def _widths(lanes: Mapping[int, list[Item]], columns: Mapping[int, int], parted: Parted) -> dict[int, float]:
    """How wide the boxes of each lane are: their share of the room, and wide enough for their longest words."""
    share = max((WIDTH + _BETWEEN) / max(sum(columns.values()), 1) - _BETWEEN, NARROWEST)
    fits = int((share - _SIDES) / _LETTER)
    found = {}
    for lane, row in lanes.items():
        long = [word for item in row for word in item.text.split() if len(word) > fits]
        longest = max((len(piece) for word in long for piece in _seams(word, parted)), default=0)
        found[lane] = min(_WIDEST, max(share, (longest + 1) * _LETTER + _SIDES))
    return found


def across(
    items: Sequence[Item], ties: Sequence[tuple[str, str, str]], names: Mapping[int, str], parted: Parted = _whole
) -> Drawing:
    """Lanes side by side, each under its name. ``ties``: (key, key, what the line says)."""
    lanes = _ordered(items, ties)
    columns = _columns(lanes)
    widths = _widths(lanes, columns, parted)
    rails = _rails(lanes, ties)
    top = _HEAD + 6 + (_RAIL * (max(rails.values()) + 1) + 6 if rails else 0)
    boxes: list[Box] = []
    headings = []
    x = 1.0
    for lane, row in lanes.items():
        many, each = columns[lane], widths[lane] + _BETWEEN
        wide = each * many - _BETWEEN
        lines = [Line(14.0 + _LABEL * n, one) for n, one in enumerate(wrapped(names[lane], wide, 2))]
        headings.append(Heading(x, wide, tuple(lines), _HEAD - 6))
        heights = [float(top)] * many
        for item in row:
            column = heights.index(min(heights))
            box = _box(item, x + column * each, heights[column], each - _BETWEEN, parted)
            heights[column] = box.y + box.height + _ABOVE
            boxes.append(box)
        x += each * many
    high = max((box.y + box.height for box in boxes), default=_HEAD)
    placed = {box.item.key: box for box in boxes}
    curves = [
        Curve(_between(placed[one], placed[two], rails), said, _near(placed[one], placed[two]))
        for one, two, said in ties
        if one in placed and two in placed
    ]
    return Drawing(x - _BETWEEN + 1, high + 4, boxes, headings, curves)


def _rails(lanes: Mapping[int, list[Item]], ties: Sequence[tuple[str, str, str]]) -> dict[str, int]:
    """For each item that is tied to something beyond the next lane a rail above the boxes: lines hide behind none.

    Each its own where its lines run, as far as there are rails.
    """
    place = {item.key: n for n, row in enumerate(lanes.values()) for item in row}
    far: dict[str, int] = {}
    for one, two, _said in ties:
        left, right = sorted((one, two), key=lambda key: place.get(key, -1))
        if left in place and place[right] - place[left] > 1:
            far[left] = max(far.get(left, 0), place[right])
    rails: dict[str, int] = {}
    ends: list[int] = []
    for key in sorted(far, key=lambda key: (place[key], -far[key], key)):
        free = next((n for n, end in enumerate(ends) if end <= place[key]), len(ends))
        if free == _MOST_RAILS:
            free = ends.index(min(ends))
        if free == len(ends):
            ends.append(0)
        ends[free] = max(ends[free], far[key])
        rails[key] = free
    return rails


def _near(*boxes: Box) -> bool:
    return any(box.item.look == "start" for box in boxes)


def _between(one: Box, two: Box, rails: Mapping[str, int]) -> str:
    """From the right side of the left box to the left side of the other; within a column round the right side."""
    left, right = (one, two) if one.x <= two.x else (two, one)
    from_x, from_y = left.x + left.width, left.y + left.height / 2
    to_y = right.y + right.height / 2
    if left.item.key in rails and right.x - from_x > _BETWEEN + 1:
        return _over(from_x, from_y, right.x, to_y, rails[left.item.key])
    if right.x == left.x:
        out = from_x + _BETWEEN * 0.6
        return f"M{from_x:.0f} {from_y:.0f}C{out:.0f} {from_y:.0f} {out:.0f} {to_y:.0f} {from_x:.0f} {to_y:.0f}"
    bend = max((right.x - from_x) / 2, _BETWEEN / 2)
    return (
        f"M{from_x:.0f} {from_y:.0f}C{from_x + bend:.0f} {from_y:.0f} {right.x - bend:.0f} {to_y:.0f} "
        f"{right.x:.0f} {to_y:.0f}"
    )


def _over(from_x: float, from_y: float, to_x: float, to_y: float, rail: int) -> str:
    """Out of a box, up beside its column, along a rail above all boxes, and down beside the column of the other."""
    y, aside = _HEAD + 2 + _RAIL * rail, 6 + 2 * (rail % 5)
    up, low = from_x + aside, to_x - aside
    return (
        f"M{from_x:.0f} {from_y:.0f}H{up - 4:.0f}Q{up:.0f} {from_y:.0f} {up:.0f} {from_y - 4:.0f}V{y + 4}"
        f"Q{up:.0f} {y} {up + 4:.0f} {y}H{low - 4:.0f}Q{low:.0f} {y} {low:.0f} {y + 4}V{to_y - 4:.0f}"
        f"Q{low:.0f} {to_y:.0f} {low + 4:.0f} {to_y:.0f}H{to_x:.0f}"
    )


def down(
    items: Sequence[Item], ties: Sequence[tuple[str, str, str]], names: Mapping[int, str], parted: Parted = _whole
) -> Drawing:
    """All boxes below each other, lane after lane, with the lines in the margin at the left."""
    lanes = _ordered(items, ties)
    order = {item.key: n for n, item in enumerate(one for row in lanes.values() for one in row)}
    tracks = _tracks([(order[one], order[two]) for one, two, _said in ties if one in order and two in order])
    left = _MARGIN + _TRACK * min(max(tracks.values(), default=0) + 1, _MOST_TRACKS)
    boxes: list[Box] = []
    headings = []
    y = 4.0
    for lane, row in lanes.items():
        headings.append(Heading(left, NARROW - left, (Line(y + 16, names[lane]),), y + 24))
        y += 34
        for item in row:
            boxes.append(_box(item, left, y, NARROW - left - 2, parted))
            y += boxes[-1].height + _ABOVE
        y += 10
    placed = {box.item.key: box for box in boxes}
    curves = []
    for one, two, said in ties:
        if one in placed and two in placed:
            span = (min(order[one], order[two]), max(order[one], order[two]))
            x = left - _TRACK * (1 + tracks[span] % _MOST_TRACKS) - 5
            top, low = sorted(box.y + box.height / 2 for box in (placed[one], placed[two]))
            curves.append(Curve(_round(left, x, top, low), said, _near(placed[one], placed[two])))
    return Drawing(NARROW, y, boxes, headings, curves)


def _round(left: float, x: float, top: float, low: float) -> str:
    """From a box out to a track in the margin, along it, and back to another box."""
    return (
        f"M{left} {top:.0f}H{x + 6}Q{x} {top:.0f} {x} {top + 6:.0f}"
        f"V{low - 6:.0f}Q{x} {low:.0f} {x + 6} {low:.0f}H{left}"
    )


def _tracks(spans: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """For each line in the margin the track nearest to the boxes where nothing else runs; short ones first."""
    tracks: dict[tuple[int, int], int] = {}
    used: list[list[tuple[int, int]]] = []
    for span in sorted({(min(one), max(one)) for one in spans}, key=lambda one: (one[1] - one[0], one)):
        free = (n for n, some in enumerate(used) if all(span[1] <= a or b <= span[0] for a, b in some))
        track = next(free, len(used))
        if track == len(used):
            used.append([])
        used[track].append(span)
        tracks[span] = track
    return tracks
