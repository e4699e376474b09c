"""Answers before asking, by whom they help: help first, the same question, an answer, a place to go."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.site.test_pages import body, titles
from werkplaats.agenda.models import FoundAnswer, Question
from werkplaats.agenda.rules import Status
from werkplaats.core import clock

pytestmark = pytest.mark.django_db

Step = Callable[[], int]
ASK, SUGGEST, MINE = "/vragen/stel/", "/vragen/antwoorden/", "/vragen/mijn-antwoord/"
WORRY = "Mijn kamerplant en ik hebben schulden en durven de post niet open te maken."
OFFER = "Is uw vraag er al, of een antwoord?"


@pytest.fixture(autouse=True)
def standing_still() -> Iterator[None]:
    with clock.at(clock.now()):
        yield


def typing(client: Client, text: str) -> str:
    return client.post(SUGGEST, {"text": text}).content.decode()


def status_of(page: str) -> str:
    """What a screen reader is told."""
    found = re.search(r'<p id="antwoorden-stand".*?>(.*?)</p>', page, re.DOTALL)
    assert found
    return " ".join(html.unescape(found.group(1)).split())


def buttons(page: str) -> list[str]:
    return re.findall(r'name="antwoord".*?>([^<]+)<span', page)


def others() -> None:
    for text in ("Hoe werkt een brievenbus?", "Waar is een zwembad?", "Welke boom groeit hier?"):
        factories.make_question(text)


@pytest.mark.parametrize(
    "text", ["Ik wil niet meer leven", "mijn man slaat mij", "mijn buurvrouw wordt uit huis gezet", "ik wil dood"]
)
def test_a_cry_for_help_gets_whom_to_call_and_nothing_to_read(client: Client, indexed: Step, text: str) -> None:
    factories.make_municipality("Assen")
    others()
    for other in (
        "Hoe help ik iemand die niet meer wil leven?",
        "Mijn man slaat een spijker",
        "Wie is dood?",
        "Uit huis?",
    ):
        factories.make_question(other)
    indexed()
    page = typing(client, text)
    assert titles(page) == []
    assert OFFER not in page
    assert 'href="tel:112"' in page
    assert status_of(page) == "Heeft u nu hulp nodig? Onder uw vraag staat wie u kunt bellen."
    step = client.post(
        ASK, {"text": f"{text}, wat nu?", "asker_role": "inwoner", "municipality": "Assen"}
    ).content.decode()
    assert OFFER not in step
    assert step.index('href="tel:112"') < step.index("<textarea")
    told = client.post("/api/v1/suggesties", {"tekst": text}, content_type="application/json").json()
    assert told["suggesties"] == []
    assert told["hulp"]


def test_each_kind_of_entry_has_its_own_button_thanks_and_count(client: Client, indexed: Step) -> None:
    place = factories.make_municipality("Assen")
    factories.make_werkplaats("Noord", areas=[place])
    factories.make_question("Wie helpt bij schulden?", status=Status.ANSWERED)
    factories.make_question("Wie leest mijn post?")
    others()
    indexed()
    assert buttons(typing(client, "wie helpt er bij schulden")) == ["Dit is mijn antwoord"]
    assert buttons(typing(client, "wie leest er mijn post")) == ["Dit is ook mijn vraag"]
    assert set(buttons(typing(client, "ik woon in Assen"))) == {"Hier kan ik terecht"}
    for text, heading, counted in (
        ("Wie helpt bij schulden?", "Fijn dat u iets vond", "1 bezoeker vond hier een antwoord"),
        ("Wie leest mijn post?", "U bent niet de enige met deze vraag", "1 bezoeker heeft deze vraag ook"),
    ):
        uid = Question.objects.get(text=text).uid
        page = client.post(MINE, {"antwoord": uid}, follow=True).content.decode()
        assert f"<h1>{heading}</h1>" in page
        assert ("Onder “Wat er met de vraag gebeurt” leest u hoe het ermee staat." in page) is ("vraag" in heading)
        assert counted in body(client, f"/vragen/{uid}/")
    page = client.post(MINE, {"antwoord": place.uid}, follow=True).content.decode()
    assert "<h1>Fijn dat u weet waar u terechtkunt</h1>" in page
    assert re.findall(r'name="ongedaan".*?>([^<]+)<span', page) == [
        "Toch niet de goede plek", "Toch niet mijn vraag", "Toch niet mijn antwoord",
    ]  # fmt: skip


def test_who_had_the_question_too_stays_counted_so_when_it_is_answered(client: Client) -> None:
    question = factories.make_question("Wie leest mijn post?")
    client.post(MINE, {"antwoord": question.uid})
    question.status = Status.ANSWERED
    question.save()
    Client().post(MINE, {"antwoord": question.uid})
    page = body(client, f"/vragen/{question.uid}/")
    assert "1 bezoeker heeft deze vraag ook" in page
    assert "1 bezoeker vond hier een antwoord" in page
    client.post(MINE, {"antwoord": question.uid})
    assert "2 bezoekers vonden hier een antwoord" in body(client, f"/vragen/{question.uid}/")
    assert FoundAnswer.objects.count() == 2


def test_reloading_after_marking_does_nothing_again_and_no_address_says_what(client: Client) -> None:
    question = factories.make_question("Wie leest mijn post?")
    response = client.post(MINE, {"antwoord": question.uid, "text": WORRY, "municipality": "Assen"})
    assert (response.status_code, response.headers["Location"]) == (302, f"{MINE}?gedaan=1")
    cookie = response.cookies["gevonden"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"], cookie["max-age"]) == (True, "Lax", MINE, 1800)
    for _again in range(2):
        page = body(client, f"{MINE}?gedaan=1")
        assert "U bent niet de enige met deze vraag" in page
        assert WORRY in page, "the way back"
    assert FoundAnswer.objects.count() == 1
    plain = body(client, MINE)
    assert "U bent niet de enige" not in plain
    assert WORRY not in plain
    assert "<h1>Wat u vond</h1>" in body(Client(), f"{MINE}?gedaan=1"), "without the cookie it is the plain page"
    client.cookies["gevonden"] = cookie.value[:-3] + "abc"
    assert WORRY not in body(client, f"{MINE}?gedaan=1"), "nor with one of someone else's making"


def test_a_text_too_long_for_a_cookie_is_not_lost(client: Client) -> None:
    question = factories.make_question("Wie leest mijn post?")
    text = "".join(chr(0x4E00 + (number * 7919) % 20000) for number in range(1990))
    response = client.post(MINE, {"antwoord": question.uid, "text": text})
    assert (response.status_code, "gevonden" in response.cookies) == (200, False)
    assert text in response.content.decode()


def test_sending_forgets_what_went_along(client: Client) -> None:
    factories.make_municipality("Assen")
    question = factories.make_question("Wie leest mijn post?")
    client.post(MINE, {"antwoord": question.uid, "text": WORRY})
    client.post(ASK, {"text": WORRY, "asker_role": "inwoner", "municipality": "Assen", "gezien": "1"})
    assert Question.objects.filter(text=WORRY).exists()
    assert not client.cookies["gevonden"].value


def test_after_undoing_it_is_not_said_that_nothing_was_pointed_at(client: Client) -> None:
    question = factories.make_question("Wie leest mijn post?")
    client.post(MINE, {"antwoord": question.uid})
    page = client.post(MINE, {"ongedaan": question.uid}, follow=True).content.decode()
    assert "Het telt niet meer mee." in page
    assert "U wees hier nog niets aan" not in page
    assert "U wees hier nog niets aan" in body(client, MINE)


def stopped(client: Client, **more: Any) -> str:
    data = {"text": WORRY, "asker_role": "inwoner", "municipality": "Assen", **more}
    return str(client.post(ASK, data).content.decode())


def test_the_stop_with_answers_says_so_and_shows_them_before_the_button(client: Client, indexed: Step) -> None:
    factories.make_municipality("Assen")
    factories.make_question("Wie helpt bij schulden?")
    others()
    indexed()
    page = stopped(client)
    assert "<title>Uw vraag is nog niet verstuurd" in page
    assert "Misschien staat uw antwoord er al. Kijk hieronder. Zit het er niet bij, verstuur dan uw vraag." in page
    assert "Lees dit eerst." not in page
    assert page.index(OFFER) < page.index('button-primary">Verstuur zoals het er nu staat') < page.index("<textarea")
    assert page.count('id="antwoorden"') == 1
    named = stopped(client, text=f"{WORRY} Bel Fatima de Vries op 06-12345678.")
    assert "Lees dit eerst." in named
    assert named.index("Staat er iets over iemand anders in?") < named.index(OFFER) < named.index("<textarea")


def test_answers_that_a_page_came_with_are_not_asked_for_again_on_top_of_them(client: Client, indexed: Step) -> None:
    factories.make_municipality("Assen")
    factories.make_question("Wie helpt bij schulden?")
    indexed()
    waits = re.compile(r'hx-trigger="([^"]*)"')
    assert "load" in waits.findall(client.get("/vragen/stel/").content.decode())[0]
    page = stopped(client)
    assert 'name="antwoord"' in page and waits.findall(page) == ["input changed delay:350ms"]


def test_who_comes_back_from_an_answer_is_not_stopped_again_for_the_same_words(client: Client, indexed: Step) -> None:
    factories.make_municipality("Assen")
    question = factories.make_question("Wie helpt bij schulden?")
    others()
    indexed()
    seen = re.search(r'name="confirmed" value="(\w+)"', stopped(client))
    assert seen
    page = client.post(
        MINE, {"text": WORRY, "confirmed": seen.group(1), "antwoord": question.uid}, follow=True
    ).content.decode()
    kept = dict(re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', page[page.rindex("<form") :]))
    form = client.post(ASK, {**kept, "terug": "1"}).content.decode()
    assert "<title>Stel een vraag" in form
    passed = re.findall(r'name="confirmed" value="(\w+)"', form)
    assert passed == [seen.group(1)]
    assert "nog niet verstuurd" in stopped(client, text=f"{WORRY} En nu?", confirmed=passed[0]), "other words do stop"
    stopped(client, confirmed=passed[0])
    assert Question.objects.filter(text=WORRY).exists()
