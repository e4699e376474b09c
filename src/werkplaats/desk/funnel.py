"""How joining went over time, drawn and as a table: how many were in which stage at the end of each month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _t

from werkplaats.core import charts, clock
from werkplaats.network.queries import ends_of, funnel
from werkplaats.network.rules import Stage

# From below: who is in first, then who is on the way, then who is not.
ORDER = (
    Stage.ACTIVE, Stage.SIGNED, Stage.PROMISED, Stage.TALKING, Stage.APPROACHED, Stage.NOT_NOW, Stage.ENDED,
)  # fmt: skip


@dataclass(frozen=True)
class Funnel:
    """A chart, its legend (number of the series, label) and the same in rows (day, numbers)."""

    chart: charts.Columns
    legend: list[tuple[int, str]]
    rows: list[tuple[str, list[int]]]


def drawn(partnerships: Any, *, first: date | None = None, last: date | None = None) -> Funnel | None:
    """The funnel of these partnerships; nothing when no step was set until ``last`` (today)."""
    last = last or clock.today()
    steps = list(partnerships.steps())
    days = [on for _one, on, _stage in steps if on <= last]
    if not days:
        return None
    points = funnel(steps, ends_of(first or min(days), last))
    rows = [(_day(point.day), [point.counts.get(stage, 0) for stage in ORDER]) for point in points]
    legend = [(number, str(stage.label)) for number, stage in enumerate(ORDER, 1)]
    return Funnel(charts.columns(rows), legend, rows)


def _day(day: date) -> str:
    return _t("vandaag") if day == clock.today() else formats.date_format(day, "M Y").lower()
