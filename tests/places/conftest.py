"""The Netherlands, for tests that ask about all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def netherlands(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The 342 municipalities of 2025."""
    # Not at the top: this file is read before the models are.
    from .shipped import for_a_module, load_municipalities

    with for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            load_municipalities()
        yield
