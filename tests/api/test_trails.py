"""The trail for programs: the whole of it, and only what is public, whoever asks."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.small import Network
from werkplaats.catalogue.models import Entry, Link
from werkplaats.core import clock
from werkplaats.core.models import Visibility
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db


def entry(kind: str, title: str, **fields: Any) -> str:
    uid = f"{kind}-{1:026}"
    Entry.objects.create(uid=uid, kind=kind, title=title, url=f"/{kind}/{uid}/", datestamp=clock.now(), **fields)
    return uid


def test_it_tells_steps_ties_ends_and_what_is_missing(client: Client, network: Network) -> None:
    project = entry("project", "Samen eten")
    secret = entry("pilot", "Stil", visibility=Visibility.NETWORK)
    Link.objects.create(source=project, tie="komt_voort_uit", target=network.question.uid)
    Link.objects.create(source=secret, tie="hoort_bij", target=project)
    client.force_login(
        factories.make_account("n@example.org", RoleKind.NATIONAL_EDITOR), "sesame.backends.ModelBackend"
    )
    said = client.get(f"/api/v1/keten/{project}").json()
    band = {"van": project, "naar": network.question.uid, "verband": "komt_voort_uit"}
    assert said["verbanden"] == [{**band, "label": "komt voort uit", "label_terug": "leidde tot"}]
    assert said["stappen"] == [
        {
            "uid": project, "soort": "project", "titel": "Samen eten", "url": f"http://testserver/project/{project}/",
            "fase": "onderzoek", "afstand": 0, "via": None, "beantwoord": False, "meer": 0, "verdwenen": False,
        },
        {
            "uid": network.question.uid, "soort": "vraag", "titel": network.question.public_text,
            "url": f"http://testserver/vragen/{network.question.uid}/", "fase": "vraag", "afstand": 1, "via": project,
            "beantwoord": False, "meer": 0, "verdwenen": False,
        },
    ]  # fmt: skip
    assert {(one["soort"], one["titel"]) for one in said["uiteinden"]} == {
        ("werkplaats", "Noord"),
        ("gemeente", "Assen"),
    }
    assert said["ontbreekt"] == [
        {"fase": "kennis", "wat": "Nog geen opbrengst"},
        {"fase": "antwoord", "wat": "Nog geen antwoord"},
    ]
    assert client.get(f"/api/v1/keten/{secret}").status_code == 404


def test_what_was_taken_away_is_gone(client: Client, network: Network) -> None:
    project = entry("project", "Weg", removed_at=clock.now())
    response = client.get(f"/api/v1/keten/{project}")
    assert response.status_code == 410
    assert response["Content-Type"] == "application/problem+json"
    assert "Weg" not in response.content.decode().replace("Wegens", "")
