"""What makes a function an action: one transaction, and the hall fresh at its end."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from django.db import transaction

from werkplaats.core import touched

P = ParamSpec("P")
R = TypeVar("R")


def action(function: Callable[P, R]) -> Callable[P, R]:
    """All or nothing, and the touched records refreshed before it commits."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction.atomic(), touched.gathered():
            return function(*args, **kwargs)

    return run
