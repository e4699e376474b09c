"""Many who write the logbook at once make one chain, and nobody waits for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection

from werkplaats.core import logbook
from werkplaats.core.action import action
from werkplaats.core.actors import SYSTEM, Actor
from werkplaats.core.models import Attempt, LogEntry
from werkplaats.core.verification import Reading

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER, ACTS = 6, 10


@action
def act(*, who: int, time: int, by: Actor) -> None:
    """Two lines; every third act fails."""
    logbook.write("first", f"{who}-{time}", by=by)
    logbook.write("second", f"{who}-{time}", by=by)
    if time % 3 == 2:
        raise RuntimeError("halverwege")


def _write(who: int, start: Barrier) -> None:
    try:
        start.wait(20)
        for time in range(ACTS):
            try:
                act(who=who, time=time, by=SYSTEM)
            except RuntimeError:
                continue
    finally:
        connection.close()


def test_many_writers_at_once_make_one_unbroken_chain() -> None:
    start = Barrier(TOGETHER)
    with ThreadPoolExecutor(TOGETHER) as pool:
        list(pool.map(lambda who: _write(who, start), range(TOGETHER)))

    assert list(Reading().findings()) == []
    rows = list(LogEntry.objects.order_by("number").values_list("number", "verb", "target"))
    kept = {f"{who}-{time}" for who in range(TOGETHER) for time in range(ACTS) if time % 3 != 2}
    assert [number for number, _verb, _target in rows] == list(range(1, 2 * len(kept) + 1))
    # The lines of one act stand together.
    assert [verb for _number, verb, _target in rows] == ["first", "second"] * len(kept)
    assert {target for _number, _verb, target in rows} == kept
    assert [target for _number, _verb, target in rows[::2]] == [target for _number, _verb, target in rows[1::2]]


def test_reading_while_others_write_finds_nothing_wrong() -> None:
    act(who=9, time=0, by=SYSTEM)
    start, done = Barrier(TOGETHER + 1), Event()

    def read() -> tuple[list[object], int]:
        wrong: list[object] = []
        rows = 0
        try:
            start.wait(20)
            while not done.is_set():
                reading = Reading()
                wrong += reading.findings()
                rows = max(rows, reading.rows)
        finally:
            connection.close()
        return wrong, rows

    with ThreadPoolExecutor(TOGETHER + 1) as pool:
        reader = pool.submit(read)
        writers = [pool.submit(_write, who, start) for who in range(TOGETHER)]
        try:
            for writer in writers:
                writer.result()
        finally:
            done.set()
        wrong, rows = reader.result()

    assert wrong == []
    assert rows >= 2


@action
def hold_then_write(*, record: Attempt, holds: Event, go: Event, by: Actor) -> None:
    """First a record, then a line."""
    Attempt.objects.select_for_update().get(pk=record.pk).save()
    holds.set()
    # On SQLite nobody else gets this far.
    if connection.vendor == "postgresql":
        assert go.wait(20)
    logbook.write("held", "poging", by=by)


@action
def write_then_hold(*, record: Attempt, wrote: Event, by: Actor) -> None:
    """First a line, then the same record."""
    logbook.write("wrote", "poging", by=by)
    wrote.set()
    Attempt.objects.select_for_update().get(pk=record.pk).save()


def test_two_acts_that_want_the_same_in_another_order_both_end() -> None:
    """Were the head held from the first line on, each would wait for the other."""
    record = Attempt.objects.create(what="proef", who="x", window=1)
    holds, wrote = Event(), Event()

    def run(one: object, **words: object) -> None:
        try:
            one(record=record, by=SYSTEM, **words)  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(run, hold_then_write, holds=holds, go=wrote)
        assert holds.wait(20)
        second = pool.submit(run, write_then_hold, wrote=wrote)
        first.result(60)
        second.result(60)

    assert list(LogEntry.objects.order_by("number").values_list("verb", flat=True)) == ["held", "wrote"]
    assert list(Reading().findings()) == []
