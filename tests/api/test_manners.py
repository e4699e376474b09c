"""What holds for every address: version, errors as problems, methods, formats, other sites, no sessions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.small import Network
from werkplaats.api.description import VERSION
from werkplaats.catalogue import reading
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db

LISTS = ["/api/v1/vermeldingen", "/api/v1/vragen", "/api/v1/werkplaatsen", "/api/v1/gemeenten"]
READ = [*LISTS, "/api/v1/dekking", "/api/v1/openapi.json"]
NOWHERE = ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/vragen", "/api/v1/niets", "/api/v1/vragen/niets/nergens"]


def problem(response: Any, status: int) -> dict[str, Any]:
    """The problem in an answer, which is one in every respect."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["API-Version"] == VERSION
    said: dict[str, Any] = response.json()
    assert said["status"] == status
    assert set(said) >= {"type", "title", "status", "detail", "instance"}
    return said


@pytest.mark.parametrize("address", READ)
def test_every_answer_says_its_version_and_what_browsers_may_do(client: Client, address: str) -> None:
    headers = client.get(address).headers
    wanted = {
        "API-Version": "1.0.0",
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    assert {name: headers.get(name) for name in wanted} == wanted
    assert headers["Content-Type"].partition(";")[0] == "application/json"
    assert "Cookie" not in headers.get("Vary", "")


@pytest.mark.parametrize("address", NOWHERE)
def test_an_address_that_does_not_exist_is_a_problem(client: Client, address: str) -> None:
    assert problem(client.get(address), 404) == {
        "type": "about:blank",
        "title": "Niet gevonden",
        "status": 404,
        "detail": "Dit adres bestaat niet. Alle adressen staan in /api/v1/openapi.json.",
        "instance": address,
    }


@pytest.mark.parametrize("address", READ)
def test_a_slash_at_the_end_is_pointed_out(client: Client, address: str) -> None:
    assert problem(client.get(f"{address}/"), 404)["detail"].endswith(f"Zonder bestaat het wel: {address}")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("address", READ)
def test_what_is_read_is_only_read(client: Client, address: str, method: str) -> None:
    response = client.generic(method, address)
    problem(response, 405)
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_what_is_sent_to_is_not_read(client: Client) -> None:
    response = client.get("/api/v1/suggesties")
    problem(response, 405)
    assert response.headers["Allow"] == "POST, OPTIONS"


@pytest.mark.parametrize("address", READ)
def test_head_is_get_without_the_content_and_options_says_what_is_allowed(client: Client, address: str) -> None:
    read, head, options = client.get(address), client.head(address), client.options(address)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == str(len(read.content))
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert "Content-Type" not in options.headers


@pytest.mark.parametrize("address", [*READ, "/api/v1/niets", "/api/v1/vragen?x=1"])
def test_any_site_may_read_it_from_a_browser_but_without_cookies(client: Client, address: str) -> None:
    headers = client.get(address, headers={"Origin": "https://elders.example"}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers
    assert headers["Access-Control-Expose-Headers"] == "API-Version, Retry-After, Link"


def test_a_browser_may_ask_first(client: Client) -> None:
    asked = {"Origin": "https://elders.example", "Access-Control-Request-Method": "POST"}
    headers = client.options("/api/v1/suggesties", headers=asked).headers
    assert headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS, POST"
    assert headers["Access-Control-Allow-Headers"] == "accept, content-type"
    assert headers["API-Version"] == VERSION


@pytest.mark.parametrize("address", ["/", "/vragen/", "/gezond/live", "/beheer/"])
def test_other_sites_read_nothing_else(client: Client, address: str) -> None:
    headers = client.get(address, headers={"Origin": "https://elders.example"}).headers
    assert "Access-Control-Allow-Origin" not in headers
    assert "API-Version" not in headers


@pytest.mark.parametrize("accept", ["text/html", "application/xml, image/*", "application/json;q=0", "onzin"])
def test_there_is_only_json(client: Client, accept: str) -> None:
    problem(client.get("/api/v1/vragen", headers={"Accept": accept}), 406)


@pytest.mark.parametrize(
    "accept", ["application/json", "application/*", "text/html,application/xml;q=0.9,*/*;q=0.8", "a" * 100_000 + ",*/*"]
)
def test_who_takes_json_too_gets_it(client: Client, accept: str) -> None:
    assert client.get("/api/v1/vragen", headers={"Accept": accept}).status_code == 200


@pytest.mark.parametrize("address", LISTS)
def test_a_parameter_that_does_not_exist_is_named(client: Client, address: str) -> None:
    (wrong,) = problem(client.get(f"{address}?kleur=rood"), 400)["fouten"]
    assert wrong["waar"] == "kleur"
    assert wrong["wat"].startswith("Deze parameter bestaat hier niet.")


@pytest.mark.parametrize(
    ("query", "where", "what"),
    [
        ("pagina=0", "pagina", "Geef een getal van 1 of meer."),
        ("pagina=-1", "pagina", "Geef een geheel getal van 1 tot en met 1000000."),
        ("pagina=1.0", "pagina", "Geef een geheel getal van 1 tot en met 1000000."),
        ("pagina=%D9%A1", "pagina", "Geef een geheel getal van 1 tot en met 1000000."),
        ("pagina=" + "9" * 5000, "pagina", "Geef een geheel getal van 1 tot en met 1000000."),
        ("pagina=", "pagina", "Geef een geheel getal van 1 tot en met 1000000."),
        ("pagina=1&pagina=2", "pagina", "Geef deze parameter één keer."),
        ("sorteer=mooiste", "sorteer", "Deze waarde bestaat niet. Kies uit: 'best', 'nieuwste' of 'naam'."),
        (
            "soort=roddel",
            "soort",
            "Deze soort bestaat niet. Kies uit: gemeente, aanpak, begrip, organisatie, werkplaats, vraag, publicatie, "
            "project, kenniskring, pilot, opbrengst, landelijkthema, nieuws, pagina, over.",
        ),
        ("q=" + "x" * 201, "q", "Dit is te lang. Geef ten hoogste 200 tekens."),
        ("q=a%00b", "q", "Er staat een nulteken (%00) in. Haal het weg."),
        ("thema=a%20b", "thema", "Geef een kenmerk zoals het in de antwoorden staat, of de korte naam."),
        ("thema=", "thema", "Geef een kenmerk zoals het in de antwoorden staat, of de korte naam."),
        ("&".join(["thema=x"] * 41), "thema", "Geef deze parameter ten hoogste 40 keer."),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(client: Client, query: str, where: str, what: str) -> None:
    said = problem(client.get(f"/api/v1/vermeldingen?{query}"), 400)
    assert said["fouten"] == [{"waar": where, "wat": what}]
    assert said["detail"] == f"De aanvraag klopt niet. {where}: {what}"


def test_all_that_is_wrong_is_told_at_once(client: Client) -> None:
    said = problem(client.get("/api/v1/vermeldingen?pagina=x&soort=y&sorteer=z"), 400)
    assert {one["waar"] for one in said["fouten"]} == {"pagina", "soort", "sorteer"}


@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/%00", "/api/v1/vragen/%00", "/api/v1/vragen/%ED%A0%80", "/api/v1/gemeenten/" + "x" * 5000,
        "/api/v1/werkplaatsen/%F0%9F%92%A9", "/api/v1/vermeldingen/..%2F..%2Fetc", "/api/v1/werkplaatsen/%",
    ],
)  # fmt: skip
def test_strange_addresses_lead_nowhere(client: Client, address: str) -> None:
    problem(client.get(address), 404)


@pytest.mark.parametrize("query", ["&".join(f"x{n}=1" for n in range(1500)), "%00=1", "q=%ED%A0%80&%FF=1"])
def test_strange_parameters_are_refused(client: Client, query: str) -> None:
    problem(client.get(f"/api/v1/vragen?{query}"), 400)


def test_a_wrong_name_of_the_site_is_a_problem_too(client: Client) -> None:
    problem(client.get("/api/v1/vragen", headers={"Host": "elders.example"}), 400)


def test_a_fault_of_ours_is_a_problem_without_the_inside(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_given: Any, **_named: Any) -> None:
        raise ValueError("binnenkant")

    monkeypatch.setattr("werkplaats.catalogue.search.find", broken)
    client.raise_request_exception = False
    response = client.get("/api/v1/vragen")
    problem(response, 500)
    assert "binnenkant" not in response.content.decode()


def test_an_index_that_breaks_halfway_is_told_with_when_to_come_back(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_given: Any, **_named: Any) -> None:
        raise reading.Away("stuk")

    monkeypatch.setattr("werkplaats.catalogue.search.find", away)
    response = client.get("/api/v1/vermeldingen")
    problem(response, 503)
    assert response.headers["Retry-After"] == "2"


def test_a_session_changes_nothing(client: Client, network: Network) -> None:
    address = f"/api/v1/vermeldingen/{network.waiting.uid}"
    assert client.get(address).status_code == 404
    before = [client.get(one).json() for one in LISTS]
    account = factories.make_account("noord@example.org", RoleKind.COORDINATOR, network.noord)
    client.force_login(account, "sesame.backends.ModelBackend")
    assert [client.get(one).json() for one in LISTS] == before
    assert client.get(address).status_code == 404


def test_nobody_gets_a_cookie(client: Client, network: Network) -> None:
    for address in [*READ, f"/api/v1/vragen/{network.question.uid}", "/api/v1/niets"]:
        assert client.get(address).cookies == {}, address


def addresses(network: Network) -> list[str]:
    """Every address that can be read, of all that is there."""
    uids = [
        network.question.uid, network.withdrawn.uid, network.waiting.uid, network.assen.uid, network.goes.uid,
        network.noord.uid, network.zeeland.uid, network.theme.uid,
    ]  # fmt: skip
    kinds = ["vermeldingen", "vragen", "werkplaatsen", "gemeenten"]
    more = ["/api/v1/vermeldingen?q=eenzaamheid", "/api/v1/dekking?datum=2021-12-31"]
    return [*READ, *more, *(f"/api/v1/{kind}/{uid}" for kind in kinds for uid in uids)]


def test_nothing_private_is_said_anywhere(client: Client, network: Network) -> None:
    private = ["Fatima", "geheim", "ada@", "schulden weg", "Wie leest dit", network.waiting.uid, "bezoeker"]
    for address in addresses(network):
        said = client.get(address).content.decode().replace(address, "")
        assert [word for word in private if word in said] == [], address


def test_the_description_says_who_and_in_dutch(client: Client, settings: Any) -> None:
    settings.CONTACT = "beheer@example.org"
    said = client.get("/api/v1/openapi.json").json()
    assert said["openapi"].startswith("3.1")
    assert said["info"]["version"] == VERSION
    assert said["info"]["contact"]["email"] == "beheer@example.org"
    assert said["servers"] == [{"url": "http://testserver/api/v1"}]
    assert set(said["paths"]) == {
        "/keten/{uid}", "/vermeldingen", "/vermeldingen/{uid}", "/vragen", "/vragen/{uid}", "/werkplaatsen",
        "/werkplaatsen/{sleutel}", "/gemeenten", "/gemeenten/{sleutel}", "/dekking", "/suggesties",
    }  # fmt: skip
    parts = [one for path in said["paths"].values() for operation in path.values() for one in operation["parameters"]]
    assert [one["name"] for one in parts if not one.get("description")] == []
    assert [name for name, one in said["components"]["schemas"].items() if not one.get("description")] == []
