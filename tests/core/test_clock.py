"""The clock of the house can be held."""

from __future__ import annotations

from datetime import UTC, date, datetime
from threading import Thread

import pytest
from django.utils import timezone

from werkplaats.core import clock

SUMMER = datetime(2026, 7, 1, 12, 0, tzinfo=UTC)
WINTER = datetime(2026, 1, 1, 12, 0, tzinfo=UTC)


def test_it_is_held_while_the_block_lasts_and_goes_on_after() -> None:
    with clock.at(SUMMER):
        with clock.at(WINTER):
            assert clock.now() == WINTER
        assert clock.now() == SUMMER
    before = timezone.now()
    assert before <= clock.now() <= timezone.now()


def test_it_goes_on_after_a_failure_too() -> None:
    with pytest.raises(ZeroDivisionError), clock.at(WINTER):
        1 / 0  # noqa: B018
    assert clock.now() != WINTER


def test_other_threads_see_it() -> None:
    seen: list[datetime] = []
    with clock.at(SUMMER):
        thread = Thread(target=lambda: seen.append(clock.now()))
        thread.start()
        thread.join()
    assert seen == [SUMMER]


def test_the_day_is_that_of_amsterdam_in_summer_and_winter() -> None:
    with clock.at(datetime(2026, 6, 30, 22, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 7, 1)
    with clock.at(datetime(2026, 12, 31, 22, 59, tzinfo=UTC)):
        assert clock.today() == date(2026, 12, 31)
    with clock.at(datetime(2026, 12, 31, 23, 0, tzinfo=UTC)):
        assert clock.today() == date(2027, 1, 1)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(datetime(2026, 1, 1, 12, 0)):
        pass
