"""What makes a function an action: one transaction, the hall fresh at its end, and last of all the logbook."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from django.db import transaction

from werkplaats.core import logbook, touched

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def one_act() -> Iterator[None]:
    """All or nothing: the touched records are refreshed and then the logbook written before it commits."""
    with transaction.atomic(), logbook.gathered(), touched.gathered():
        yield


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Make of each call one act."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with one_act():
            return function(*args, **kwargs)

    return run
