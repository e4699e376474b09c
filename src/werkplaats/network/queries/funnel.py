"""How many were in which stage on which day: a funnel over time, from dated steps."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

# With more columns than these the next larger step is taken.
_MOST_MONTHS, _MOST_QUARTERS = 18, 48


@dataclass(frozen=True)
class Point:
    """On one day: how many partnerships were in each stage. Who had not begun is in none."""

    day: date
    counts: dict[str, int]

    def of(self, stages: Iterable[str]) -> int:
        """How many in these stages together."""
        return sum(self.counts.get(stage, 0) for stage in stages)


def funnel(steps: Iterable[tuple[Hashable, date, str]], days: Sequence[date]) -> list[Point]:
    """What the steps (who where, day, stage) say of each day, the days in order.

    Steps of one stand together, in order; of two on one day the later one holds.
    """
    changes: list[dict[str, int]] = [{} for _day in days]
    for _partnership, own in groupby(steps, key=lambda step: step[0]):
        before = ""
        for _one, on, stage in own:
            place = bisect_left(days, on)
            if place < len(days):
                change = changes[place]
                change[stage] = change.get(stage, 0) + 1
                if before:
                    change[before] = change.get(before, 0) - 1
            before = stage
    found: list[Point] = []
    now: dict[str, int] = {}
    for day, change in zip(days, changes, strict=True):
        now = {stage: now.get(stage, 0) + change.get(stage, 0) for stage in {**now, **change}}
        found.append(Point(day, {stage: count for stage, count in now.items() if count}))
    return found


def ends_of(first: date, last: date) -> list[date]:
    """The last days of the months from ``first`` to ``last``; of quarters or years when that is long. And ``last``."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    step = 1 if months <= _MOST_MONTHS else 3 if months <= _MOST_QUARTERS * 3 else 12
    found, year, month = [], first.year, -(-first.month // step) * step
    while True:
        end = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        if end >= last:
            return [*found, last]
        found.append(end)
        month += step
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
