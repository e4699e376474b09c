"""Coverage as programs read it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.small import Network
from tests.api.test_manners import problem
from werkplaats.core import clock
from werkplaats.network.rules import LeadRole, OrganisationKind
from werkplaats.places.models import Municipality

pytestmark = pytest.mark.django_db

SITE = "http://testserver"


@pytest.fixture(autouse=True)
def today() -> Any:
    with clock.at(datetime(2026, 11, 20, 11, tzinfo=UTC)):
        yield


def get(client: Client, **asked: str) -> dict[str, Any]:
    response = client.get("/api/v1/dekking", asked)
    assert response.status_code == 200, response.content
    said: dict[str, Any] = response.json()
    return said


def row(one: Municipality, province: str, **flags: bool) -> dict[str, Any]:
    return {
        "uid": one.uid, "naam": one.name, "url": f"{SITE}/gemeenten/{one.slug}/", "code": one.code,
        "provincie": province, "inwoners": one.population,
        **dict.fromkeys(("werkgebied", "partner", "medetrekker", "kandidaat"), False), **flags,
    }  # fmt: skip


def test_today_every_municipality_and_the_totals(client: Client, network: Network) -> None:
    network.goes.population = 40_000
    network.goes.save()
    said = get(client)
    assert (said["datum"], said["thema"]) == ("2026-11-20", None)
    assert said["gemeenten"] == [
        row(network.assen, "Drenthe", werkgebied=True, partner=True),
        row(network.goes, "Zeeland", kandidaat=True),
    ]
    half = {"gemeenten": 1, "inwoners": 70_000, "gemeenten_leeg": 1, "inwoners_leeg": 40_000}
    assert said["totalen"] == {
        "werkgebied": half,
        "partner": half,
        "medetrekker": {"gemeenten": 0, "inwoners": 0, "gemeenten_leeg": 2, "inwoners_leeg": 110_000},
        "kandidaat": {"gemeenten": 1, "inwoners": 40_000},
    }
    zeeland = {"uid": network.zeeland.uid, "naam": "Zeeland"}
    assert said["kandidaten"] == [{"werkplaats": zeeland, "gemeenten": 1, "inwoners": 40_000}]
    assert any("Een werkplaats in opbouw (Zeeland)" in one for one in said["aannames"])
    assert said["bron"] == "CBS, gemeenten op 1 januari 2025, inwoners op 1 januari 2024"
    assert said["_links"]["self"] == {"href": f"{SITE}/api/v1/dekking"}


def test_on_another_day_and_the_municipality_as_co_lead(client: Client, network: Network) -> None:
    own = factories.make_organisation("Gemeente Assen", kind=OrganisationKind.MUNICIPALITY, municipality=network.assen)
    network.noord.leads.create(
        organisation=own, role=LeadRole.CO_LEAD, valid_from=date(2021, 1, 1), valid_to=date(2022, 1, 1)
    )
    flags = {
        day: [one[name] for name in ("werkgebied", "partner", "medetrekker")]
        for day in ("2019-12-31", "2020-01-01", "2021-12-31", "2022-01-01")
        for one in get(client, datum=day)["gemeenten"][:1]
    }
    assert flags == {
        "2019-12-31": [False, False, False],
        "2020-01-01": [True, True, False],
        "2021-12-31": [True, True, True],
        "2022-01-01": [True, True, False],
    }
    assert any("indeling op deze datum misschien anders" in one for one in get(client, datum="2021-12-31")["aannames"])


@pytest.mark.parametrize("key", ["uid", "slug"])
def test_of_a_theme_also_what_stands_below_it(client: Client, network: Network, key: str) -> None:
    above = factories.make_theme("Meedoen")
    other = factories.make_theme("Geld")
    network.theme.parent = above
    network.theme.save()
    said = get(client, thema=getattr(above, key))
    assert said["thema"] == {"uid": above.uid, "naam": "Meedoen"}
    assert [one["werkgebied"] for one in said["gemeenten"]] == [True, False]
    assert [one["werkgebied"] for one in get(client, thema=getattr(other, key))["gemeenten"]] == [False, False]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("datum", "2026-02-31", "geen datum op de kalender"),
        ("datum", "31-12-2013", "Schrijf jaar, maand en dag: 2013-12-31."),
        ("datum", "20131231", "geen datum op de kalender"),
        ("datum", "", "geen datum op de kalender"),
        ("thema", "bestaat-niet", "Er is geen thema met dit kenmerk of deze slug."),
        ("thema", "", "Geef een kenmerk"),
        ("laag", "partner", "Deze parameter bestaat hier niet. Wel: datum, thema."),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(
    client: Client, network: Network, name: str, value: str, said: str
) -> None:
    found = problem(client.get("/api/v1/dekking", {name: value}), 400)
    assert [one["waar"] for one in found["fouten"]] == [name]
    assert said in found["fouten"][0]["wat"]


def test_more_municipalities_cost_no_more_questions(client: Client, django_assert_num_queries: Any) -> None:
    def add(number: int) -> None:
        place = factories.make_municipality(f"P{number}", province=factories.make_province(f"Provincie {number}"))
        factories.make_partnership(
            factories.make_organisation(f"O{number}", municipality=place),
            factories.make_werkplaats(f"W{number}", areas=[place]),
        )

    add(0)
    with django_assert_num_queries(5):
        get(client)
    for number in range(1, 6):
        add(number)
    with django_assert_num_queries(5):
        assert get(client)["totalen"]["partner"]["gemeenten"] == 6
