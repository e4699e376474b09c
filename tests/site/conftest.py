"""What finds, at a clock that stands. What tests say with it is in finding.py: pytest reads this before Django."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest


@pytest.fixture
def standing_still() -> Iterator[None]:
    """The clock stands: however slow the machine, the index is not taken for silent and no hour ends meanwhile."""
    from werkplaats.core import clock

    with clock.at(clock.now()):
        yield


@pytest.fixture(params=["index", "table"])
def searchable(request: Any, indexed: Callable[[], int]) -> Callable[[], int]:
    """Both that can answer: call it when the records are there."""
    return indexed if request.param == "index" else lambda: 0
