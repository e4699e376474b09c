"""Municipalities that are over, or not yet there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests import factories
from werkplaats.core import clock
from werkplaats.places.models import Municipality


@pytest.mark.django_db
def test_only_those_of_today_are_found_and_one_that_will_end_still_is() -> None:
    factories.make_municipality("Smilde", valid_to=date(2021, 1, 1))
    factories.make_municipality("Smilderveen", valid_from=date(2030, 1, 1))
    ending = factories.make_municipality("Smildermeer", valid_to=date(2027, 1, 1))

    def found() -> list[list[str]]:
        current = Municipality.objects.current()
        return [
            [one.name for one in Municipality.objects.resembling("smilde")],
            [one.name for one in current.named("smildermeer")],
        ]

    with clock.at(datetime(2026, 12, 31, 12, tzinfo=UTC)):
        assert found() == [[ending.name], [ending.name]]
    with clock.at(datetime(2027, 1, 1, 12, tzinfo=UTC)):
        assert found() == [[], []]
