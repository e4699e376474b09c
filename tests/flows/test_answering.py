"""A question is answered: said, tied to what answers it, said better, taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from tests import factories
from werkplaats.agenda.actions import mask_question, refuse_question, take_back_answer, withdraw_question
from werkplaats.agenda.models import Answer, Question
from werkplaats.agenda.rules import AnswerEnd, Status
from werkplaats.catalogue.models import Entry, Link
from werkplaats.catalogue.refresh import rebuild
from werkplaats.catalogue.trail import trail_of
from werkplaats.core import clock
from werkplaats.core.actors import VISITOR
from werkplaats.core.models import LogEntry, Visibility
from werkplaats.core.versions import Conflict
from werkplaats.flows.answering import answer_question
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db
CODE = "ABCD-EFGH-JKMN"


@pytest.fixture
def noord() -> dict[str, Any]:
    werkplaats = factories.make_werkplaats("Noord")
    return {
        "question": factories.make_question(
            "Wie helpt mijn buurvrouw Fatima?", werkplaats=werkplaats, code=CODE, due=clock.today() + timedelta(9)
        ),
        "news": factories.make_page("Buren helpen buren", werkplaats),
        "other": factories.make_question("Wat helpt tegen schulden?", werkplaats=werkplaats),
        "by": factories.make_account("noord@example.org", RoleKind.COORDINATOR, werkplaats),
    }


def say(noord: dict[str, Any], status: str = Status.ANSWERED, **more: Any) -> Answer:
    question = Question.objects.get(pk=noord["question"].pk)
    given = {"version": question.version, "text": "Een vaste groep buren.", **more}
    return answer_question(question=question, status=status, by=noord["by"], **given)


def ties(uid: str) -> set[tuple[str, str]]:
    return set(Link.objects.filter(tie="beantwoordt", target=uid).values_list("source", "tie"))


def status(noord: dict[str, Any]) -> str:
    return str(Question.objects.get(pk=noord["question"].pk).status)


def test_what_answers_it_is_tied_to_it_and_stands_on_its_trail(noord: dict[str, Any]) -> None:
    uid, news = noord["question"].uid, noord["news"].uid
    say(noord, entries=[news])
    assert status(noord) == Status.ANSWERED
    assert ties(uid) == {(news, "beantwoordt")}
    trail = trail_of(uid)
    assert trail is not None
    assert [step.uid for step in trail.steps] == [uid, news]
    assert trail.gaps == []
    assert not rebuild()
    line = LogEntry.objects.filter(verb="agenda.question.answered").get()
    assert line.detail["entries"] == [news]
    assert "buren" not in str(line.detail)


def test_the_asker_reads_it_with_the_code_and_everyone_on_the_page(noord: dict[str, Any], client: Client) -> None:
    say(noord, entries=[noord["news"].uid])
    followed = client.post("/vragen/volg/", {"code": CODE}).content.decode()
    public = client.get(f"/vragen/{noord['question'].uid}/").content.decode()
    for page in (followed, public):
        assert "Een vaste groep buren." in page
        assert "Buren helpen buren" in page
    assert "Uw vraag is beantwoord." in followed
    assert "U hoort uiterlijk" not in followed
    assert client.get(f"/api/v1/vragen/{noord['question'].uid}").json()["antwoord"] == {
        "uitkomst": {"waarde": "beantwoord", "naam": "beantwoord"},
        "tekst": "Een vaste groep buren.",
        "doorverwezen_naar": None,
        "op": str(clock.today()),
        "vermeldingen": [
            {
                "uid": noord["news"].uid, "naam": "Buren helpen buren",
                "url": f"http://testserver{noord['news'].get_absolute_url()}",
            }
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("outcome", "more", "label"),
    [
        (Status.NOT_TAKEN, {}, "Niet opgepakt"),
        (Status.REFERRED, {"referred_to": "de gemeente Assen"}, "Doorverwezen naar de gemeente Assen"),
        (Status.RESEARCHED, {"due": clock.today() + timedelta(90)}, "In onderzoek"),
    ],
)
def test_other_outcomes_are_told_with_why(
    noord: dict[str, Any], client: Client, outcome: str, more: dict[str, Any], label: str
) -> None:
    say(noord, outcome, text="Omdat het zo is.", **more)
    fresh = Question.objects.get(pk=noord["question"].pk)
    assert (fresh.status, fresh.due) == (outcome, more.get("due"))
    for page in (client.post("/vragen/volg/", {"code": CODE}), client.get(f"/vragen/{fresh.uid}/")):
        assert label in page.content.decode()
        assert "Omdat het zo is." in page.content.decode()
    assert ties(fresh.uid) == set()


def test_a_better_answer_keeps_the_earlier_one_and_moves_the_ties(noord: dict[str, Any], client: Client) -> None:
    first = say(noord, entries=[noord["news"].uid])
    say(noord, text="Toch een maatje.", entries=[noord["other"].uid])
    first.refresh_from_db()
    assert (first.text, first.ended_as) == ("Een vaste groep buren.", AnswerEnd.CORRECTED)
    assert ties(noord["question"].uid) == {(noord["other"].uid, "beantwoordt")}
    page = client.get(f"/vragen/{noord['question'].uid}/").content.decode()
    assert "Toch een maatje." in page
    assert "Een vaste groep buren." not in page
    assert not rebuild()


def test_taking_back_leads_to_what_was_said_before_and_then_to_how_it_stood(noord: dict[str, Any]) -> None:
    uid, due = noord["question"].uid, noord["question"].due
    say(noord, entries=[noord["news"].uid])
    say(noord, Status.NOT_TAKEN, text="Toch niet.")
    assert ties(uid) == set()

    def back() -> Question:
        question = Question.objects.get(pk=noord["question"].pk)
        return take_back_answer(question=question, version=question.version, by=noord["by"])

    assert back().status == Status.ANSWERED
    assert ties(uid) == {(noord["news"].uid, "beantwoordt")}
    again = back()
    assert (again.status, again.due) == (Status.IN_TREATMENT, due)
    assert ties(uid) == set()
    assert list(again.answers.current()) == []
    with pytest.raises(ValidationError):
        back()
    assert not rebuild()


def test_of_two_who_answer_at_once_the_second_hears_so(noord: dict[str, Any]) -> None:
    version = noord["question"].version
    say(noord, version=version)
    with pytest.raises(Conflict):
        say(noord, version=version, text="Iets anders.")
    assert Answer.objects.get().text == "Een vaste groep buren."


@pytest.mark.parametrize("gone", ["netwerk", "weg", "zelf", "nooit"])
def test_only_what_everyone_may_see_is_an_answer(noord: dict[str, Any], gone: str) -> None:
    uid = noord["news"].uid
    if gone == "netwerk":
        Entry.objects.filter(uid=uid).update(visibility=Visibility.NETWORK)
    elif gone == "weg":
        noord["news"].unpublish()
    uid = {"zelf": noord["question"].uid, "nooit": f"nieuws-{7:026}"}.get(gone, uid)
    with pytest.raises(ValidationError):
        say(noord, entries=[uid])
    assert Answer.objects.count() == 0
    assert status(noord) == Status.IN_TREATMENT


def test_a_question_that_waits_has_no_answer_yet(noord: dict[str, Any]) -> None:
    Question.objects.filter(pk=noord["question"].pk).update(status=Status.WAITING)
    with pytest.raises(ValidationError):
        say(noord)
    assert status(noord) == Status.WAITING


def test_a_question_taken_off_the_site_is_answered_by_nothing_any_more(noord: dict[str, Any], client: Client) -> None:
    say(noord, entries=[noord["news"].uid])
    question = Question.objects.get(pk=noord["question"].pk)
    refuse_question(question=question, version=question.version, reason="Te herkenbaar.", by=noord["by"])
    assert ties(question.uid) == set()
    assert question.uid not in client.get(f"/keten/{noord['news'].uid}/").content.decode()
    assert "Een vaste groep" not in client.post("/vragen/volg/", {"code": CODE}).content.decode()
    assert not rebuild()


def test_withdrawing_wipes_the_answer_too(noord: dict[str, Any]) -> None:
    say(noord, entries=[noord["news"].uid])
    say(noord, text="Beter.", entries=[noord["news"].uid])
    withdraw_question(question=Question.objects.get(pk=noord["question"].pk), by=VISITOR)
    assert set(Answer.objects.values_list("text", "referred_to")) == {("", "")}
    assert list(Answer.objects.current()) == []
    assert ties(noord["question"].uid) == set()
    assert not rebuild()


def test_a_name_cannot_be_left_out_of_the_question_while_the_answer_has_it(noord: dict[str, Any]) -> None:
    say(noord, text="Fatima kan bellen.")
    question = Question.objects.get(pk=noord["question"].pk)
    start = question.text.index("Fatima")
    masks = [{"start": start, "end": start + 6, "kind": "naam"}]
    with pytest.raises(ValidationError):
        mask_question(question=question, version=question.version, masks=masks, by=noord["by"])
    say(noord, text="Zij kan bellen.")
    question.refresh_from_db()
    mask_question(question=question, version=question.version, masks=masks, by=noord["by"])
    assert "Fatima" not in Question.objects.get(pk=question.pk).public_text
