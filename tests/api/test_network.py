"""Werkplaatsen and municipalities as their pages show them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.small import Network
from tests.api.test_manners import problem
from werkplaats.network.rules import Status

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
MEMBER = {"waarde": "lid", "naam": "lid van het netwerk"}


def get(client: Client, address: str) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == 200, response.content
    said: dict[str, Any] = response.json()
    return said


def names(said: dict[str, Any]) -> list[str]:
    return [row["naam"] for row in said["resultaten"]]


def short_noord(network: Network) -> dict[str, Any]:
    return {
        "uid": network.noord.uid,
        "naam": "Noord",
        "url": f"{SITE}/werkplaatsen/noord/",
        "slug": "noord",
        "regio": "Noord",
        "status": MEMBER,
        "trekkers": ["Welzijn Assen"],
        "actief": "sinds 1 januari 2020",
    }


def test_werkplaatsen_of_now(client: Client, network: Network) -> None:
    factories.make_werkplaats("Voorbij", status=Status.ENDED)
    factories.make_werkplaats("Gestopt", valid_to=date(2021, 1, 1))
    said = get(client, "/api/v1/werkplaatsen")
    assert names(said) == ["Noord", "Zeeland"]
    assert said["resultaten"][0] == short_noord(network)
    assert said["resultaten"][1]["status"] == {"waarde": "kandidaat", "naam": "in opbouw"}
    assert said["totaal"] == 2
    assert said["_links"] == {"self": {"href": f"{SITE}/api/v1/werkplaatsen"}}


@pytest.mark.parametrize("key", ["slug", "uid"])
def test_a_werkplaats_is_told_whole(client: Client, network: Network, key: str) -> None:
    address = f"/api/v1/werkplaatsen/{getattr(network.noord, key)}"
    assert get(client, address) == {
        **short_noord(network),
        "merknaam": "Noordwerk",
        "vroegere_namen": [],
        "meeloopjaar": None,
        "opmerking": None,
        "leergroep": None,
        "themas": [{"uid": network.theme.uid, "naam": "Eenzaamheid"}],
        "themas_in_eigen_woorden": ["leefbaarheid"],
        "opleidingen": ["social work"],
        "trekkerschap": [{"organisatie": "Welzijn Assen", "lectoraten": ["Samen leven"]}],
        "werkgebied": [
            {
                "uid": network.assen.uid,
                "naam": "Assen",
                "url": f"{SITE}/gemeenten/assen/",
                "code": network.assen.code,
                "zekerheid": "bekend",
            }
        ],
        "inwoners": 70_000,
        "partners": [{"organisatie": "Welzijn Assen", "soort": "zorg of welzijn", "bron": None}],
        "subsidies": [{"fase": "Fase 1", "bedrag_euro": 1250000.5, "bestemd_voor": "landelijk"}],
        "bron": None,
        "zekerheid": "bekend",
        "_links": {
            "self": {"href": f"{SITE}{address}"},
            "vragen": {"href": f"{SITE}/api/v1/vragen?werkplaats={network.noord.uid}"},
        },
    }


def test_an_unknown_amount_is_no_zero_and_only_who_signed_takes_part(client: Client, network: Network) -> None:
    network.noord.grants.update(amount_eur=None)
    asked = factories.make_organisation("Nog in gesprek")
    network.noord.partnerships.create(organisation=asked, stage="in gesprek", valid_from=factories.LONG_AGO)
    said = get(client, "/api/v1/werkplaatsen/noord")
    assert [grant["bedrag_euro"] for grant in said["subsidies"]] == [None]
    assert [one["organisatie"] for one in said["partners"]] == ["Welzijn Assen"]


def test_one_that_is_being_formed_says_what_is_assumed(client: Client, network: Network) -> None:
    factories.make_question("Wie rijdt?", municipality=network.goes)
    said = get(client, "/api/v1/werkplaatsen/zeeland")
    assert [(one["naam"], one["zekerheid"]) for one in said["werkgebied"]] == [("Goes", "aanname")]
    questions = said["_links"]["vragen"]["href"]
    assert questions == f"{SITE}/api/v1/vragen?gemeente={network.goes.code}"
    assert [row["titel"] for row in get(client, questions.removeprefix(SITE))["resultaten"]] == ["Wie rijdt?"]


@pytest.mark.parametrize("key", ["voorbij", "bestaat-niet", "werkplaats-01JD2Q7ZK8X4M5N6P7R8S9T0V1"])
def test_other_werkplaatsen_are_not_there(client: Client, network: Network, key: str) -> None:
    factories.make_werkplaats("Voorbij", status=Status.ENDED)
    problem(client.get(f"/api/v1/werkplaatsen/{key}"), 404)


def short_assen(network: Network) -> dict[str, Any]:
    return {
        "uid": network.assen.uid,
        "naam": "Assen",
        "url": f"{SITE}/gemeenten/assen/",
        "code": network.assen.code,
        "provincie": "Drenthe",
    }


def test_municipalities_of_now(client: Client, network: Network) -> None:
    factories.make_municipality("Voorbij", valid_to=date(2021, 1, 1))
    said = get(client, "/api/v1/gemeenten")
    assert (names(said), said["totaal"], said["gevonden_op"]) == (["Assen", "Goes"], 2, "alles")
    assert said["resultaten"][0] == short_assen(network)


@pytest.mark.parametrize(
    ("typed", "found", "how"),
    [
        ("assen", ["Assen"], "naam"),
        ("Gemeente ASN", ["Assen"], "naam"),
        ("asen", ["Assen"], "gelijkenis"),
        ("qqqqqq", [], "gelijkenis"),
        ("!?", [], "gelijkenis"),
        (" ", ["Assen", "Goes"], "alles"),
    ],
)
def test_a_municipality_is_found_by_any_name(
    client: Client, network: Network, typed: str, found: list[str], how: str
) -> None:
    said = client.get("/api/v1/gemeenten", {"q": typed}).json()
    assert (names(said), said["totaal"], said["gevonden_op"]) == (found, len(found), how)


@pytest.mark.parametrize("key", ["code", "uid"])
def test_a_municipality_is_told_whole(client: Client, network: Network, key: str) -> None:
    address = f"/api/v1/gemeenten/{getattr(network.assen, key).lower()}"
    noord = {"uid": network.noord.uid, "naam": "Noord", "url": f"{SITE}/werkplaatsen/noord/"}
    assert get(client, address) == {
        **short_assen(network),
        "inwoners": 70_000,
        "andere_namen": ["Asn"],
        "werkplaatsen": [{**noord, "in_opbouw": False, "zekerheid": "bekend"}],
        "deelnemers": [{"organisatie": "Welzijn Assen", "werkplaats": noord}],
        "bron": "CBS, gemeenten op 1 januari 2025, inwoners op 1 januari 2024",
        "_links": {
            "self": {"href": f"{SITE}{address}"},
            "vragen": {"href": f"{SITE}/api/v1/vragen?gemeente={network.assen.code}"},
        },
    }


def test_an_assumed_area_and_a_werkplaats_that_ended(client: Client, network: Network) -> None:
    factories.make_werkplaats("Voorbij", status=Status.ENDED, areas=[network.goes])
    (only,) = get(client, f"/api/v1/gemeenten/{network.goes.code}")["werkplaatsen"]
    assert (only["naam"], only["in_opbouw"], only["zekerheid"]) == ("Zeeland", True, "aanname")


@pytest.mark.parametrize("key", ["GM9999", "assen", "gemeente-01JD2Q7ZK8X4M5N6P7R8S9T0V1"])
def test_other_municipalities_are_not_there(client: Client, network: Network, key: str) -> None:
    problem(client.get(f"/api/v1/gemeenten/{key}"), 404)


def test_a_municipality_that_was_is_not_there(client: Client) -> None:
    ended = factories.make_municipality("Voorbij", valid_to=date(2021, 1, 1))
    problem(client.get(f"/api/v1/gemeenten/{ended.code}"), 404)


@pytest.mark.parametrize("address", ["/api/v1/werkplaatsen", "/api/v1/gemeenten", "/api/v1/gemeenten?q=plaats"])
def test_a_longer_list_costs_no_more_questions_to_the_database(
    client: Client, address: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    def add(number: int) -> None:
        province = factories.make_province(f"Provincie {number}")
        place = factories.make_municipality(f"Plaats {number}", province=province)
        region = factories.make_werkplaats(f"Regio {number}", areas=[place])
        organisation = factories.make_organisation(f"Organisatie {number}")
        region.leads.create(organisation=organisation, role="trekker", valid_from=factories.LONG_AGO)

    add(0)
    with django_assert_max_num_queries(6) as first:
        client.get(address)
    for number in range(1, 6):
        add(number)
    with django_assert_num_queries(len(first)):
        assert client.get(address).json()["totaal"] == 6


@pytest.mark.parametrize("address", ["/api/v1/werkplaatsen/noord", "/api/v1/gemeenten/{code}"])
def test_a_bigger_area_costs_no_more_questions_to_the_database(
    client: Client, network: Network, address: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    address = address.format(code=network.assen.code)
    with django_assert_max_num_queries(10) as first:
        client.get(address)
    for number in range(5):
        place = factories.make_municipality(f"Plaats {number}")
        network.noord.areas.create(municipality=place, valid_from=factories.LONG_AGO)
        region = factories.make_werkplaats(f"Regio {number}", areas=[network.assen])
        organisation = factories.make_organisation(f"Organisatie {number}", municipality=network.assen)
        for one in (region, network.noord):
            one.partnerships.create(organisation=organisation, stage="actief", valid_from=factories.LONG_AGO)
    with django_assert_num_queries(len(first)):
        client.get(address)
