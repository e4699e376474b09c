"""Records with a beginning and perhaps an end: half-open, and never the wrong way round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from werkplaats.agenda.models import Support
from werkplaats.agenda.rules import Mandate
from werkplaats.core import clock
from werkplaats.core.dates import Precision
from werkplaats.core.models import Dated
from werkplaats.network.models import (
    Agreement,
    Campaign,
    Function,
    Leadership,
    NationalBody,
    Partnership,
    Phase,
    ServiceArea,
)
from werkplaats.people.models import Person
from werkplaats.places.models import Municipality

START = date(2013, 9, 1)


def _leadership() -> Dated:
    return Leadership.objects.create(
        werkplaats=factories.make_werkplaats(),
        organisation=factories.make_organisation(),
        role="trekker",
        valid_from=START,
    )


def _partnership() -> Dated:
    return Partnership.objects.create(
        werkplaats=factories.make_werkplaats(),
        organisation=factories.make_organisation(),
        stage="actief",
        valid_from=START,
    )


def _area() -> Dated:
    return ServiceArea.objects.create(
        werkplaats=factories.make_werkplaats(), municipality=factories.make_municipality(), valid_from=START
    )


MAKERS: dict[str, Callable[[], Any]] = {
    "people.Role": lambda: factories.make_account().roles.create(
        kind="landelijkredacteur", scope_kind="landelijk", valid_from=START
    ),
    "places.Municipality": lambda: factories.make_municipality(valid_from=START),
    "network.Werkplaats": lambda: factories.make_werkplaats(valid_from=START),
    "network.Leadership": _leadership,
    "network.ServiceArea": _area,
    "network.Partnership": _partnership,
    "agenda.Support": lambda: Support.objects.create(
        question=factories.make_question(),
        organisation=factories.make_organisation(),
        mandate=Mandate.values[0],
        valid_from=START,
    ),
    "network.Phase": lambda: Phase.objects.create(name="Fase 1", valid_from=START),
    "network.Campaign": lambda: Campaign.objects.create(
        name="Kwartiermaken", organisation=factories.make_organisation(), valid_from=START
    ),
    "network.Function": lambda: Function.objects.create(
        person=Person.objects.create(name="Mies"), organisation=factories.make_organisation(), valid_from=START
    ),
    "network.Agreement": lambda: Agreement.objects.create(partnership=_partnership(), valid_from=START),
    "network.NationalBody": lambda: NationalBody.objects.create(name="Overleg", form="overleg", valid_from=START),
}


def test_every_dated_record_is_tried_below() -> None:
    dated = {model._meta.label for model in apps.get_models() if issubclass(model, Dated)}
    assert dated == set(MAKERS)


@pytest.mark.django_db
@pytest.mark.parametrize("label", MAKERS)
def test_no_database_keeps_an_end_before_the_start(label: str) -> None:
    record = MAKERS[label]()
    rows = type(record)._default_manager.filter(pk=record.pk)

    with pytest.raises(IntegrityError, match="ends_after_start"), transaction.atomic():
        rows.update(valid_to=START - timedelta(days=1))
    assert rows.get().valid_to is None

    rows.update(valid_to=START + timedelta(days=1))
    assert rows.get().valid_to == START + timedelta(days=1)


@pytest.mark.django_db
def test_what_was_taken_back_on_its_first_day_never_held() -> None:
    record = factories.make_municipality("Beilen", valid_from=START, valid_to=START)
    days = [START + timedelta(days=n) for n in (-1, 0, 1)]
    assert (
        [Municipality.objects.on(day).exists() for day in days] == [record.holds_on(day) for day in days] == [False] * 3
    )


@pytest.mark.django_db
def test_a_form_hears_it_in_words() -> None:
    record = factories.make_werkplaats(valid_from=START, valid_from_precision=Precision.MONTH)
    record.valid_to, record.valid_to_precision = date(2013, 1, 1), Precision.YEAR
    with pytest.raises(ValidationError) as caught:
        record.full_clean()
    assert caught.value.message_dict["valid_to"] == [
        "Het einde (2012) ligt vóór het begin (september 2013). Verbeter een van beide of laat het einde leeg."
    ]


@pytest.mark.django_db
def test_the_first_day_counts_and_the_end_does_not() -> None:
    ended = factories.make_municipality("Smilde", valid_from=date(2013, 9, 1), valid_to=date(2014, 1, 1))
    going_on = factories.make_municipality("Beilen", valid_from=date(2014, 1, 1))
    expected = {
        date(2013, 8, 31): set(),
        date(2013, 9, 1): {ended},
        date(2013, 12, 31): {ended},
        date(2014, 1, 1): {going_on},
        date(2999, 1, 1): {going_on},
    }
    assert {day: set(Municipality.objects.on(day)) for day in expected} == expected
    assert {day: {one for one in (ended, going_on) if one.holds_on(day)} for day in expected} == expected


@pytest.mark.django_db
def test_today_is_the_calendar_day_in_amsterdam() -> None:
    new = factories.make_municipality("Beilen", valid_from=date(2014, 1, 1))
    # Half past eleven in the evening in London is half past midnight here.
    with clock.at(datetime(2013, 12, 31, 23, 30, tzinfo=UTC)):
        assert list(Municipality.objects.current()) == [new]
    with clock.at(datetime(2013, 12, 31, 22, 30, tzinfo=UTC)):
        assert list(Municipality.objects.current()) == []


@pytest.mark.django_db
@settings(deadline=None, max_examples=40)
@given(
    start=st.dates(date(2000, 1, 1), date(2030, 1, 1)),
    length=st.none() | st.integers(1, 4000),
    day=st.dates(date(1999, 1, 1), date(2040, 1, 1)),
)
def test_the_database_and_the_record_agree_on_every_day(start: date, length: int | None, day: date) -> None:
    with transaction.atomic():
        end = start + timedelta(days=length) if length else None
        record = factories.make_municipality(valid_from=start, valid_to=end)
        assert list(Municipality.objects.on(day)) == ([record] if record.holds_on(day) else [])
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_period_shows_as_it_was_written() -> None:
    record = factories.make_werkplaats(
        valid_from=date(2009, 9, 1), valid_from_precision="maand", valid_to=date(2013, 1, 1), valid_to_precision="maand"
    )
    record.refresh_from_db()
    assert record.period == "september 2009 t/m december 2012"
