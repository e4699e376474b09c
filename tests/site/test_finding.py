"""Finding an answer before asking: what is there already is shown while someone types, and nothing of it is kept."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client

from tests import factories
from tests.site.finding import WORRY, Step, among_others, hide, reasons_on, take_away
from tests.site.test_pages import titles

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_still")]
SUGGEST = "/vragen/antwoorden/"
OFFER = "Staat uw antwoord er al?"


def everything() -> dict[str, list[str]]:
    """All rows of all tables."""
    with connection.cursor() as cursor:
        kept = {}
        for name in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            kept[name] = sorted(map(repr, cursor.fetchall()))
    return kept


def test_in_a_young_network_the_only_question_there_is_can_be_the_answer(client: Client, searchable: Step) -> None:
    """Every entry has the word then, and it says little; still more than nothing."""
    factories.make_question("Wie helpt bij schulden?")
    searchable()
    assert suggestions(client, "Wie helpt mij met schulden?") == ["Wie helpt bij schulden?"]


def suggestions(client: Client, text: str) -> list[str]:
    response = client.post(SUGGEST, {"text": text})
    assert response.status_code == 200
    return titles(response.content.decode())


def test_what_is_there_already_is_shown_while_typing_with_reasons(client: Client, indexed: Step) -> None:
    among_others("Wie helpt bij schulden?")
    inner, gone = factories.make_question("Wie kent schulden?"), factories.make_question("Wie had schulden?")
    hide(inner)
    take_away(gone)
    indexed()
    page = client.post(SUGGEST, {"text": WORRY.replace("schulden", "schudlen")}).content.decode()
    assert titles(page) == ["Wie helpt bij schulden?"]
    assert "“schudlen” gelezen als “schulden”" in reasons_on(page)
    assert OFFER in page
    assert "Eén mogelijk antwoord gevonden, onder uw vraag." in page
    assert 'hx-swap-oob="true"' in page
    assert "<html" not in page, "a part of the form, no page"


@pytest.mark.parametrize(
    "text",
    ["", "   ", "schuld", " schuld ", ("schulden " * 600)[:5001], "de het een voor van", "xyzzy qwqwqw", "\0" * 9],
)
def test_what_says_nothing_or_too_much_gives_no_answers_and_no_error(
    client: Client, searchable: Step, text: str
) -> None:
    among_others("Wie helpt bij schulden?")
    searchable()
    assert suggestions(client, "schulden") == ["Wie helpt bij schulden?"]
    assert suggestions(client, ("schulden " * 600)[:5000]) == ["Wie helpt bij schulden?"]
    assert suggestions(client, text) == []
    assert client.post(SUGGEST).status_code == 200


def test_answers_are_asked_for_by_the_own_form_only(indexed: Step) -> None:
    among_others("Wie helpt bij schulden?")
    indexed()
    strict = Client(enforce_csrf_checks=True)
    got = strict.get(SUGGEST, {"text": WORRY})
    assert (got.status_code, got.headers["Allow"]) == (405, "POST")
    refused = strict.post(SUGGEST, {"text": WORRY})
    assert refused.status_code == 403
    assert OFFER not in refused.content.decode()
    page = strict.get("/vragen/stel/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    said = strict.post(SUGGEST, {"text": WORRY, "csrfmiddlewaretoken": token.group(1)})
    assert OFFER in said.content.decode()


def test_what_is_typed_stays_nowhere(client: Client, indexed: Step, caplog: pytest.LogCaptureFixture) -> None:
    among_others("Wie helpt bij schulden?")
    indexed()
    before = everything()
    with caplog.at_level("DEBUG"):
        response = client.post(SUGGEST, {"text": WORRY})
        client.post(SUGGEST, {"text": f"Ik wil niet meer leven. {WORRY}"})
    assert OFFER in response.content.decode()
    assert everything() == before
    assert "kamerplant" not in caplog.text
    assert not response.cookies
    assert {"no-store", "private"} <= set(re.split(r",\s*", response.headers["Cache-Control"]))


def test_whom_to_call_comes_before_any_answer(client: Client, searchable: Step) -> None:
    among_others("Hoe help ik iemand die niet meer wil leven?")
    searchable()
    page = client.post(SUGGEST, {"text": "ik wil niet meer leven"}).content.decode()
    assert page.index('href="tel:08000113"') < page.index(OFFER)
    assert 'href="tel:112"' in page


def test_the_step_with_answers_comes_once_for_who_saw_none_while_typing(client: Client, indexed: Step) -> None:
    factories.make_municipality("Assen")
    among_others("Wie helpt bij schulden?")
    indexed()
    data = {"text": WORRY, "asker_role": "inwoner", "municipality": "Assen"}
    step = client.post("/vragen/stel/", data).content.decode()
    assert "Uw vraag is nog niet verstuurd" in step
    assert titles(step) == ["Wie helpt bij schulden?"]
    confirmed = re.search(r'name="confirmed" value="(\w+)"', step)
    assert confirmed
    assert "Uw vraag is verstuurd" in send(client, {**data, "confirmed": confirmed.group(1)})
    assert "Uw vraag is verstuurd" in send(client, {**data, "gezien": "1"}), "who saw them while typing goes on at once"
    assert "Uw vraag is verstuurd" in send(client, {**data, "text": "Hoe teel je druiven op een balkon?"})


def send(client: Client, data: dict[str, str]) -> str:
    return str(client.post("/vragen/stel/", data, follow=True).content.decode())
