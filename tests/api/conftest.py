"""Fixtures. What they make stands in small.py: pytest reads this module before Django is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.api.small import Network


@pytest.fixture(autouse=True)
def names_asked_anew() -> None:
    """Names of themes and places are kept for seconds: those of the test before are not ours."""
    from werkplaats.catalogue import asked

    asked.forget()


@pytest.fixture(autouse=True)
def reading_is_not_counted(settings: Any) -> None:
    """Most tests ask more in a minute than any visitor, and count questions to the database."""
    # Schemathesis comes from nowhere.
    settings.UNCOUNTED = frozenset({"127.0.0.1", "onbekend"})


@pytest.fixture
def network(db: Any) -> Network:
    """A small network, with something in it that is not public."""
    from tests.api.small import make_network

    return make_network()
