"""Answering at the desk: search, choose, write; only one's own, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import factories
from werkplaats.agenda.models import Answer, Question
from werkplaats.agenda.rules import Status
from werkplaats.catalogue.models import Link
from werkplaats.core import clock
from werkplaats.people.models import Account
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db
WORDS = "Een vaste groep buren helpt het best."


def sign_in(account: Account) -> Client:
    client = Client()
    client.force_login(account, "sesame.backends.ModelBackend")
    return client


@pytest.fixture
def network() -> dict[str, Any]:
    noord, utrecht = factories.make_werkplaats("Noord"), factories.make_werkplaats("Utrecht")
    return {
        "noord": sign_in(factories.make_account("noord@example.org", RoleKind.COORDINATOR, noord)),
        "utrecht": sign_in(factories.make_account("utrecht@example.org", RoleKind.COORDINATOR, utrecht)),
        "landelijk": sign_in(factories.make_account("landelijk@example.org", RoleKind.NATIONAL_EDITOR)),
        "question": factories.make_question(
            "Wie helpt mijn buurvrouw Fatima?", werkplaats=noord, masks=[{"start": 25, "end": 31, "kind": "naam"}]
        ),
        "news": factories.make_page("Buren helpen buren", noord),
        "draft": factories.make_page("Nog niet klaar buren", noord, live=False),
    }


def send(client: Client, question: Question, **fields: Any) -> Any:
    version = Question.objects.get(pk=question.pk).version
    given = {"version": version, "status": "beantwoord", "text": WORDS, **fields}
    return client.post(f"/beheer/vragen/{question.uid}/antwoord/", given)


def page(response: Any) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_coordinator_of_the_region_answers_and_no_other(network: dict[str, Any]) -> None:
    for other in ("utrecht", "landelijk"):
        assert send(network[other], network["question"]).status_code in {302, 404}
        assert Answer.objects.count() == 0
    assert send(network["noord"], network["question"], entries=[network["news"].uid]).status_code == 302
    assert Question.objects.get(pk=network["question"].pk).status == Status.ANSWERED
    assert Link.objects.filter(source=network["news"].uid, tie="beantwoordt").count() == 1
    assert WORDS in page(network["noord"].get(f"/beheer/vragen/{network['question'].uid}/"))


def test_searching_keeps_what_was_typed_and_ticked_and_offers_only_what_is_public(network: dict[str, Any]) -> None:
    other = factories.make_question("Wie helpt bij geldzorgen?")
    given = {"zoek": "1", "gezocht": "buren", "entries": [other.uid], "status": "beantwoord"}
    said = page(send(network["noord"], network["question"], **given))
    assert WORDS in said
    assert f'name="entries" value="{other.uid}" checked' in said
    assert f'name="entries" value="{network["news"].uid}">' in said
    assert "Nog niet klaar" not in said
    assert "in de titel: buren" in said
    assert Answer.objects.count() == 0
    assert "Niets gevonden bij “qqqq”" in page(
        send(network["noord"], network["question"], zoek="1", gezocht="qqqq", entries=[])
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"status": ""}, "Kies wat er van de vraag is geworden."),
        ({"text": ""}, "Schrijf wat de vrager moet weten."),
        ({"text": "Vraag het Fatima."}, "mag ook hier niet staan: Fatima"),
        ({"status": "doorverwezen"}, "Schrijf naar wie u doorverwijst."),
        ({"status": "in-onderzoek"}, "Kies de dag waarop de vrager uiterlijk iets hoort."),
        ({"status": "in-onderzoek", "due": "2001-01-01"}, "Deze datum is al geweest."),
        ({"status": "niet-opgepakt", "entries": ["{news}"]}, "Alleen een antwoord wijst iets aan."),
        ({"entries": ["{draft}"]}, "staat niet (meer) op de site"),
        ({"entries": ["{question}"]}, "Een vraag is niet haar eigen antwoord."),
        ({"text": "Bel 06-12345678."}, "Dit lijkt naar een persoon te wijzen: 06-12345678."),
    ],
)
def test_bad_input_says_so_and_nothing_is_kept(network: dict[str, Any], fields: dict[str, Any], sentence: str) -> None:
    named = {name: record.uid for name, record in network.items() if hasattr(record, "uid")}
    given = {
        name: [one.format(**named) for one in value] if isinstance(value, list) else value
        for name, value in fields.items()
    }
    said = page(send(network["noord"], network["question"], **given))
    assert sentence in said
    assert given.get("text", WORDS) in said
    assert Answer.objects.count() == 0


def test_a_number_that_may_stand_there_stands_there_once_it_was_looked_at(network: dict[str, Any]) -> None:
    send(network["noord"], network["question"], text="Bel 06-12345678.", sure="on")
    assert Answer.objects.get().text == "Bel 06-12345678."


def test_the_second_of_two_sees_what_the_first_said_and_keeps_the_own_words(network: dict[str, Any]) -> None:
    version = network["question"].version
    send(network["noord"], network["question"], version=version)
    said = page(send(network["noord"], network["question"], version=version, text="Mijn eigen lange antwoord."))
    assert "Iemand anders heeft deze vraag intussen gewijzigd." in said
    assert "Mijn eigen lange antwoord." in said
    assert WORDS in said
    assert Answer.objects.count() == 1


def test_the_earlier_words_stay_readable_inside_and_can_be_brought_back(network: dict[str, Any]) -> None:
    send(network["noord"], network["question"])
    send(network["noord"], network["question"], text="Nog beter.")
    address = f"/beheer/vragen/{network['question'].uid}/"
    said = page(network["noord"].get(address))
    assert said.index("Nog beter.") < said.index("Wat er eerder stond") < said.index(WORDS)
    assert WORDS not in page(Client().get(f"/vragen/{network['question'].uid}/"))
    version = Question.objects.get(pk=network["question"].pk).version
    network["noord"].post(f"{address}antwoord/", {"terugnemen": "1", "version": version})
    assert WORDS in page(Client().get(f"/vragen/{network['question'].uid}/"))
    network["noord"].post(f"{address}antwoord/", {"terugnemen": "1", "version": version})
    assert WORDS in page(Client().get(f"/vragen/{network['question'].uid}/"))


def test_a_question_that_waits_is_first_made_public(network: dict[str, Any]) -> None:
    waiting = factories.make_question("Nog niet?", werkplaats=network["question"].werkplaats, public=False)
    address = f"/beheer/vragen/{waiting.uid}/"
    assert "antwoord/" not in page(network["noord"].get(address))
    assert network["noord"].get(f"{address}antwoord/").headers["Location"] == address
    assert send(network["noord"], waiting).status_code == 302
    assert Answer.objects.count() == 0


def test_research_promises_a_day(network: dict[str, Any]) -> None:
    day = clock.today() + timedelta(days=60)
    send(network["noord"], network["question"], status="in-onderzoek", due=str(day))
    fresh = Question.objects.get(pk=network["question"].pk)
    assert (fresh.status, fresh.due) == (Status.RESEARCHED, day)
    assert 'value="in-onderzoek"' in page(network["noord"].get(f"/beheer/vragen/{fresh.uid}/antwoord/"))


def test_more_to_choose_from_costs_no_more_questions(
    network: dict[str, Any], django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    address = f"/beheer/vragen/{network['question'].uid}/antwoord/"
    network["noord"].get(address)
    with django_assert_max_num_queries(40) as first:
        network["noord"].get(address)
    for number in range(3):
        factories.make_question(f"Wie helpt mijn buurvrouw {number}?")
    with django_assert_num_queries(len(first)):
        network["noord"].get(address)


def test_only_what_may_point_at_a_person_is_to_be_looked_at_again(network: dict[str, Any]) -> None:
    asked = 'name="sure"'
    assert asked not in send(network["noord"], network["question"], text="").content.decode()
    assert asked in send(network["noord"], network["question"], text="Bel 06-12345678.").content.decode()
