"""Coverage of the network that comes with the house, today and on dates that matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from tests import factories
from werkplaats.core import clock
from werkplaats.network.models import ServiceArea, Werkplaats
from werkplaats.network.queries.coverage import Coverage, coverage
from werkplaats.network.rules import Layer, Status
from werkplaats.places.models import Municipality
from werkplaats.terms.models import Theme

from .shipped import listed

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


def test_today_all_but_zeeland_lies_in_an_area_and_one_candidate_would_close_it(network: None) -> None:
    found = coverage(TODAY)
    assert counts(found) == (329, 13)
    blank = found.blank(Layer.AREA)
    assert {row.municipality.province.name for row in blank} == {"Zeeland"}
    assert all(row.candidate and not row.in_area for row in blank)
    (one,) = found.candidates
    assert (one.via.name, len(one.rows)) == ("Zeeland", 13)
    total = found.totals[Layer.AREA]
    assert one.people == total.people_blank == sum(row.municipality.population or 0 for row in blank)
    everyone = sum(Municipality.objects.values_list("population", flat=True))
    assert total.people_covered + total.people_blank == everyone > 17_000_000


def test_partners_are_found_where_they_have_their_seat_also_outside_the_area(network: None) -> None:
    found = coverage(TODAY)
    assert covered(found, Layer.PARTNER) == {"Groningen", "Midden-Drenthe", "Oldambt", "Opsterland"}
    (opsterland,) = [row for row in found.rows if row.municipality.name == "Opsterland"]
    assert [via.name for via in opsterland.areas] == ["Friesland"]
    assert [via.name for via in opsterland.partners] == ["Noord"]
    assert told(found, "Dat 4 gemeenten een partner hebben, is een aanname")
    assert told(found, "Van 8 organisaties die meedoen, is niet bekend in welke gemeente")
    assert covered(found, Layer.CO_LEAD) == set()
    assert told(found, "geen enkele gemeente als medetrekker")


@pytest.mark.parametrize(
    ("day", "areas", "partners"),
    [
        (date(2009, 8, 31), 0, 0),
        (date(2009, 9, 1), 145, 0),
        (date(2013, 12, 31), 273, 0),
        (date(2015, 8, 4), 326, 4),
        (date(2019, 12, 31), 326, 4),
        (date(2020, 1, 1), 329, 4),
        (TODAY, 329, 4),
    ],
)
def test_on_any_date_what_the_data_give(network: None, day: date, areas: int, partners: int) -> None:
    found = coverage(day)
    assert (counts(found), counts(found, Layer.PARTNER)) == ((areas, 342 - areas), (partners, 342 - partners))
    begun = {
        code
        for row in listed()["werkplaatsen"]
        if row["status"] != "candidate" and f"{row['area']['valid_from']}-01-01"[:10] <= day.isoformat()
        for code in row["area"]["municipalities"]
    }
    assert {row.municipality.code for row in found.rows if row.in_area} == begun


def test_the_end_of_2013_is_told_with_what_it_assumes(network: None) -> None:
    found = coverage(date(2013, 12, 31))
    assert told(found, "gemeenten van de indeling van 2025")
    assert told(found, "alleen de status van vandaag bekend")
    (assumed,) = told(found, "is dat een aanname")
    assert "Arnhem en Nijmegen" in assumed and "Utrecht" not in assumed
    (noted,) = told(found, ", geteld vanaf 2013, staat: “een van de acht")
    assert noted.startswith("Bij Den Haag - Leiden, Flevoland, Noord-Holland, Regio Zwolle, Zuyd, ")
    assert "Avans" not in noted
    assert not found.candidates, "what is in the making today was not there yet"


def test_within_a_year_that_is_all_we_know_it_says_that_it_may_have_begun_later(network: None) -> None:
    found = coverage(date(2013, 5, 1))
    (unsure,) = told(found, "niet op de dag bekend; het kan")
    assert unsure.startswith("Van 105 gemeenten")
    assert not told(coverage(date(2015, 8, 4)), "niet op de dag bekend; het kan")


@pytest.mark.parametrize("slug", [row["slug"] for row in listed()["werkplaatsen"]])
def test_when_the_areas_of_one_end_exactly_its_municipalities_fall_out(network: None, slug: str) -> None:
    """Any of the sixteen; one that another serves as well stays."""
    shared = Municipality.objects.get(code="GM0344" if slug != "utrecht" else "GM0363")
    with transaction.atomic():
        ending = Werkplaats.objects.get(slug=slug)
        ServiceArea.objects.get_or_create(werkplaats=ending, municipality=shared, defaults={"valid_from": LONG_AGO})
        before = coverage(TODAY)
        own = {row.municipality.pk for row in before.rows if [via.uid for via in row.areas] == [ending.uid]}
        assert own == set(ending.areas.exclude(municipality=shared).values_list("municipality", flat=True)) or (
            ending.status == Status.CANDIDATE and not own
        )
        ending.areas.update(valid_to=TODAY)
        after = coverage(TODAY)
        fallen = {row.municipality.pk for row in after.rows if not row.in_area} - {
            row.municipality.pk for row in before.rows if not row.in_area
        }
        assert fallen == own and shared.pk not in fallen
        lost = sum(row.people for row in before.rows if row.municipality.pk in own)
        assert after.totals[Layer.AREA].people_blank - before.totals[Layer.AREA].people_blank == lost
        # Yesterday it still held.
        assert covered(coverage(TODAY - timedelta(days=1))) == covered(before)
        transaction.set_rollback(True)


def test_the_whole_country_costs_as_many_questions_as_one_municipality(
    network: None, django_assert_max_num_queries: Any
) -> None:
    theme = Theme.objects.get(slug="meedoen")
    with django_assert_max_num_queries(5):
        found = coverage(TODAY)
        assert len(found.rows) == 342 and found.totals and found.candidates
        assert all(row.municipality.province.name for row in found.rows)
    with django_assert_max_num_queries(6):
        assert 0 < coverage(date(2015, 8, 4), theme).totals[Layer.AREA].covered < 326


def test_a_theme_also_counts_who_lists_one_below_it(network: None) -> None:
    above = Theme.objects.get(slug="meedoen")
    below = list(Theme.objects.filter(parent=above))
    assert below
    found = coverage(TODAY, above)
    listing = Werkplaats.objects.receiving().filter(themes__in=[above, *below])
    areas = ServiceArea.objects.current().filter(werkplaats__in=listing)
    assert covered(found) == set(areas.values_list("municipality__name", flat=True))
    assert covered(found) > covered(coverage(TODAY, below[0]))
    assert told(found, f"het thema “{above.name}” of een thema daaronder")
