"""A werkplaats in the hall follows all that its text is made of."""

from __future__ import annotations

from datetime import date

import pytest

from tests import factories
from werkplaats.catalogue.models import Entry
from werkplaats.catalogue.refresh import rebuild
from werkplaats.network.models import Leadership, Werkplaats

pytestmark = pytest.mark.django_db


@pytest.fixture
def oost() -> Werkplaats:
    """A werkplaats with a lead and an area."""
    werkplaats = factories.make_werkplaats("Oost", areas=[factories.make_municipality("Beilen")])
    Leadership.objects.create(
        werkplaats=werkplaats,
        organisation=factories.make_organisation("Hogeschool Oost"),
        lectorate="Samen Leven",
        role="trekker",
        valid_from=date(2020, 1, 1),
    )
    return werkplaats


def body() -> list[str]:
    """The lines of its text."""
    return Entry.objects.get(title="Oost").body.splitlines()


def test_it_holds_who_leads_it_and_whom_it_serves(oost: Werkplaats) -> None:
    assert body()[-1:] == ["Hogeschool Oost Samen Leven"]
    assert Entry.objects.get(title="Oost").names == "Beilen"
    assert not rebuild()


def test_another_name_of_a_municipality_or_a_lead_is_in_its_text_at_once(oost: Werkplaats) -> None:
    municipality = oost.areas.get().municipality
    municipality.name = "Midden-Drenthe"
    municipality.save()
    organisation = oost.leads.get().organisation
    organisation.name = "Hogeschool Noordoost"
    organisation.save()

    assert body()[-1:] == ["Hogeschool Noordoost Samen Leven"]
    assert Entry.objects.get(title="Oost").names == "Midden-Drenthe"
    assert not rebuild()


def test_a_former_name_is_found_at_once_and_an_ended_area_no_longer(oost: Werkplaats) -> None:
    oost.former_names.create(name="Wmo-werkplaats Oost")
    area = oost.areas.get()
    area.valid_to = date(2021, 1, 1)
    area.save()

    assert body()[-2:] == ["Wmo-werkplaats Oost", "Hogeschool Oost Samen Leven"]
    assert "gemeente" not in Entry.objects.get(title="Oost").facets
    assert not rebuild()


def test_it_names_whom_it_serves_in_one_order_whatever_the_database_gives_first() -> None:
    """On PostgreSQL the order of rows changes by itself: an entry was then written anew for nothing."""
    places = [factories.make_municipality(name) for name in ("Zwolle", "Assen", "Meppel")]
    factories.make_werkplaats("Oost", areas=places)
    assert Entry.objects.get(title="Oost").names.splitlines() == ["Assen", "Meppel", "Zwolle"]
    assert not rebuild()
