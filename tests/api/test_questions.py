"""Questions as the public reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.small import Network
from tests.api.test_entries import day
from tests.api.test_manners import problem
from werkplaats.agenda.rules import AskerRole, Status
from werkplaats.catalogue.models import Entry
from werkplaats.core import clock

pytestmark = pytest.mark.django_db

QUESTIONS = "/api/v1/vragen"
TREATED = {"waarde": "in-behandeling", "naam": "in behandeling"}
WAITING = {"waarde": "wacht", "naam": "wacht op beoordeling"}


def get(client: Client, rest: str = "") -> dict[str, Any]:
    response = client.get(f"{QUESTIONS}{rest}")
    assert response.status_code == 200, response.content
    said: dict[str, Any] = response.json()
    return said


def uids(client: Client, rest: str = "") -> list[str]:
    return [row["uid"] for row in get(client, rest)["resultaten"]]


def test_the_list_is_told_whole(client: Client, network: Network) -> None:
    entry = Entry.objects.get(uid=network.question.uid)
    assert get(client) == {
        "resultaten": [
            {
                "uid": network.question.uid,
                "titel": "Mijn buurvrouw [naam weggelaten] voelt zich alleen. Wat helpt tegen eenzaamheid?",
                "samenvatting": "",
                "url": f"http://testserver/vragen/{network.question.uid}/",
                "taal": "nl",
                "status": TREATED,
                "werkplaats": {"uid": network.noord.uid, "naam": "Noord"},
                "gemeente": {"uid": network.assen.uid, "naam": "Assen"},
                "themas": [{"uid": network.theme.uid, "naam": "Eenzaamheid"}],
                "bijgewerkt": day(entry.datestamp),
            }
        ],
        "totaal": 1,
        "pagina": 1,
        "paginas": 1,
        "per_pagina": 20,
        "_links": {"self": {"href": "http://testserver/api/v1/vragen"}},
    }


def test_the_newest_come_first_and_filters_hold_together(client: Client, network: Network) -> None:
    earlier = datetime(2020, 5, 1, tzinfo=UTC)
    old = factories.make_question("Oud?", published_at=earlier, status=Status.ANSWERED, municipality=network.goes)
    undated = factories.make_question("Zonder datum?", published_at=None, received_at=None)
    assert uids(client) == [network.question.uid, old.uid, undated.uid]
    assert uids(client, "?status=beantwoord&status=in-behandeling") == [network.question.uid, old.uid, undated.uid]
    assert uids(client, "?status=beantwoord") == [old.uid]
    assert uids(client, f"?gemeente={network.goes.code}&gemeente={network.assen.uid}") == [
        network.question.uid, old.uid,
    ]  # fmt: skip
    assert uids(client, f"?gemeente={network.goes.code}&thema=eenzaamheid") == []


@pytest.mark.parametrize("status", ["wacht", "geweigerd", "ingetrokken", "terug", "onzin"])
def test_states_nobody_sees_cannot_be_asked_for(client: Client, status: str) -> None:
    said = problem(client.get(f"{QUESTIONS}?status={status}"), 400)
    assert [one["waar"] for one in said["fouten"]] == ["status"]
    assert "wacht" not in said["detail"].split("Kies uit")[1]


def test_a_question_is_told_whole(client: Client, network: Network) -> None:
    today = clock.today().isoformat()
    assert get(client, f"/{network.question.uid}") == {
        "uid": network.question.uid,
        "tekst": "Mijn buurvrouw [naam weggelaten] voelt zich alleen. Wat helpt tegen eenzaamheid?",
        "taal": "nl",
        "url": f"http://testserver/vragen/{network.question.uid}/",
        "weggelaten": True,
        "status": TREATED,
        "bericht_uiterlijk": None,
        "te_laat": False,
        "werkplaats": {
            "uid": network.noord.uid, "naam": "Noord", "url": "http://testserver/werkplaatsen/noord/",
        },
        "gemeente": {"uid": network.assen.uid, "naam": "Assen", "url": "http://testserver/gemeenten/assen/"},
        "gesteld": {"waarde": "professional", "naam": "als beroepskracht in zorg of welzijn"},
        "themas": [{"uid": network.theme.uid, "naam": "Eenzaamheid"}],
        "ontvangen": today,
        "hier_ook": [
            {
                "organisatie": "Welzijn Assen",
                "namens": {
                    "waarde": "ambtelijk",
                    "naam": "namens de medewerkers die hiermee werken (ambtelijk)",
                },
                "toelichting": "Ook hier",
            }
        ],
        "stappen": [{"op": today, "status": WAITING}, {"op": today, "status": TREATED}],
        "antwoord": None,
        "bron": "bijeenkomst",
        "zekerheid": "bekend",
    }  # fmt: skip


def test_who_asked_only_for_the_region_gets_only_that(client: Client, network: Network) -> None:
    shy = factories.make_question(
        "Wie helpt mij?", werkplaats=network.noord, municipality=network.assen, region_only=True,
        asker_role=AskerRole.CLIENT,
    )  # fmt: skip
    said = get(client, f"/{shy.uid}")
    assert (said["gemeente"], said["gesteld"], said["werkplaats"]["naam"]) == (None, None, "Noord")
    row = next(row for row in get(client)["resultaten"] if row["uid"] == shy.uid)
    assert (row["gemeente"], row["werkplaats"]["naam"]) == (None, "Noord")
    assert shy.uid not in uids(client, f"?gemeente={network.assen.code}")
    assert "Assen" not in client.get(f"/api/v1/vermeldingen/{shy.uid}").content.decode()


def test_a_promise_that_was_not_kept_is_told(client: Client, network: Network) -> None:
    late = factories.make_question("Waar blijft het?", due=date(2021, 1, 1), asker_role=AskerRole.UNKNOWN)
    said = get(client, f"/{late.uid}")
    assert (said["bericht_uiterlijk"], said["te_laat"], said["gesteld"]) == ("2021-01-01", True, None)


def test_support_that_ended_and_messages_are_not_told(client: Client, network: Network) -> None:
    support = network.question.supports.get()
    support.valid_to = clock.today()
    support.save()
    network.question.changes.update(message="Alleen voor de vrager")
    said = get(client, f"/{network.question.uid}")
    assert said["hier_ook"] == []
    assert "Alleen voor de vrager" not in str(said)


@pytest.mark.parametrize("status", [Status.WAITING, Status.REFUSED, Status.BACK])
def test_what_was_never_public_is_not_there(client: Client, network: Network, status: Status) -> None:
    hidden = factories.make_question("Niet openbaar", status=status)
    problem(client.get(f"{QUESTIONS}/{hidden.uid}"), 404)


def test_only_questions_stand_under_questions(client: Client, network: Network) -> None:
    problem(client.get(f"{QUESTIONS}/{network.noord.uid}"), 404)
