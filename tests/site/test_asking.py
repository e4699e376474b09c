"""Asking and following without an account: what comes of good and of bad input."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import factories
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status, codes
from werkplaats.core import clock
from werkplaats.core.models import Attempt

pytestmark = pytest.mark.django_db
TEXT = "Hoe vinden nieuwe bewoners hun weg naar het buurthuis?"


@pytest.fixture(autouse=True)
def places() -> dict[str, Any]:
    place = factories.make_municipality("Midden-Drenthe")
    factories.make_municipality("Bergen (L.)", aliases=["Bergen"])
    factories.make_municipality("Bergen (NH.)", aliases=["Bergen"])
    return {"place": place, "werkplaats": factories.make_werkplaats("Noord", areas=[place])}


def form(**changes: Any) -> dict[str, Any]:
    data = {"text": TEXT, "asker_role": "inwoner", "municipality": "midden drenthe"}
    return {**data, "submission": codes.new_submission(), **changes}


def send(client: Client, **changes: Any) -> str:
    return str(client.post("/vragen/stel/", form(**changes), follow=True).content.decode())


def code_on(page: str) -> str:
    found = re.search(r'id="volgcode">(.*?)</p>', page, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>|\s", "", found.group(1))


def test_what_was_sent_is_kept_and_the_code_opens_it(client: Client, places: dict[str, Any]) -> None:
    page = send(client)
    question = Question.objects.get()
    assert (question.text, question.werkplaats, question.status) == (TEXT, places["werkplaats"], Status.WAITING)
    followed = client.post("/vragen/volg/", {"code": code_on(page)}).content.decode()
    assert TEXT in followed
    assert "wacht op een coördinator" in followed


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Schrijf hier uw vraag."),
        ({"text": "Hulp?"}, "Dit is wel erg kort."),
        ({"text": "a" * 2001}, "Uw vraag is te lang: 2001 tekens. Er passen er 2000 in."),
        ({"municipality": ""}, "Vul de gemeente in waar u woont of werkt."),
        ({"municipality": "Atlantis"}, "Gemeente “Atlantis” kennen we niet."),
        ({"municipality": "Midden Drente"}, "Bedoelt u: Midden-Drenthe?"),
        ({"municipality": "Bergen"}, "kan meer gemeenten zijn: Bergen (L.), Bergen (NH.)."),
        ({"asker_role": ""}, "Kies wat het beste bij u past."),
        ({"themes": "bestaat-niet"}, "Dit thema bestaat niet (meer). Kies opnieuw."),
        ({"text": "nul\x00teken in de tekst"}, "Null-tekens zijn niet toegestaan."),
    ],
)
def test_bad_input_says_what_to_do_and_loses_nothing(client: Client, changes: dict[str, Any], sentence: str) -> None:
    page = send(client, **changes)
    assert sentence in page
    assert Question.objects.count() == 0
    if "text" not in changes:
        assert TEXT in page


def test_markup_in_any_field_stays_text(client: Client) -> None:
    script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    page = send(client, text=f"Wat doet {script} hier?", municipality=script)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    send(client, text=f"Wat doet {script} hier?")
    question = Question.objects.get()
    Question.objects.update(status=Status.IN_TREATMENT)
    question.refresh_from_db()
    question.save()
    for address in ("/vragen/", f"/vragen/{question.uid}/", "/", "/zoeken/?q=hier", f"/zoeken/?q={script}"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_persons_and_numbers_are_pointed_out_once_before_sending(client: Client) -> None:
    data = form(text="Mijn buurvrouw Fatima (06-12345678) komt de deur niet uit. Wat helpt?")
    page = client.post("/vragen/stel/", data).content.decode()
    assert Question.objects.count() == 0
    assert "<li>Fatima</li>" in page
    assert "<li>06-12345678</li>" in page
    seen = re.search(r'name="confirmed" value="(\w+)"', page)
    assert seen
    changed = {**data, "text": data["text"] + " Of mail f@example.nl", "confirmed": seen.group(1)}
    assert "f@example.nl</li>" in client.post("/vragen/stel/", changed).content.decode()
    assert Question.objects.count() == 0
    client.post("/vragen/stel/", {**data, "confirmed": seen.group(1)})
    assert Question.objects.get().text == data["text"]


def test_a_cry_for_help_first_gets_whom_to_call(client: Client) -> None:
    page = send(client, text="Ik wil niet meer leven en weet niet waar ik heen moet.")
    assert Question.objects.count() == 0
    assert 'href="tel:112"' in page
    assert 'href="tel:08000113"' in page
    assert page.index('href="tel:08000113"') < page.index("<textarea")


def test_pressing_twice_is_one_question_with_the_same_code(client: Client) -> None:
    data = form()
    first = client.post("/vragen/stel/", data, follow=True).content.decode()
    again = client.post("/vragen/stel/", data, follow=True).content.decode()
    assert code_on(client.get("/vragen/verstuurd/").content.decode()) == code_on(first)
    assert Question.objects.count() == 1
    assert code_on(again) == code_on(first)
    assert "Hetzelfde formulier kwam nog een keer binnen." in again


def test_the_code_is_not_shown_again_later(client: Client) -> None:
    data = form()
    first = client.post("/vragen/stel/", data, follow=True).content.decode()
    with clock.at(clock.now() + timedelta(hours=1)):
        later = client.post("/vragen/stel/", data, follow=True).content.decode()
    assert code_on(first) not in later
    assert "kunnen we hem niet opnieuw geven" in later


def test_other_words_in_a_form_that_was_sent_become_a_question_of_their_own(client: Client) -> None:
    data = form()
    client.post("/vragen/stel/", data)
    page = client.post("/vragen/stel/", {**data, "text": TEXT + " En jongeren?"}).content.decode()
    assert Question.objects.count() == 1
    assert "Uw eerste vraag hebben we al." in page
    fresh = re.search(r'name="submission" value="([\w-]+)"', page)
    assert fresh
    client.post("/vragen/stel/", {**data, "text": TEXT + " En jongeren?", "submission": fresh.group(1)})
    assert Question.objects.count() == 2


def test_a_form_whose_key_no_longer_fits_gives_the_words_back() -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.get("/vragen/stel/")
    page = strict.post("/vragen/stel/", form()).content.decode()
    assert TEXT in page
    assert "te lang open" in page
    assert Question.objects.count() == 0


def test_wrong_codes_all_get_the_same_answer_and_are_limited(client: Client) -> None:
    page = send(client)
    right = code_on(page)
    nearly = right[:-1] + ("0" if right[-1] != "0" else "1")
    answers = set()
    for wrong in (nearly, "ABCD", "x" * 60, "'; DROP TABLE", "é" * 12):
        answer = client.post("/vragen/volg/", {"code": wrong}).content.decode()
        assert "Deze code kennen we niet." in answer
        answers.add(re.sub(r'value="[^"]*"', "", answer))
    assert len(answers) == 1
    for _more in range(4):
        client.post("/vragen/volg/", {"code": nearly})
    assert client.post("/vragen/volg/", {"code": nearly}).status_code == 200
    # The limit is spent: also the right code now has to wait, so that nobody learns from guessing on.
    blocked = client.post("/vragen/volg/", {"code": right})
    assert blocked.status_code == 429
    assert 0 < int(blocked.headers["Retry-After"]) <= 900
    assert client.post("/vragen/volg/", {"code": right}, REMOTE_ADDR="10.0.0.7").status_code == 200
    assert "127.0.0.1" not in str(list(Attempt.objects.values()))


def test_the_code_never_stands_in_an_address_and_the_page_is_not_kept(client: Client) -> None:
    code = code_on(send(client))
    response = client.post("/vragen/volg/", {"code": code})
    assert "no-store" in response.headers["Cache-Control"]
    page = response.content.decode()
    assert not re.search(rf'(?:href|action)="[^"]*{code}', page)
    sent = client.post("/vragen/stel/", form())
    assert sent.headers["Location"] == "/vragen/verstuurd/"
    assert Client().get("/vragen/verstuurd/").content.decode().count("Hier staat niets meer") == 1


def test_withdrawing_asks_first_and_then_wipes(client: Client) -> None:
    code = code_on(send(client))
    asked = client.post("/vragen/volg/", {"code": code, "stap": "intrekken"}).content.decode()
    assert "Dit kan niet ongedaan worden gemaakt" in asked
    assert Question.objects.get().text == TEXT
    done = client.post("/vragen/volg/", {"code": code, "stap": "ingetrokken"}).content.decode()
    assert "Uw woorden zijn gewist." in done
    assert Question.objects.get().text == ""


def test_what_waits_or_was_refused_has_no_page_and_what_was_withdrawn_leaves_a_stone(client: Client) -> None:
    region = factories.make_werkplaats("Utrecht")
    waiting = factories.make_question(public=False)
    refused = factories.make_question(status=Status.REFUSED)
    public = factories.make_question("Wat werkt in de wijk?", werkplaats=region)
    assert client.get(f"/vragen/{waiting.uid}/").status_code == 404
    assert client.get(f"/vragen/{refused.uid}/").status_code == 404
    assert "Wat werkt in de wijk?" in client.get(f"/vragen/{public.uid}/").content.decode()
    public.status, public.text = Status.WITHDRAWN, ""
    public.save()
    gone = client.get(f"/vragen/{public.uid}/")
    assert gone.status_code == 410
    assert "Hij kwam uit de regio Utrecht." in gone.content.decode()


def test_the_reason_of_a_refusal_is_for_the_asker_only(client: Client) -> None:
    question = factories.make_question(status=Status.REFUSED, code="ABCD-EFGH-JKMN")
    question.changes.create(status=Status.REFUSED, at=clock.now(), message="Dit hoort bij de huisarts.", actor="x")
    assert "Dit hoort bij de huisarts." in client.post("/vragen/volg/", {"code": "abcdefghjkmn"}).content.decode()


def test_the_database_refuses_a_word_longer_than_the_form_allows_politely(client: Client) -> None:
    page = send(client, municipality="Midden-Drenthe" * 10)
    assert Question.objects.count() == 0
    assert "Dat is te lang voor de naam van een gemeente." in page


def test_characters_that_hide_or_turn_text_do_not_come_in(client: Client) -> None:
    send(client, text="\u202eHoe vinden\u200b nieuwe bewoners de weg?\u2066")
    assert Question.objects.get().text == "Hoe vinden nieuwe bewoners de weg?"
    assert "Dit is wel erg kort." in send(client, text="\u200b" * 50 + "ab")


def test_in_english_a_question_is_taken_for_english(client: Client) -> None:
    client.post("/en/vragen/stel/", form(text="Who helps people find work here?"))
    assert Question.objects.get().lang == "en"


def test_a_region_without_a_coordinator_is_told_who_reads_it(client: Client, places: dict[str, Any]) -> None:
    assert "het landelijk netwerk leest uw vraag" in send(client)
    factories.make_account("noord@example.org", "coordinator", places["werkplaats"])
    assert "De coördinator van werkplaats Noord leest uw vraag." in send(client)
