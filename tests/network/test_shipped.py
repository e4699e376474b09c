"""The network that comes with the house, as the source says it is."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from werkplaats.catalogue.models import Entry
from werkplaats.core.models import Basis
from werkplaats.network.models import (
    FormerName,
    Grant,
    Identifier,
    Leadership,
    Organisation,
    Partnership,
    Phase,
    ServiceArea,
    Werkplaats,
)
from werkplaats.network.queries import werkplaats_for
from werkplaats.places.models import Municipality

from .shipped import listed, load_organisations, load_werkplaatsen

pytestmark = pytest.mark.django_db


def test_there_are_sixteen_of_which_one_is_being_built(network: None) -> None:
    assert set(Werkplaats.objects.values_list("slug", flat=True)) == {row["slug"] for row in listed()["werkplaatsen"]}
    assert Werkplaats.objects.count() == 16
    assert list(Werkplaats.objects.exclude(status="lid").values_list("slug", "status")) == [("zeeland", "kandidaat")]
    assert [str(one) for one in Werkplaats.objects.filter(guest_year=2019)] == ["Gelderse Vallei"]


def test_each_serves_exactly_the_municipalities_of_the_source(network: None) -> None:
    wanted = {(row["slug"], code) for row in listed()["werkplaatsen"] for code in row["area"]["municipalities"]}
    kept = list(ServiceArea.objects.values_list("werkplaats__slug", "municipality__code"))
    assert set(kept) == wanted
    assert len(kept) == len(wanted) == 342


def test_what_is_assumed_of_an_area_is_marked_so(network: None) -> None:
    assumed = set(ServiceArea.objects.filter(basis=Basis.ASSUMED).values_list("werkplaats__slug", flat=True).distinct())
    assert assumed == {row["slug"] for row in listed()["werkplaatsen"] if "aanname" in row["area"]["basis"]}
    assert {"amsterdam", "zeeland"} <= assumed
    assert not assumed & {"noord", "gelderse-vallei"}


def test_who_leads_through_which_lectorate_since_when(network: None) -> None:
    leads: dict[str, set[tuple[str, str, str]]] = {}
    for one in Leadership.objects.select_related("werkplaats", "organisation"):
        told = (one.organisation.name, one.lectorate, one.period)
        leads.setdefault(one.werkplaats.slug, set()).add(told)

    assert len(leads) == 16
    # One organisation, several lectorates; several organisations, each its own; one with a later start; none.
    assert leads["noord"] == {
        ("Hanzehogeschool Groningen", "Rehabilitatie", "sinds september 2009"),
        (
            "Hanzehogeschool Groningen",
            "Maatschappelijke participatie van mensen met een psychische beperking",
            "sinds september 2009",
        ),
    }
    assert leads["zuid-holland-zuid"] == {
        ("Hogeschool Rotterdam", "Maatschappelijke Zorg", "sinds december 2012"),
        ("Hogeschool Inholland", "Dynamiek van de Stad", "sinds december 2012"),
    }
    assert leads["den-haag-leiden"] == {
        ("De Haagse Hogeschool", "Urban Ageing", "sinds 2020"),
        ("Hogeschool Leiden", "Sociale Innovatie en Ondernemerschap", "sinds 2013"),
    }
    assert leads["twente"] == {("Saxion", "", "sinds september 2009")}
    assert leads["friesland"] == {
        ("NHL Stenden", "Talmalectoraat", "sinds 20 mei 2014"),
        ("NHL Stenden", "Sociale Kwaliteit", "sinds 20 mei 2014"),
    }
    assert set(Leadership.objects.values_list("role", flat=True)) == {"trekker"}
    assert Organisation.objects.get(name="NHL Stenden").former == ["Noordelijke Hogeschool Leeuwarden"]


def test_former_names_are_kept_and_found(network: None) -> None:
    wanted = {(row["slug"], name) for row in listed()["werkplaatsen"] for name in row.get("former", [])}
    assert set(FormerName.objects.values_list("werkplaats__slug", "name")) == wanted
    noord = Entry.objects.get(uid=Werkplaats.objects.get(slug="noord").uid)
    assert "Wmo-werkplaats Groningen-Drenthe" in noord.body.splitlines()
    assert "Midden-Drenthe" in noord.names.splitlines()


def test_there_were_five_phases(network: None) -> None:
    assert [(phase.name, phase.period) for phase in Phase.objects.all()] == [
        ("Fase 1", "september 2009 t/m december 2012"),
        ("Fase 2", "januari 2013 t/m december 2015"),
        ("Fase 3", "januari 2016 t/m december 2019"),
        ("Fase 4", "januari 2020 t/m december 2022"),
        ("Fase 5", "januari 2023 t/m december 2026"),
    ]
    first, second = Phase.objects.all()[:2]
    assert (first.valid_to, second.valid_from) == (date(2013, 1, 1), date(2013, 1, 1))
    # On each day of the network exactly one phase holds.
    assert [list(Phase.objects.on(day)) for day in (date(2012, 12, 31), date(2013, 1, 1))] == [[first], [second]]


def test_an_amount_that_is_not_known_is_not_zero(network: None) -> None:
    grants = {(g.phase.name, g.werkplaats and g.werkplaats.slug, g.earmark): g.amount_eur for g in Grant.objects.all()}
    assert grants == {
        ("Fase 4", "den-haag-leiden", ""): Decimal(555000),
        ("Fase 5", "den-haag-leiden", ""): Decimal(740000),
        ("Fase 5", "den-haag-leiden", "langer thuis wonen door ouderen"): Decimal(600000),
        ("Fase 1", "utrecht", ""): None,
        ("Fase 2", None, ""): None,
    }
    assert [str(grant) for grant in Grant.objects.filter(amount_eur=None)] == [
        "Fase 1: bedrag onbekend",
        "Fase 2: bedrag onbekend",
    ]


def test_everything_says_where_it_comes_from(network: None) -> None:
    for model in (Werkplaats, Leadership, ServiceArea, Organisation, Partnership, Phase):
        assert not model._default_manager.filter(source="").exists(), model


def test_noord_has_its_twelve_partners(network: None) -> None:
    partners = Partnership.objects.public().filter(werkplaats__slug="noord")
    assert {(one.organisation.name, one.stage, one.role, one.period) for one in partners} == {
        (name, "actief", "partner", "sinds omstreeks 2014")
        for name in (
            "Gemeente Groningen", "Gemeente Midden-Drenthe", "Gemeente Oldambt", "Gemeente Opsterland", "MJD",
            "Noorderbrug", "het Oude Ambt", "Timpaan", "Welzijnswerk Midden Drenthe", "STAMM CMO", "CMO Groningen",
            "Partoer",
        )
    }  # fmt: skip
    assert Partnership.objects.count() == 12
    # Taking part is not lying in the area.
    assert "GM0086" not in ServiceArea.objects.filter(werkplaats__slug="noord").values_list(
        "municipality__code", flat=True
    )


def test_an_organisation_known_from_leading_is_completed_and_not_doubled(network: None) -> None:
    hanze = Organisation.objects.get(name="Hanzehogeschool Groningen")
    assert (hanze.seat, hanze.municipality and hanze.municipality.code) == ("Groningen", "GM0014")
    assert hanze.leads.count() == 2
    assert not Identifier.objects.exists()


def test_reading_the_files_again_changes_nothing(network: None) -> None:
    for load, same in ((load_werkplaatsen, 26), (load_organisations, 30)):
        counts = f"0 nieuw, 0 gewijzigd, 0 beëindigd, {same} ongewijzigd."
        assert load().told(dry_run=False) == f"Ingelezen.\n{counts}"


def test_every_municipality_but_those_of_zeeland_has_a_werkplaats_for_its_questions(network: None) -> None:
    serves = {one: werkplaats_for(one, Werkplaats.objects.all()) for one in Municipality.objects.all()}
    without = {one.province.name for one, werkplaats in serves.items() if werkplaats is None}

    assert len([one for one in serves.values() if one]) == 329
    assert len([one for one in serves.values() if one is None]) == 13
    assert without == {"Zeeland"}
    wanted = {code: row["slug"] for row in listed()["werkplaatsen"] for code in row["area"]["municipalities"]}
    assert {one.code: werkplaats.slug for one, werkplaats in serves.items() if werkplaats} == {
        code: slug for code, slug in wanted.items() if slug != "zeeland"
    }


def test_the_candidate_lies_ready_in_zeeland(network: None) -> None:
    veere = Municipality.objects.get(name="Veere")
    assert [one.slug for one in Werkplaats.objects.serving(veere)] == ["zeeland"]
