"""Dit is mijn antwoord: counted once for each browser, taken back, and nothing kept of who or what was typed."""

from __future__ import annotations

import html
import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.site.finding import WORRY, hide, take_away
from tests.site.test_pages import body, titles
from werkplaats.agenda.models import FoundAnswer, Question
from werkplaats.core import clock
from werkplaats.core.models import LogEntry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_still")]
MINE = "/vragen/mijn-antwoord/"
GONE = "Dit staat niet meer op de site."


def mark(client: Client, uid: str, **more: str) -> Any:
    return client.post(MINE, {"antwoord": uid, **more})


def undo(client: Client, uid: str) -> str:
    return str(client.post(MINE, {"ongedaan": uid}).content.decode())


def helped(client: Client, question: Question) -> list[str]:
    """What the page of the question says of it."""
    return re.findall(r"(\d+ bezoekers? vond(?:en)? hier een antwoord)", body(client, f"/vragen/{question.uid}/"))


def test_an_answer_counts_once_for_each_browser_until_it_is_taken_back(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    assert helped(client, question) == []
    for _twice in range(2):
        page = mark(client, question.uid).content.decode()
        assert "Fijn dat u iets vond" in page
        assert titles(page) == ["Wie helpt bij schulden?"]
        assert helped(client, question) == ["1 bezoeker vond hier een antwoord"]
    other = Client()
    mark(other, question.uid)
    assert helped(client, question) == ["2 bezoekers vonden hier een antwoord"]
    assert "Ongedaan gemaakt" in undo(client, question.uid)
    assert helped(client, question) == ["1 bezoeker vond hier een antwoord"]
    assert titles(body(client, MINE)) == []
    assert titles(body(other, MINE)) == ["Wie helpt bij schulden?"], "each browser has its own"
    assert "U wees hier nog niets aan" in body(Client(), MINE)


def test_nobody_takes_back_what_another_marked(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    mark(client, question.uid)
    page = undo(Client(), question.uid)
    assert helped(client, question) == ["1 bezoeker vond hier een antwoord"]
    assert "Het telt niet meer mee." not in page, "nothing was undone, so that must not be said"


@pytest.mark.parametrize(
    "uid", ["", "bestaat-niet", "vraag-01ARZ3NDEKTSV4RRFFQ69G5FAV", "x" * 5000, "\0", "weg", "netwerk", "wacht"]
)
def test_what_is_not_there_is_told_politely_and_counts_nothing(client: Client, uid: str) -> None:
    kept = {what: factories.make_question(f"Wie {what} bij schulden?") for what in ("weg", "netwerk")}
    kept["wacht"] = factories.make_question("Wie wacht bij schulden?", public=False)
    take_away(kept["weg"])
    hide(kept["netwerk"])
    response = mark(client, kept[uid].uid if uid in kept else uid, text=WORRY)
    page = response.content.decode()
    assert response.status_code == 200
    assert titles(page) == []
    assert (GONE in page) is (uid != "")
    assert "Fijn dat u iets vond" not in page
    assert f'name="text" value="{WORRY}"' in page, "the way back to the question is not lost"
    assert undo(client, uid)
    assert FoundAnswer.objects.count() == 0


def test_what_was_withdrawn_since_is_no_longer_among_the_answers(client: Client) -> None:
    stays, goes = (factories.make_question(f"Wie {what} bij schulden?") for what in ("blijft", "gaat"))
    mark(client, stays.uid)
    mark(client, goes.uid)
    take_away(goes)
    assert titles(body(client, MINE)) == ["Wie blijft bij schulden?"]


def test_marking_is_limited_and_loses_no_words(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    for _time in range(60):
        assert mark(client, question.uid).status_code == 200
    blocked = mark(client, question.uid, text=WORRY)
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["Retry-After"]) <= 3600
    assert WORRY in blocked.content.decode()
    assert client.post(MINE, {"ongedaan": question.uid}).status_code == 429
    assert titles(body(client, MINE)) == ["Wie helpt bij schulden?"], "looking is free"
    elsewhere = Client(REMOTE_ADDR="10.0.0.7")
    assert mark(elsewhere, question.uid).status_code == 200
    with clock.at(clock.now() + timedelta(hours=1)):
        assert mark(client, question.uid).status_code == 200
    assert helped(client, question) == ["2 bezoekers vonden hier een antwoord"]


@pytest.mark.parametrize("https", [False, True])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, settings: Any, https: bool) -> None:
    settings.HTTPS = https
    cookie = mark(client, factories.make_question().uid).cookies["antwoorden"]
    assert (cookie["httponly"], cookie["samesite"], bool(cookie["secure"])) == (True, "Lax", https)
    assert (cookie["max-age"], cookie["path"], cookie["domain"]) == (30 * 24 * 3600, "/", "")
    assert not Client().get(MINE).cookies, "looking sets none"


def test_a_found_answer_keeps_no_text_and_no_trace_of_who(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    response = mark(client, question.uid, text=WORRY, municipality="Assen", asker_role="client", submission="x" * 32)
    assert "no-store" in response.headers["Cache-Control"]
    cookie = response.cookies["antwoorden"].value
    kept = json.dumps([*FoundAnswer.objects.values(), *LogEntry.objects.values()], default=str)
    assert {field.name for field in FoundAnswer._meta.fields} == {"id", "entry", "browser", "day"}
    for word in ("kamerplant", "Assen", "client", "127.0.0.1", cookie, "x" * 32):
        assert word not in kept
    assert LogEntry.objects.get(verb="agenda.answer.found").detail == {}


def test_a_cookie_of_someone_elses_making_is_not_taken(client: Client) -> None:
    question = factories.make_question("Wie helpt bij schulden?")
    for made_up in ("", "x", "' OR 1=1 --" + "x" * 21, "x" * 33):
        client.cookies["antwoorden"] = made_up
        response = mark(client, question.uid)
        assert re.fullmatch(r"[\w-]{32}", response.cookies["antwoorden"].value)
        assert response.cookies["antwoorden"].value != made_up


def test_after_thirty_days_it_stays_and_nobody_can_tell_whose_it_was(client: Client) -> None:
    first, second = (factories.make_question(f"Wie {what} bij schulden?") for what in ("helpt", "leest"))
    mark(client, first.uid)
    mark(client, second.uid)
    with clock.at(clock.now() + timedelta(days=30)):
        assert "Ongedaan gemaakt" in undo(client, second.uid)
        assert helped(client, second) == []
    with clock.at(clock.now() + timedelta(days=31)):
        assert titles(body(client, MINE)) == []
        page = undo(client, first.uid)
        assert helped(client, first) == ["1 bezoeker vond hier een antwoord"]
        assert FoundAnswer.objects.get(entry=first.uid).browser != ""
        mark(Client(), second.uid)
        assert FoundAnswer.objects.get(entry=first.uid).browser == ""
        assert FoundAnswer.objects.get(entry=second.uid).browser != ""
        assert helped(client, first) == ["1 bezoeker vond hier een antwoord"]
        assert "Het telt niet meer mee." not in page, "it still counts"


def test_the_way_back_brings_all_that_was_filled_in(client: Client) -> None:
    factories.make_municipality("Assen")
    for name in ("Wonen", "Werk", "Zorg"):
        factories.make_theme(name)
    question = factories.make_question("Wie helpt bij schulden?")
    data = {"text": f'{WORRY} "<b>', "asker_role": "client", "municipality": "Assen", "submission": "s" * 32}
    page = client.post(MINE, {**data, "themes": ["wonen", "zorg"], "antwoord": question.uid}).content.decode()
    back = page[page.rindex("<form") :]
    kept = [
        (name, html.unescape(value)) for name, value in re.findall(r'type="hidden" name="(\w+)" value="(.*?)"', back)
    ]
    assert kept[-6:] == [*list(data.items())[:3], ("themes", "wonen"), ("themes", "zorg"), ("submission", "s" * 32)]
    posted: dict[str, Any] = {**dict(kept), "themes": ["wonen", "zorg"], "terug": "1"}
    form = client.post("/vragen/stel/", posted).content.decode()
    assert html.escape(data["text"]) in form
    assert 'value="Assen"' in form
    assert re.findall(r'name="asker_role" value="(\w+)" checked', form) == ["client"]
    assert re.findall(r'name="themes" value="(\w+)" checked', form) == ["wonen", "zorg"]
    assert f'name="submission" value="{"s" * 32}"' in form
    assert "Kijk dit nog even na" not in form, "coming back is no mistake"
    assert Question.objects.count() == 1
