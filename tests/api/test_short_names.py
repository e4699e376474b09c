"""What facets say can be asked with, and main themes can be asked for."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db


def test_every_value_of_a_facet_can_be_asked_with_by_its_short_name(client: Client) -> None:
    top = factories.make_theme("Meedoen")
    theme = factories.make_theme("Eenzaamheid", parent=top)
    place = factories.make_municipality("Assen")
    noord = factories.make_werkplaats("Noord", areas=[place], themes=[theme])
    factories.make_question("Wat helpt?", themes=[theme], werkplaats=noord, municipality=place)
    factories.make_question("Wat nog meer?")
    facets = client.get("/api/v1/vermeldingen?soort=vraag").json()["facetten"]
    for name, short in (("thema", "slug"), ("hoofdthema", "slug"), ("werkplaats", "slug"), ("gemeente", "code")):
        [value] = facets[name]
        for key in (value[short], value[short].upper(), value[short].lower()):
            for path in ("vermeldingen", "vragen"):
                rows = client.get(f"/api/v1/{path}?{name}={key}").json()["resultaten"]
                assert "Wat helpt?" in {row["titel"] for row in rows}, (path, name, key)
                assert "Wat nog meer?" not in {row["titel"] for row in rows}
    wrong = client.get("/api/v1/vragen?hoofdthema=eenzaamheid")
    assert wrong.status_code == 400
    assert "Er is geen hoofdthema met dit kenmerk of deze slug." in wrong.json()["detail"]


def test_what_is_no_word_is_told(client: Client) -> None:
    said = client.get("/api/v1/vermeldingen", {"q": "c++"}).json()
    assert (said["totaal"], said["melding"]) == (
        0,
        "Hier staat geen woord waarop te zoeken is. Typ een of twee woorden.",
    )


def test_a_municipality_says_that_nobody_serves_it(client: Client) -> None:
    place = factories.make_municipality("Assen")
    said = client.get(f"/api/v1/vermeldingen/{place.uid}").json()["facetten"]
    assert said["werkgebied"] == [{"waarde": "geen", "naam": "nog geen werkplaats"}]
