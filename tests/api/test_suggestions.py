"""Answers before asking, for other people's forms."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.small import Network
from tests.api.test_manners import problem
from werkplaats.agenda.models import Question
from werkplaats.api import suggestions
from werkplaats.catalogue.models import Entry
from werkplaats.core.limits import Limit
from werkplaats.core.models import Attempt, LogEntry, Visibility

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/suggesties"
STORY = "Sinds de winkel dicht is zit mijn buurvrouw alleen thuis. Wat helpt tegen haar eenzaamheid?"


def send(client: Client, body: Any, **rest: Any) -> Any:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(ADDRESS, content, content_type="application/json", **rest)


def test_what_there_is_already_is_told_with_reasons(client: Client, network: Network) -> None:
    response = send(client, {"tekst": STORY})
    assert response.status_code == 200, response.content
    said = response.json()
    best = said["suggesties"][0]
    assert best.pop("redenen")
    assert best == {
        "uid": network.question.uid,
        "soort": "vraag",
        "titel": "Mijn buurvrouw [naam weggelaten] voelt zich alleen. Wat helpt tegen eenzaamheid?",
        "samenvatting": "",
        "url": f"http://testserver/vragen/{network.question.uid}/",
    }
    assert said["hulp"] == []


def test_only_what_is_public_is_suggested(client: Client, network: Network) -> None:
    Entry.objects.filter(uid=network.question.uid).update(visibility=Visibility.NETWORK)
    found = {one["uid"] for one in send(client, {"tekst": f"{STORY} Wie leest dit nog niet?"}).json()["suggesties"]}
    assert found <= {network.noord.uid}


def test_a_cry_for_help_is_pointed_out(client: Client) -> None:
    assert send(client, {"tekst": "Ik wil niet meer leven."}).json() == {"suggesties": [], "hulp": ["leven"]}


def test_the_text_is_kept_nowhere(client: Client, network: Network, caplog: pytest.LogCaptureFixture) -> None:
    before = (Question.objects.count(), LogEntry.objects.count(), Entry.objects.count())
    with caplog.at_level(logging.DEBUG):
        send(client, {"tekst": f"{STORY} Pindakaas"})
        send(client, {"tekst": "Pindakaas\0"})
        send(client, '{"tekst": "Pindakaas')
    assert (Question.objects.count(), LogEntry.objects.count(), Entry.objects.count()) == before
    # What the database was asked is logged for developers only; the words are not in there either.
    assert (
        "pindakaas"
        not in "".join(record.getMessage() for record in caplog.records if record.name != "django.db.backends").lower()
    )
    assert "pindakaas" not in json.dumps(list(Attempt.objects.values())).lower()


@pytest.mark.parametrize(
    ("body", "where", "what"),
    [
        ({}, "tekst", "Dit ontbreekt en is verplicht."),
        ({"tekst": ""}, "tekst", "Dit is leeg. Geef ten minste 1 teken."),
        ({"tekst": 5}, "tekst", "Geef hier tekst."),
        ({"tekst": None}, "tekst", "Geef hier tekst."),
        ({"tekst": ["a"]}, "tekst", "Geef hier tekst."),
        ({"tekst": "x" * 5001}, "tekst", "Dit is te lang. Geef ten hoogste 5000 tekens."),
        ({"tekst": "a\0b"}, "tekst", "Er staat een nulteken in. Haal het weg."),
        ({"tekst": "a\ud800b"}, "tekst", "Er staat een half teken in (een losse surrogaat). Haal het weg."),
        ({"tekst": "a", "naam": "b"}, "naam", "Dit veld bestaat hier niet. Haal het weg."),
        ([], "inhoud", "Geef een JSON-object."),
        (None, "inhoud", "Geef een JSON-object."),
        ("5", "inhoud", "Geef een JSON-object."),
    ],
)
def test_what_is_wrong_is_named_with_what_to_do(client: Client, body: Any, where: str, what: str) -> None:
    assert problem(send(client, body), 400)["fouten"] == [{"waar": where, "wat": what}]


@pytest.mark.parametrize("body", ["{", b"\xff\xfe\xfd", "[" * 100_000, "1" * 5000, '{"tekst": NaN', "tekst=a"])
def test_what_is_no_json_is_refused(client: Client, body: str | bytes) -> None:
    assert problem(send(client, body), 400)["detail"].startswith("De inhoud is geen JSON die wij kunnen lezen.")


def test_a_field_of_half_letters_is_refused(client: Client) -> None:
    problem(send(client, '{"tekst": "a", "\\ud800": 1}'), 400)


def test_what_is_far_too_big_is_refused(client: Client) -> None:
    problem(send(client, json.dumps({"tekst": "x" * 3_000_000})), 413)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_only_json_is_taken(client: Client, kind: str) -> None:
    problem(client.generic("POST", ADDRESS, '{"tekst": "hallo"}', content_type=kind), 415)


def test_a_parameter_in_the_address_is_refused(client: Client) -> None:
    said = problem(client.post(f"{ADDRESS}?tekst=a", "{}", content_type="application/json"), 400)
    assert said["fouten"] == [{"waar": "tekst", "wat": "Deze parameter bestaat hier niet. Dit adres kent er geen."}]


def test_no_key_of_a_form_is_needed(network: Network) -> None:
    assert send(Client(enforce_csrf_checks=True), {"tekst": STORY}).status_code == 200


def test_after_the_limit_one_waits(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "ASKING", Limit("suggestie", most=2, seconds=900))
    factories.make_question()
    statuses = [send(client, {"tekst": STORY}).status_code for _ in range(2)]
    response = send(client, {"tekst": STORY}, headers={"Origin": "https://elders.example"})
    said = problem(response, 429)
    assert statuses == [200, 200]
    wait = int(response.headers["Retry-After"])
    assert 0 < wait <= 900
    assert said["detail"] == f"Dit is te vaak achter elkaar. Probeer het over {wait} seconden opnieuw."
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert send(client, {"tekst": STORY}, REMOTE_ADDR="192.0.2.9").status_code == 200


def test_what_is_wrong_does_not_count(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suggestions, "ASKING", Limit("suggestie", most=1, seconds=900))
    for _ in range(3):
        problem(send(client, {"tekst": ""}), 400)
    assert send(client, {"tekst": STORY}).status_code == 200
