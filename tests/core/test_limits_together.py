"""Limits hold when many come at the same moment, each with a connection of their own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from werkplaats.core import clock
from werkplaats.core.limits import Limit, Purse, TooMany, count
from werkplaats.core.models import Attempt

LIMIT = Limit("raden", most=12, seconds=900)
TOGETHER = 8


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_exactly_as_many_as_allowed_pass() -> None:
    start = Barrier(TOGETHER)

    def come(_who: int) -> list[bool]:
        allowed = []
        try:
            start.wait(20)
            for _time in range(4):
                try:
                    count(LIMIT, "192.0.2.7")
                except TooMany:
                    allowed.append(False)
                else:
                    allowed.append(True)
        finally:
            connection.close()
        return allowed

    with clock.at(datetime(2026, 11, 20, 10, 5, tzinfo=UTC)), ThreadPoolExecutor(TOGETHER) as pool:
        answers = [answer for answers in pool.map(come, range(TOGETHER)) for answer in answers]

    assert sorted(answers) == [False] * 20 + [True] * 12
    assert list(Attempt.objects.values_list("what", "count")) == [("raden", 12)]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_be_written_to_stops_nobody_from_reading() -> None:
    shut, open_again = {
        "sqlite": ("PRAGMA query_only = 1", "PRAGMA query_only = 0"),
        "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
    }[connection.vendor]
    purse = Purse()
    with connection.cursor() as cursor:
        cursor.execute(shut)
        try:
            for _time in range(3):
                purse.count(LIMIT, "192.0.2.7")
        finally:
            cursor.execute(open_again)
    for _time in range(LIMIT.most):
        purse.count(LIMIT, "192.0.2.7")
    with pytest.raises(TooMany):
        purse.count(LIMIT, "192.0.2.7")
