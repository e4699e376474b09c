"""The whole network as it is shipped, for tests that ask about all of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def network(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """All municipalities, werkplaatsen and organisations of the demonstration."""
    # Not at the top: this file is read before the models are.
    from tests.places.shipped import for_a_module, load_municipalities

    from .shipped import load_organisations, load_werkplaatsen

    with for_a_module(django_db_blocker):
        with django_db_blocker.unblock():
            load_municipalities()
            load_werkplaatsen()
            load_organisations()
        yield
