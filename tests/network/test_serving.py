"""Which werkplaats a question goes to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from werkplaats.core import clock
from werkplaats.network.models import Partnership, ServiceArea, Werkplaats
from werkplaats.network.queries import werkplaats_for
from werkplaats.network.rules import RECEIVING, Stage, Status

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def test_an_area_that_ended_is_no_longer_served_and_one_to_come_not_yet() -> None:
    assen = factories.make_municipality("Assen")
    first = factories.make_werkplaats("Eerst", valid_from=date(2009, 9, 1))
    later = factories.make_werkplaats("Later", valid_from=date(2009, 9, 1))
    ServiceArea.objects.create(
        werkplaats=first, municipality=assen, valid_from=date(2013, 1, 1), valid_to=date(2020, 1, 1)
    )
    ServiceArea.objects.create(werkplaats=later, municipality=assen, valid_from=date(2022, 1, 1))
    expected = {
        date(2012, 12, 31): None,
        date(2013, 1, 1): first,
        date(2019, 12, 31): first,
        date(2020, 1, 1): None,
        date(2021, 12, 31): None,
        date(2022, 1, 1): later,
    }
    found = {}
    for day in expected:
        with clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
            found[day] = werkplaats_for(assen, Werkplaats.objects.all())
    assert found == expected


def test_where_areas_overlap_the_one_that_serves_longest_receives() -> None:
    assen = factories.make_municipality("Assen")
    newer, older = factories.make_werkplaats("Nieuw"), factories.make_werkplaats("Oud")
    for werkplaats, start in ((newer, date(2023, 1, 1)), (older, date(2021, 1, 1))):
        ServiceArea.objects.create(werkplaats=werkplaats, municipality=assen, valid_from=start)

    assert list(Werkplaats.objects.serving(assen)) == [older, newer]
    assert werkplaats_for(assen, Werkplaats.objects.all()) == older
    older.areas.update(valid_to=clock.today())
    assert werkplaats_for(assen, Werkplaats.objects.all()) == newer


def test_an_area_taken_up_twice_is_one_werkplaats() -> None:
    assen = factories.make_municipality("Assen")
    werkplaats = factories.make_werkplaats(areas=[assen])
    ServiceArea.objects.create(werkplaats=werkplaats, municipality=assen, valid_from=date(2022, 1, 1))
    assert list(Werkplaats.objects.serving(assen)) == [werkplaats]


@pytest.mark.parametrize("status", Status)
def test_only_a_member_or_a_guest_receives(status: Status) -> None:
    assen = factories.make_municipality("Assen")
    werkplaats = factories.make_werkplaats(areas=[assen], status=status)
    assert werkplaats_for(assen, Werkplaats.objects.all()) == (
        werkplaats if status in {Status.GUEST, Status.MEMBER} else None
    )


def test_a_werkplaats_that_ended_receives_nothing() -> None:
    assen = factories.make_municipality("Assen")
    factories.make_werkplaats(areas=[assen], valid_to=date(2024, 1, 1))
    assert werkplaats_for(assen, Werkplaats.objects.all()) is None


periods = st.tuples(st.integers(-900, 900), st.none() | st.integers(1, 900), st.sampled_from(Status))


@settings(deadline=None, max_examples=40)
@given(rows=st.lists(periods, max_size=4))
def test_it_is_always_the_earliest_of_those_that_serve_today_and_receive(
    rows: list[tuple[int, int | None, Status]],
) -> None:
    with clock.at(NOON), transaction.atomic():
        assen = factories.make_municipality("Assen")
        serving = []
        for number, (offset, length, status) in enumerate(rows):
            start = TODAY + timedelta(days=offset)
            end = start + timedelta(days=length) if length else None
            werkplaats = factories.make_werkplaats(f"W{number}", status=status)
            ServiceArea.objects.create(werkplaats=werkplaats, municipality=assen, valid_from=start, valid_to=end)
            if status in RECEIVING and start <= TODAY and (end is None or end > TODAY):
                serving.append((start, werkplaats.pk))
        found = werkplaats_for(assen, Werkplaats.objects.all())
        assert (found.pk if found else None) == (min(serving)[1] if serving else None)
        transaction.set_rollback(True)


def test_only_who_signed_or_takes_part_today_is_shown_as_a_partner() -> None:
    werkplaats = factories.make_werkplaats()
    for stage in Stage:
        organisation = factories.make_organisation(f"{stage} nu")
        Partnership.objects.create(
            werkplaats=werkplaats, organisation=organisation, stage=stage, valid_from=date(2020, 1, 1)
        )
    over = factories.make_organisation("actief, voorbij")
    Partnership.objects.create(
        werkplaats=werkplaats,
        organisation=over,
        stage=Stage.ACTIVE,
        valid_from=date(2020, 1, 1),
        valid_to=date(2022, 1, 1),
    )
    assert {one.organisation.name for one in Partnership.objects.public()} == {"getekend nu", "actief nu"}
