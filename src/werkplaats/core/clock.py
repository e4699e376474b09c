"""The clock of the house: the only place that asks the machine what time it is.

Tests and replays set it with ``at``; everything else calls ``now`` and ``today``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

# One value for the whole process, not per thread: a browser journey sets the
# clock in the test's thread and the server's threads must see it.
_set: list[datetime] = []


def now() -> datetime:
    """This moment, aware."""
    return _set[-1] if _set else timezone.now()


def today() -> date:
    """The calendar day in Amsterdam."""
    return now().astimezone(AMSTERDAM).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at an aware moment."""
    if moment.tzinfo is None:
        raise ValueError("the clock needs a time zone")
    _set.append(moment)
    try:
        yield
    finally:
        _set.remove(moment)
