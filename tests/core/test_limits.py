"""Limits: the one too many hears when to come back; the table does not know who came."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from werkplaats.core import clock
from werkplaats.core.limits import Limit, Purse, TooMany, count, give_back, mailbox
from werkplaats.core.models import Attempt

GUESSING = Limit("raden", most=3, seconds=900)
# Five minutes into a quarter of an hour.
MOMENT = datetime(2026, 11, 20, 10, 5, tzinfo=UTC)
HERE, THERE = "192.0.2.7", "192.0.2.8"

pytestmark = pytest.mark.django_db


def passed(visitor: str, limit: Limit = GUESSING, times: int = 1) -> list[bool]:
    """Which of these attempts were allowed."""
    allowed = []
    for _time in range(times):
        try:
            count(limit, visitor)
        except TooMany:
            allowed.append(False)
        else:
            allowed.append(True)
    return allowed


def test_as_many_as_allowed_and_not_one_more() -> None:
    with clock.at(MOMENT):
        assert passed(HERE, times=5) == [True, True, True, False, False]
        with pytest.raises(TooMany) as caught:
            count(GUESSING, HERE)
    # Ten minutes until the next quarter.
    assert caught.value.retry_after == 600


def test_another_visitor_and_another_thing_are_counted_apart() -> None:
    with clock.at(MOMENT):
        passed(HERE, times=4)
        assert passed(THERE, times=4) == [True, True, True, False]
        assert passed(HERE, Limit("anders", most=1, seconds=900), times=2) == [True, False]


def test_who_waits_as_long_as_was_said_may_again() -> None:
    with clock.at(MOMENT):
        passed(HERE, times=3)
        with pytest.raises(TooMany) as caught:
            count(GUESSING, HERE)
    with clock.at(MOMENT + timedelta(seconds=caught.value.retry_after - 1)):
        assert passed(HERE) == [False]
    with clock.at(MOMENT + timedelta(seconds=caught.value.retry_after)):
        assert passed(HERE, times=4) == [True, True, True, False]


def test_what_is_given_back_was_never_counted() -> None:
    with clock.at(MOMENT):
        for _time in range(5):
            count(GUESSING, HERE)
            give_back(GUESSING, HERE)
        assert passed(HERE, times=4) == [True, True, True, False]
        give_back(GUESSING, HERE)
        assert passed(HERE, times=2) == [True, False]
        give_back(GUESSING, THERE)
        assert passed(THERE, times=4) == [True, True, True, False], "nothing is given back that was not taken"


@pytest.mark.parametrize(
    "typed", ["ada@example.org", "ADA@Example.ORG", " ada@example.org ", "ａda@example.org", "ada@ｅxample.org"]
)
def test_an_address_is_one_however_it_is_typed(typed: str) -> None:
    assert mailbox(typed) == mailbox("ada@example.org")
    assert mailbox(typed) != mailbox("eda@example.org")


def spent(purse: Purse, limit: Limit, times: int, visitor: str = HERE) -> int:
    """How many of these attempts were allowed, and all before the first that was not."""
    allowed = []
    for _time in range(times):
        try:
            purse.count(limit, visitor)
        except TooMany:
            allowed.append(False)
        else:
            allowed.append(True)
    assert allowed == sorted(allowed, reverse=True)
    return sum(allowed)


READING = Limit("lezen", most=100, seconds=900)


@pytest.mark.parametrize("most", [0, 1, 15, 16, 33, 100])
def test_what_comes_often_is_counted_as_strictly(most: int) -> None:
    with clock.at(MOMENT):
        assert spent(Purse(), Limit("lezen", most=most, seconds=900), 130) == most
    with clock.at(MOMENT + timedelta(minutes=15)):
        assert spent(Purse(), Limit("lezen", most=most, seconds=900), 130) == most


def test_what_comes_often_asks_the_database_little(django_assert_max_num_queries: Any) -> None:
    purse = Purse()
    with clock.at(MOMENT):
        purse.count(READING, HERE)
        with django_assert_max_num_queries(0):
            assert spent(purse, READING, 15) == 15
        with django_assert_max_num_queries(1):
            assert spent(purse, READING, 16) == 16
        spent(purse, READING, 1000)
        with django_assert_max_num_queries(0):
            assert spent(purse, READING, 50) == 0, "who is over the limit costs nothing"


@pytest.mark.parametrize("first", [1, 5, 40, 99])
def test_two_processes_together_never_let_more_through(first: int) -> None:
    """And no fewer than what the one that got no more visits had taken for itself."""
    one, other = Purse(), Purse()
    with clock.at(MOMENT):
        together = spent(one, READING, first) + spent(other, READING, 200)
        assert 100 - 15 <= together <= 100
        assert together + spent(one, READING, 200) == 100


def test_visits_to_two_processes_in_turn_are_counted_to_the_last() -> None:
    purses = [Purse(), Purse()]
    with clock.at(MOMENT):
        assert [spent(purses[number % 2], READING, 1) for number in range(102)] == [1] * 100 + [0, 0]


def test_some_addresses_may_read_as_often_as_they_like(settings: Any) -> None:
    settings.UNCOUNTED = frozenset({HERE})
    with clock.at(MOMENT):
        assert spent(Purse(), READING, 150) == 150
        assert spent(Purse(), READING, 150, THERE) == 100
        assert passed(HERE, times=4) == [True, True, True, False], "but not guess"


@given(st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)), st.integers(1, 100_000))
def test_the_wait_is_never_nothing_and_never_longer_than_the_limit(moment: datetime, seconds: int) -> None:
    with clock.at(moment.replace(tzinfo=UTC)):
        with pytest.raises(TooMany) as caught:
            count(Limit("nooit", most=0, seconds=seconds), HERE)
        assert 1 <= caught.value.retry_after <= seconds
    Attempt.objects.all().delete()


def test_the_table_does_not_say_who_came() -> None:
    with clock.at(MOMENT):
        passed(HERE)
    with clock.at(MOMENT + timedelta(minutes=15)):
        passed(HERE)
    rows = list(Attempt.objects.values("what", "who", "window", "count"))
    kept = repr(rows)

    assert HERE not in kept
    # Nor by hashing all addresses there are: that takes our key.
    for window in {"", *(str(row["window"]) for row in rows)}:
        for text in (HERE, f"{HERE}|{window}"):
            assert hashlib.sha256(text.encode()).hexdigest() not in kept
    # A quarter of an hour later the same visitor looks like another.
    assert len({row["who"] for row in rows}) == len(rows) == 2


def test_what_is_over_is_thrown_away() -> None:
    other = Limit("anders", most=3, seconds=900)
    with clock.at(MOMENT):
        passed(HERE)
        passed(HERE, other)
    with clock.at(MOMENT + timedelta(hours=2)):
        passed(THERE)
        passed(THERE)
    assert sorted(Attempt.objects.values_list("what", "count")) == [("anders", 1), ("raden", 2)]
