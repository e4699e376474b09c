"""Moderating at the desk: only one's own, and nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import factories
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import Status
from werkplaats.core import clock
from werkplaats.people.models import Account
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db
DUE = str(clock.today() + timedelta(days=30))


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
        "lector": sign_in(factories.make_account("lector@example.org", RoleKind.LECTOR, noord)),
        "landelijk": sign_in(factories.make_account("landelijk@example.org", RoleKind.NATIONAL_EDITOR)),
        "partner": sign_in(
            factories.make_account("partner@example.org", RoleKind.PARTNER_EDITOR, factories.make_organisation())
        ),
        "question": factories.make_question("Over Fatima: wat helpt?", werkplaats=noord, public=False),
        "orphan": factories.make_question("Uit Zeeland: wat helpt?", public=False),
    }


def decide(client: Client, question: Question, decision: str, **fields: str) -> Any:
    data = {"besluit": decision, "version": str(question.version)}
    named = {f"{decision}-{name}": value for name, value in fields.items()}
    return client.post(f"/beheer/vragen/{question.uid}/", {**data, **named})


def test_the_coordinator_of_the_region_publishes_and_no_other(network: dict[str, Any]) -> None:
    question = network["question"]
    for other in ("utrecht", "lector", "landelijk", "partner"):
        assert decide(network[other], question, "publiceren", due=DUE).status_code in {302, 404}
        assert "Fatima" not in network[other].get("/beheer/vragen/").content.decode()
        assert "Fatima" not in network[other].get("/beheer/").content.decode()
        assert "Fatima" not in network[other].get("/mijn/").content.decode()
        assert Question.objects.get(pk=question.pk).status == Status.WAITING
    decide(network["noord"], question, "publiceren", due=DUE, message="Dank u wel.", others="Fatima")
    fresh = Question.objects.get(pk=question.pk)
    assert fresh.status == Status.IN_TREATMENT
    assert fresh.public_text == "Over [woorden weggelaten]: wat helpt?"


def test_what_goes_to_no_werkplaats_is_for_the_national_desk(network: dict[str, Any]) -> None:
    assert "Uit Zeeland" in network["landelijk"].get("/beheer/vragen/").content.decode()
    assert "Uit Zeeland" not in network["noord"].get("/beheer/vragen/").content.decode()
    decide(network["noord"], network["orphan"], "weigeren", reason="Nee")
    assert Question.objects.get(pk=network["orphan"].pk).status == Status.WAITING


def test_a_visitor_does_not_enter_the_desk(client: Client) -> None:
    assert client.get("/beheer/vragen/").headers["Location"] == "/inloggen/?next=/beheer/vragen/"


@pytest.mark.parametrize(
    ("decision", "fields", "sentence"),
    [
        ("publiceren", {"due": "", "message": "Getypt bericht"}, "Kies de dag waarop de vrager uiterlijk iets hoort."),
        ("publiceren", {"due": "2099-01-01", "message": "Getypt bericht"}, "Deze datum is over meer dan een jaar."),
        ("publiceren", {"due": "2001-01-01", "message": "Getypt bericht"}, "Deze datum is al geweest."),
        ("publiceren", {"due": DUE, "others": "Getypt bericht"}, "staat niet zo in de vraag"),
        ("weigeren", {"reason": ""}, "Schrijf waarom; de vrager leest dit."),
    ],
)
def test_bad_input_says_so_and_keeps_what_was_typed(
    network: dict[str, Any], decision: str, fields: dict[str, str], sentence: str
) -> None:
    page = decide(network["noord"], network["question"], decision, **fields).content.decode()
    assert sentence in page
    assert "Getypt bericht" in page or "reason" in fields
    assert Question.objects.get(pk=network["question"].pk).status == Status.WAITING


def test_the_second_of_two_coordinators_sees_the_conflict_and_keeps_the_words(network: dict[str, Any]) -> None:
    question = network["question"]
    decide(network["noord"], question, "publiceren", due=DUE)
    page = decide(network["noord"], question, "weigeren", reason="Hoort bij de huisarts.").content.decode()
    assert "Iemand anders heeft deze vraag intussen gewijzigd." in page
    assert "Hoort bij de huisarts." in page
    assert Question.objects.get(pk=question.pk).status == Status.IN_TREATMENT


def test_a_mask_can_be_laid_after_publishing(network: dict[str, Any]) -> None:
    question = network["question"]
    decide(network["noord"], question, "publiceren", due=DUE)
    question.refresh_from_db()
    decide(network["noord"], question, "maskeren", others="Fatima")
    assert "Fatima" not in Client().get(f"/vragen/{question.uid}/").content.decode()


def test_a_session_that_ended_shows_what_was_typed(network: dict[str, Any], client: Client) -> None:
    page = decide(client, network["question"], "weigeren", reason="Een lang en goed doordacht antwoord.")
    assert "Een lang en goed doordacht antwoord." in page.content.decode()


def test_signing_in_happens_at_one_place(client: Client) -> None:
    assert client.get("/beheer/").headers["Location"].startswith("/inloggen/?next=/beheer/")
    assert client.get("/beheer/login/").headers["Location"] == "/inloggen/"
    assert client.get("/beheer/password_reset/").headers["Location"] == "/wachtwoord/vergeten/"
    assert client.get("/beheer/password_reset/confirm/x/y/").headers["Location"] == "/wachtwoord/vergeten/"


def test_the_list_costs_no_more_for_more_questions(
    network: dict[str, Any], django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    network["noord"].get("/beheer/vragen/")
    with django_assert_max_num_queries(30) as first:
        network["noord"].get("/beheer/vragen/")
    for n in range(4):
        factories.make_question(f"Vraag {n} over zorg", werkplaats=network["question"].werkplaats, public=bool(n % 2))
    with django_assert_num_queries(len(first)):
        page = network["noord"].get("/beheer/vragen/").content.decode()
    assert len(re.findall(r"Vraag \d over zorg", page)) == 4


def test_without_a_coordinator_a_question_is_for_the_national_desk(network: dict[str, Any]) -> None:
    twente = factories.make_werkplaats("Twente")
    question = factories.make_question("Uit Almelo: wat helpt?", werkplaats=twente, public=False)
    assert "Uit Almelo" in network["landelijk"].get("/beheer/vragen/").content.decode()
    coordinator = factories.make_account("twente@example.org", RoleKind.COORDINATOR, twente)
    assert "Uit Almelo" not in network["landelijk"].get("/beheer/vragen/").content.decode()
    role = coordinator.roles.get()
    role.valid_to = clock.today()
    role.save()
    decide(network["landelijk"], question, "publiceren", due=DUE)
    assert Question.objects.get(pk=question.pk).status == Status.IN_TREATMENT


def test_what_reads_like_a_cry_for_help_stands_first_and_says_so(network: dict[str, Any]) -> None:
    region = network["question"].werkplaats
    factories.make_question("Ik wil niet meer leven.", werkplaats=region, public=False)
    for address in ("/beheer/vragen/", "/beheer/", "/mijn/"):
        page = network["noord"].get(address).content.decode()
        assert page.index("Leest als een noodkreet") < page.index("Ik wil niet meer leven") < page.index("Over Fatima")


def test_a_preview_shows_the_public_text_and_decides_nothing(network: dict[str, Any]) -> None:
    fields = {"due": DUE, "others": "Fatima", "message": "Mijn bericht"}
    data = {f"publiceren-{name}": value for name, value in fields.items()}
    address = f"/beheer/vragen/{network['question'].uid}/"
    page = network["noord"].post(address, {**data, "besluit": "publiceren", "version": "1", "voorbeeld": "1"})
    assert "Over [woorden weggelaten]: wat helpt?" in page.content.decode()
    assert "Mijn bericht" in page.content.decode()
    assert Question.objects.get(pk=network["question"].pk).status == Status.WAITING


def test_a_question_can_be_taken_off_the_site_and_the_asker_reads_why(network: dict[str, Any]) -> None:
    question = network["question"]
    decide(network["noord"], question, "publiceren", due=DUE)
    question.refresh_from_db()
    decide(network["noord"], question, "weigeren", reason="Toch te herkenbaar.")
    gone = Client().get(f"/vragen/{question.uid}/")
    assert gone.status_code == 410
    assert "De werkplaats haalde deze vraag" in gone.content.decode()
    assert "Fatima" not in gone.content.decode()
    assert question.changes.last().message == "Toch te herkenbaar."


def test_the_asker_gets_a_word_and_a_new_day(network: dict[str, Any]) -> None:
    question = network["question"]
    decide(network["noord"], question, "publiceren", due=str(clock.today()))
    question.refresh_from_db()
    decide(network["noord"], question, "berichten", message="We praten er in mei over.", due=DUE)
    question.refresh_from_db()
    assert (str(question.due), question.changes.last().message) == (DUE, "We praten er in mei over.")
    assert question.status == Status.IN_TREATMENT


def test_municipality_and_role_can_stay_hidden(network: dict[str, Any]) -> None:
    question = network["question"]
    question.municipality = factories.make_municipality("Pekela")
    question.save()
    decide(network["noord"], question, "publiceren", due=DUE, region_only="on")
    for address in (f"/vragen/{question.uid}/", "/vragen/", "/gemeenten/pekela/"):
        page = Client().get(address).content.decode()
        assert ("Pekela" in page) is address.startswith("/gemeenten/")
        assert "als beroepskracht" not in page
    assert "Over Fatima" not in Client().get("/gemeenten/pekela/").content.decode()


@pytest.mark.parametrize("place", ["pages/", "pages/search/", "users/", "images/", "documents/", "reports/", "groups/"])
def test_parts_of_the_library_without_use_are_shut(place: str) -> None:
    beheerder = sign_in(factories.make_account("beheer@example.org", RoleKind.ADMINISTRATOR))
    assert beheerder.get(f"/beheer/{place}").status_code == 404
    assert beheerder.get("/beheer/account/").headers["Location"] == "/mijn/gegevens/"


def test_who_has_no_desk_is_told_so_instead_of_sent_round() -> None:
    participant = sign_in(factories.make_account("deelnemer@example.org", RoleKind.PARTICIPANT))
    response = participant.get("/beheer/vragen/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) <= 2
