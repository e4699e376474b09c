"""The funnel counts what counting one by one gives, on every day, whatever the steps are."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from werkplaats.core.charts import columns
from werkplaats.network.queries import ends_of, funnel
from werkplaats.network.rules import Stage

FIRST = date(2013, 9, 1)
DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days))
# (partnership, day, stage), in the order that the database gives them: of one partnership together, by day.
STEPS = st.lists(st.tuples(st.integers(1, 6), DAYS, st.sampled_from(Stage.values)), max_size=30).map(
    lambda steps: sorted(steps, key=lambda step: step[:2])
)


def one_by_one(steps: list[tuple[int, date, str]], day: date) -> dict[str, int]:
    """Of every partnership the last step until that day."""
    now = {partnership: stage for partnership, on, stage in steps if on <= day}
    return {stage: list(now.values()).count(stage) for stage in set(now.values())}


@given(STEPS, st.lists(DAYS, min_size=1, max_size=12, unique=True).map(sorted))
def test_the_funnel_equals_counting_one_by_one(steps: list[tuple[int, date, str]], days: list[date]) -> None:
    assert [(point.day, point.counts) for point in funnel(steps, days)] == [
        (day, one_by_one(steps, day)) for day in days
    ]


@given(STEPS, DAYS)
def test_each_is_in_one_stage_or_has_not_begun(steps: list[tuple[int, date, str]], day: date) -> None:
    begun = {partnership for partnership, on, _stage in steps if on <= day}
    assert funnel(steps, [day])[0].of(Stage.values) == len(begun)


@given(DAYS, st.integers(0, 9000))
def test_the_days_are_ends_of_months_in_order_and_the_last_is_the_last(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    days = ends_of(first, last)
    assert days == sorted(set(days)) and days[-1] == last and len(days) <= 49
    assert all((day + timedelta(days=1)).day == 1 for day in days[:-1])
    assert days[0] >= first


def test_a_short_time_goes_by_month_and_a_long_one_by_quarter_and_year() -> None:
    assert ends_of(FIRST, date(2014, 3, 31)) == [
        date(2013, 9, 30), date(2013, 10, 31), date(2013, 11, 30), date(2013, 12, 31),
        date(2014, 1, 31), date(2014, 2, 28), date(2014, 3, 31),
    ]  # fmt: skip
    assert ends_of(FIRST, date(2016, 2, 1))[:3] == [date(2013, 9, 30), date(2013, 12, 31), date(2014, 3, 31)]
    assert ends_of(date(2009, 9, 1), date(2026, 11, 22))[:2] == [date(2009, 12, 31), date(2010, 12, 31)]


@given(st.lists(st.lists(st.integers(0, 300), min_size=3, max_size=3), max_size=50))
def test_a_drawing_stays_within_its_frame_and_is_as_high_as_its_number(rows: list[list[int]]) -> None:
    chart = columns([(str(number), row) for number, row in enumerate(rows)])
    unit = (chart.lines[0][0] - chart.lines[-1][0]) / (chart.lines[-1][1] or 1)
    assert len(chart.lines) <= 7 and chart.lines[-1][1] >= max((sum(row) for row in rows), default=0)
    for block in chart.blocks:
        assert block.x >= chart.left and block.x + block.width <= chart.right + 0.1 and block.y >= 0
    numbers = [number for row in rows for number in row if number]
    assert len(numbers) == len(chart.blocks)
    assert all(abs(block.height - unit * number) < 0.2 for block, number in zip(chart.blocks, numbers, strict=True))
