"""Coverage on a date: who counts, which spots are blank, and what is taken for granted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from werkplaats.core import clock
from werkplaats.core.dates import Precision
from werkplaats.core.models import Basis
from werkplaats.network.models import Leadership, ServiceArea, Werkplaats
from werkplaats.network.queries import werkplaats_for
from werkplaats.network.queries.coverage import Coverage, coverage
from werkplaats.network.rules import Layer, LeadRole, OrganisationKind, Stage, Status
from werkplaats.places.models import Municipality

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
TODAY = NOON.date()
LONG_AGO = factories.LONG_AGO


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.at(NOON):
        yield


def covered(found: Coverage, layer: Layer = Layer.AREA) -> set[str]:
    return {row.municipality.name for row in found.rows if row.via(layer)}


def counts(found: Coverage, layer: Layer = Layer.AREA) -> tuple[int, int]:
    return found.totals[layer].covered, found.totals[layer].blank


def told(found: Coverage, words: str) -> list[str]:
    return [sentence for sentence in found.assumptions if words in sentence]


def test_today_it_covers_exactly_where_questions_go() -> None:
    """Whatever the status and the period: the same as what a question does."""
    for number, status in enumerate(Status):
        for end in (None, TODAY, TODAY + timedelta(days=1)):
            place = factories.make_municipality(f"Plaats {number} {end}")
            factories.make_werkplaats(f"W{number} {end}", status=status, areas=[place], valid_to=end)
    found = coverage(TODAY)
    assert {row.municipality: row.in_area for row in found.rows} == {
        place: werkplaats_for(place, Werkplaats.objects.all()) is not None for place in Municipality.objects.all()
    }
    assert 0 < len(covered(found)) < len(found.rows)


periods = st.tuples(st.integers(0, 3), st.integers(-900, 900), st.none() | st.integers(0, 900))


@settings(deadline=None, max_examples=30)
@given(rows=st.lists(periods, max_size=6), offset=st.integers(-900, 900))
def test_on_any_date_it_is_who_has_begun_and_not_ended(rows: list[tuple[int, int, int | None]], offset: int) -> None:
    day = TODAY + timedelta(days=offset)
    with clock.at(NOON), transaction.atomic():
        places = [factories.make_municipality(f"P{number}", population=10**number) for number in range(4)]
        werkplaats = factories.make_werkplaats(valid_from=date(2000, 1, 1))
        inside: set[int] = set()
        for number, start, length in rows:
            begins = TODAY + timedelta(days=start)
            ends = begins + timedelta(days=length) if length is not None else None
            ServiceArea.objects.create(
                werkplaats=werkplaats, municipality=places[number], valid_from=begins, valid_to=ends
            )
            if begins <= day and (ends is None or day < ends):
                inside.add(number)
        total = coverage(day).totals[Layer.AREA]
        assert total.people_covered == sum(10**number for number in inside)
        assert total.people_blank == 1111 - total.people_covered
        transaction.set_rollback(True)


def test_who_ended_still_counts_for_the_time_before() -> None:
    assen, ede = factories.make_municipality("Assen"), factories.make_municipality("Ede")
    factories.make_werkplaats("Voorbij", status=Status.ENDED, areas=[assen], valid_to=date(2024, 1, 1))
    factories.make_werkplaats("Zonder einde", status=Status.ENDED, areas=[ede])
    assert covered(coverage(date(2023, 12, 31))) == {"Assen"}
    assert covered(coverage(date(2024, 1, 1))) == set()
    assert told(coverage(date(2023, 12, 31)), "1 werkplaats is beëindigd zonder dat bekend is wanneer")


def test_of_one_that_ended_no_name_is_given() -> None:
    place = factories.make_municipality("Assen")
    ended = factories.make_werkplaats(
        "Voorbij", status=Status.ENDED, valid_to=date(2024, 1, 1), note="Voorbij was klein",
        valid_from_precision=Precision.YEAR,
    )  # fmt: skip
    ServiceArea.objects.create(
        werkplaats=ended, municipality=place, basis=Basis.ASSUMED,
        valid_from=LONG_AGO, valid_from_precision=Precision.YEAR,
    )  # fmt: skip
    found = coverage(date(2020, 6, 1))
    assert [(via.name, via.slug) for via in found.rows[0].areas] == [("een beëindigde werkplaats", "")]
    assert found.rows[0].areas[0].unsure and not told(found, "Voorbij")


def test_a_candidate_counts_in_no_layer_and_overlap_with_a_member_closes_nothing() -> None:
    assen, goes = factories.make_municipality("Assen", population=7), factories.make_municipality("Goes", population=5)
    factories.make_werkplaats("Noord", areas=[assen])
    forming = factories.make_werkplaats("Zeeland", areas=[assen, goes], status=Status.CANDIDATE)
    factories.make_partnership(factories.make_organisation(municipality=goes), forming)
    found = coverage(TODAY)
    assert [(layer, covered(found, layer)) for layer in Layer] == [
        (Layer.AREA, {"Assen"}), (Layer.PARTNER, set()), (Layer.CO_LEAD, set()),
    ]  # fmt: skip
    assert [(row.municipality.name, row.candidate) for row in found.rows] == [("Assen", False), ("Goes", True)]
    (one,) = found.candidates
    assert ([row.municipality.name for row in one.rows], one.people) == (["Goes"], 5)
    assert told(found, "Een werkplaats in opbouw (Zeeland) telt in geen van de drie lagen mee")


@pytest.mark.parametrize("stage", Stage)
def test_a_partner_is_one_that_signed(stage: Stage) -> None:
    assen = factories.make_municipality("Assen")
    organisation = factories.make_organisation(municipality=assen)
    factories.make_partnership(organisation, factories.make_werkplaats(), stage=stage)
    assert covered(coverage(TODAY), Layer.PARTNER) == ({"Assen"} if stage in {Stage.SIGNED, Stage.ACTIVE} else set())


def test_a_partnership_that_ended_counts_for_the_time_before() -> None:
    assen = factories.make_municipality("Assen")
    place, day = factories.make_werkplaats(), date(2021, 1, 1)
    known = {"stage": Stage.ACTIVE, "valid_to": date(2022, 1, 1)}
    unsure = factories.make_partnership(factories.make_organisation(municipality=assen), place, stage=Stage.ENDED)
    assert covered(coverage(day), Layer.PARTNER) == set(), "it may have ended before"
    unsure.delete()
    other = factories.make_organisation("Voorbij", municipality=assen)
    silent = factories.make_partnership(other, place, **known | {"stage": Stage.ENDED})
    assert covered(coverage(day), Layer.PARTNER) == set(), "it may never have signed"
    silent.delete()
    factories.make_partnership(factories.make_organisation("Samen", municipality=assen), place, **known)
    assert covered(coverage(day), Layer.PARTNER) == {"Assen"}
    assert covered(coverage(date(2022, 1, 1)), Layer.PARTNER) == set()


def test_who_signed_counts_from_that_day_and_not_from_the_first_talk() -> None:
    assen = factories.make_municipality("Assen")
    tie = factories.make_partnership(
        factories.make_organisation(municipality=assen), factories.make_werkplaats(), stage=Stage.TALKING,
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    tie.steps.create(stage=Stage.SIGNED, on=date(2022, 6, 1))
    assert covered(coverage(date(2022, 5, 31)), Layer.PARTNER) == set()
    assert covered(coverage(date(2022, 6, 1)), Layer.PARTNER) == {"Assen"}


@pytest.mark.parametrize("role", LeadRole)
@pytest.mark.parametrize("kind", [OrganisationKind.MUNICIPALITY, OrganisationKind.CARE])
def test_only_the_municipality_itself_is_co_lead(role: LeadRole, kind: OrganisationKind) -> None:
    assen = factories.make_municipality("Assen")
    organisation = factories.make_organisation("Gemeente Assen", kind=kind, municipality=assen)
    Leadership.objects.create(
        werkplaats=factories.make_werkplaats(), organisation=organisation, role=role,
        valid_from=LONG_AGO, valid_to=date(2024, 1, 1),
    )  # fmt: skip
    right = role == LeadRole.CO_LEAD and kind == OrganisationKind.MUNICIPALITY
    assert covered(coverage(date(2023, 12, 31)), Layer.CO_LEAD) == ({"Assen"} if right else set())
    assert covered(coverage(date(2024, 1, 1)), Layer.CO_LEAD) == set()


def test_through_whom_and_how_sure_is_told_of_each_municipality() -> None:
    assen = factories.make_municipality("Assen")
    guessed, known = factories.make_werkplaats("Gegist"), factories.make_werkplaats("Bekend")
    for werkplaats, basis in ((guessed, Basis.ASSUMED), (known, Basis.KNOWN)):
        ServiceArea.objects.create(
            werkplaats=werkplaats, municipality=assen, basis=basis,
            valid_from=date(2021, 1, 1), valid_from_precision=Precision.YEAR,
        )  # fmt: skip
    (row,) = coverage(date(2021, 6, 1)).rows
    assert [(via.name, via.uid, via.slug, via.assumed, via.unsure) for via in row.areas] == [
        ("Bekend", known.uid, "bekend", False, True), ("Gegist", guessed.uid, "gegist", True, True),
    ]  # fmt: skip
    (row,) = coverage(date(2022, 1, 1)).rows
    assert [via.unsure for via in row.areas] == [False, False]
    assert not told(coverage(TODAY), "is dat een aanname"), "one of the two is known"


@pytest.mark.parametrize(
    ("precision", "end", "unsure", "sure"),
    [
        (Precision.YEAR, date(2023, 1, 1), date(2022, 12, 31), date(2022, 1, 1)),
        (Precision.MONTH, date(2022, 7, 1), date(2022, 6, 2), date(2022, 6, 1)),
        (Precision.DAY, date(2022, 7, 1), None, date(2022, 6, 30)),
    ],
)
def test_an_end_is_as_unsure_as_it_is_written(precision: str, end: date, unsure: date | None, sure: date) -> None:
    ServiceArea.objects.create(
        werkplaats=factories.make_werkplaats(), municipality=factories.make_municipality(),
        valid_from=LONG_AGO, valid_to=end, valid_to_precision=precision,
    )  # fmt: skip
    for day, wanted in ((unsure, True), (sure, False)):
        if day:
            assert [via.unsure for via in coverage(day).rows[0].areas] == [wanted]


def test_what_is_not_known_of_a_municipality_is_said() -> None:
    gone = factories.make_municipality("Voorbij", valid_to=date(2022, 1, 1))
    assen = factories.make_municipality("Assen", population=None)
    factories.make_werkplaats("Noord", areas=[gone, assen], status=Status.GUEST)
    found = coverage(date(2021, 1, 1))
    assert covered(found) == {"Assen"}
    assert found.totals[Layer.AREA].people_covered == 0
    assert told(found, "1 gemeente in een werkgebied bestaat nu niet meer en telt niet mee.")
    assert told(found, "Van 1 gemeente is het aantal inwoners niet bekend")
    assert told(found, "meeloopjaar telt mee: Noord")


def test_of_a_date_to_come_it_says_so() -> None:
    factories.make_werkplaats(areas=[factories.make_municipality("Assen")])
    found = coverage(date(9999, 12, 31))
    assert covered(found) == {"Assen"}
    assert told(found, "ligt in de toekomst")
