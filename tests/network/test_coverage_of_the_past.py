"""Coverage keeps to what was known of a day: who was a candidate then, what is known roughly, who has no seat."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from werkplaats.core import clock
from werkplaats.core.actors import SYSTEM
from werkplaats.core.dates import Precision
from werkplaats.network.actions import save_werkplaats
from werkplaats.network.models import Leadership, Partnership, ServiceArea, Werkplaats
from werkplaats.network.queries import werkplaats_for
from werkplaats.network.queries.coverage import Coverage, coverage
from werkplaats.network.rules import Layer, LeadRole, OrganisationKind, Stage, Status

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 20, 11, tzinfo=UTC)
TODAY = NOON.date()
LONG_AGO = factories.LONG_AGO
JOINED = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.at(NOON):
        yield


def covered(found: Coverage, layer: Layer = Layer.AREA) -> set[str]:
    return {row.municipality.name for row in found.rows if row.via(layer)}


def told(found: Coverage, words: str) -> list[str]:
    return [sentence for sentence in found.assumptions if words in sentence]


def save(werkplaats: Werkplaats, **values: Any) -> Werkplaats:
    return save_werkplaats(werkplaats=werkplaats, values=values, former=[], version=werkplaats.version, by=SYSTEM)


def test_a_candidate_that_becomes_a_member_stays_a_candidate_on_the_days_before() -> None:
    goes = factories.make_municipality("Goes")
    forming = factories.make_werkplaats("Zeeland", areas=[goes], status=Status.CANDIDATE)
    save(forming, status=Status.MEMBER, forming_to=JOINED)
    for day, inside in ((JOINED - timedelta(days=1), False), (JOINED, True), (TODAY, True)):
        (row,) = coverage(day).rows
        assert (row.in_area, row.candidate) == (inside, not inside), day
    (before,) = coverage(LONG_AGO).candidates
    assert (before.via.name, len(before.rows)) == ("Zeeland", 1)
    assert werkplaats_for(goes, Werkplaats.objects.all()) == forming


def test_without_that_day_it_is_not_saved_and_nor_with_one_that_cannot_be() -> None:
    forming = factories.make_werkplaats("Zeeland", status=Status.CANDIDATE)
    for status in (Status.MEMBER, Status.GUEST):
        for day in (None, TODAY + timedelta(days=1), LONG_AGO - timedelta(days=1)):
            with pytest.raises(ValidationError):
                save(forming, status=status, forming_to=day)
    assert Werkplaats.objects.get().status == Status.CANDIDATE


def test_one_that_ended_while_it_was_in_the_making_never_covered_anything() -> None:
    forming = factories.make_werkplaats("Zeeland", areas=[factories.make_municipality()], status=Status.CANDIDATE)
    save(forming, status=Status.ENDED, valid_to=JOINED)
    (row,) = coverage(date(2025, 1, 1)).rows
    assert (row.in_area, row.candidate) == (False, True)
    assert [via.slug for via in row.candidates] == [""], "the public hears no name of one that has ended"
    (row,) = coverage(JOINED).rows
    assert (row.in_area, row.candidate) == (False, False)


def test_a_day_of_joining_that_is_known_to_the_year_makes_that_year_unsure() -> None:
    forming = factories.make_werkplaats("Zeeland", areas=[factories.make_municipality()], status=Status.CANDIDATE)
    save(forming, status=Status.MEMBER, forming_to=date(2025, 1, 1), forming_to_precision=Precision.YEAR)
    assert [via.unsure for via in coverage(date(2025, 6, 1)).rows[0].areas] == [True]
    assert [via.unsure for via in coverage(date(2026, 1, 1)).rows[0].areas] == [False]


def make_co_lead(name: str, werkplaats: Werkplaats, **fields: Any) -> Leadership:
    organisation = factories.make_organisation(name, kind=OrganisationKind.MUNICIPALITY, **fields)
    lead: Leadership = werkplaats.leads.create(organisation=organisation, role=LeadRole.CO_LEAD, valid_from=LONG_AGO)
    return lead


def test_a_co_lead_that_no_municipality_is_known_of_is_named() -> None:
    noord = factories.make_werkplaats("Noord", areas=[factories.make_municipality("Assen")])
    make_co_lead("Gemeente Ergens", noord)
    make_co_lead("Gemeente Voorbij", noord, municipality=factories.make_municipality("Weg", valid_to=date(2024, 1, 1)))
    found = coverage(TODAY)
    assert covered(found, Layer.CO_LEAD) == set()
    assert told(found, "Van 1 medetrekker is niet ingevuld welke gemeente het is; zij telt niet mee: Gemeente Ergens.")
    assert told(found, "1 medetrekker is een gemeente die nu niet meer bestaat; zij telt niet mee: Gemeente Voorbij.")
    assert not told(found, "geen enkele gemeente als medetrekker"), "there are some, they are not counted"
    make_co_lead("Gemeente Nergens", noord)
    assert told(coverage(TODAY), "zij tellen niet mee: Gemeente Ergens, Gemeente Nergens.")


def test_a_partner_in_a_municipality_that_is_no_more_is_said() -> None:
    gone = factories.make_municipality("Weg", valid_to=date(2024, 1, 1))
    factories.make_partnership(factories.make_organisation(municipality=gone), factories.make_werkplaats())
    factories.make_municipality("Assen")
    assert told(coverage(TODAY), "1 organisatie die meedoet, zit in een gemeente die nu niet meer bestaat")


ABOUT_2014 = {"valid_from": date(2014, 1, 1), "valid_from_precision": Precision.ABOUT}


@pytest.mark.parametrize(
    ("day", "counts", "perhaps"),
    [
        (date(2012, 12, 31), False, False),
        (date(2013, 1, 1), False, True),
        (date(2013, 12, 31), False, True),
        (date(2014, 1, 1), True, True),
        (date(2015, 12, 30), True, True),
        (date(2016, 1, 1), True, False),
    ],
)
def test_about_2014_may_be_the_year_before_or_after(day: date, counts: bool, perhaps: bool) -> None:
    long_ago = date(2000, 1, 1)
    assen = factories.make_municipality("Assen")
    noord = factories.make_werkplaats("Noord", valid_from=long_ago)
    ServiceArea.objects.create(werkplaats=noord, municipality=assen, **ABOUT_2014)
    factories.make_partnership(factories.make_organisation(municipality=assen), noord, **ABOUT_2014)
    found = coverage(day)
    for layer in (Layer.AREA, Layer.PARTNER):
        assert bool(covered(found, layer)) is counts
        said = told(found, f"1 gemeente telt niet mee bij “{layer.label}”, maar misschien")
        assert bool(said) is (perhaps and not counts)
        assert [via.unsure for via in found.rows[0].via(layer)] == ([perhaps] if counts else [])


def test_an_end_of_about_2014_is_as_unsure() -> None:
    ServiceArea.objects.create(
        werkplaats=factories.make_werkplaats(valid_from=date(2000, 1, 1)),
        municipality=factories.make_municipality("Assen"),
        valid_from=date(2000, 1, 1), valid_to=date(2015, 1, 1), valid_to_precision=Precision.ABOUT,
    )  # fmt: skip
    found = {year: coverage(date(year, 7, 1)) for year in range(2012, 2017)}
    assert [bool(covered(one)) for one in found.values()] == [True, True, True, False, False]
    assert [[via.unsure for via in one.rows[0].areas] for one in found.values()] == [[False], [True], [True], [], []]
    assert [bool(told(one, "maar misschien")) for one in found.values()] == [False, False, False, True, False]


def test_a_werkplaats_that_began_about_2014_makes_its_areas_as_unsure() -> None:
    assen = factories.make_municipality("Assen")
    noord = factories.make_werkplaats("Noord", **ABOUT_2014)
    ServiceArea.objects.create(werkplaats=noord, municipality=assen, valid_from=date(2013, 5, 1))
    assert told(coverage(date(2013, 7, 1)), "1 gemeente telt niet mee bij")
    assert [via.unsure for via in coverage(date(2014, 7, 1)).rows[0].areas] == [True]


@pytest.fixture
def approached() -> Partnership:
    """Approached on a day that is known."""
    assen = factories.make_municipality("Assen")
    organisation = factories.make_organisation(municipality=assen)
    noord = factories.make_werkplaats(valid_from=date(2000, 1, 1))
    return factories.make_partnership(organisation, noord, stage=Stage.APPROACHED, valid_from=date(2012, 5, 1))


def test_the_step_that_decides_says_how_sure_it_is(approached: Partnership) -> None:
    approached.steps.create(stage=Stage.SIGNED, on=date(2014, 1, 1), precision=Precision.YEAR)
    approached.steps.create(stage=Stage.ACTIVE, on=date(2016, 3, 1))
    for day, unsure in ((date(2014, 6, 1), True), (date(2015, 1, 1), False), (date(2016, 3, 1), False)):
        assert [via.unsure for via in coverage(day).rows[0].partners] == [unsure], day
    assert not covered(coverage(date(2013, 12, 31)), Layer.PARTNER)
    assert not told(coverage(date(2013, 12, 31)), "maar misschien"), "2014 is not about 2014"


def test_a_later_step_that_is_known_about_may_have_been_earlier(approached: Partnership) -> None:
    approached.steps.create(stage=Stage.SIGNED, on=date(2014, 1, 1), precision=Precision.ABOUT)
    assert told(coverage(date(2013, 12, 31)), "1 gemeente telt niet mee bij “heeft een partner”, maar misschien")
    assert not told(coverage(date(2012, 12, 31)), "maar misschien")


def test_a_step_out_is_as_unsure_as_one_in(approached: Partnership) -> None:
    approached.steps.create(stage=Stage.SIGNED, on=date(2013, 1, 1))
    approached.steps.create(stage=Stage.NOT_NOW, on=date(2014, 1, 1), precision=Precision.YEAR)
    assert told(coverage(date(2014, 6, 1)), "1 gemeente telt niet mee bij “heeft een partner”, maar misschien")
    assert not told(coverage(date(2015, 6, 1)), "maar misschien")


def test_the_list_says_its_own_year_and_when_its_people_were_counted() -> None:
    fields = {"listed_on": date(2027, 1, 1), "population_on": date(2026, 1, 1), "population": 5}
    factories.make_municipality("Nieuw", **fields)
    assert told(coverage(TODAY), "gemeenten van de indeling van 2027 en hun inwoners op 1 januari 2026 (CBS).")
    factories.make_municipality("Oud", population=4)
    (said,) = told(coverage(TODAY), "Geteld is met")
    assert "van de indeling van 2027 en 2025 en hun inwoners op 1 januari 2024 en 1 januari 2026" in said
