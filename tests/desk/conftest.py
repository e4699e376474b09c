"""Fixtures for pages at the desk. What they make stands in ``house``: pytest reads this before Django is loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.desk.house import House


@pytest.fixture
def house(settings: Any, tmp_path: Any, db: Any) -> House:
    """Two werkplaatsen and the network, with a folder for their files."""
    from tests.desk.house import House

    settings.MEDIA_ROOT = tmp_path / "media"
    return House()
