"""The life of a question: taken in, published, masked, refused, withdrawn, shared."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from tests import factories
from werkplaats.agenda import actions
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import AskerRole, Status, codes
from werkplaats.catalogue.models import Entry, Link
from werkplaats.core import clock
from werkplaats.core.actors import VISITOR
from werkplaats.core.models import LogEntry
from werkplaats.core.versions import Conflict
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db
TEXT = "Mijn buurvrouw Fatima is eenzaam. Wat helpt?"
DUE = date(2030, 1, 1)


@pytest.fixture
def noord() -> dict[str, Any]:
    place = factories.make_municipality("Midden-Drenthe")
    werkplaats = factories.make_werkplaats("Noord", areas=[place])
    coordinator = factories.make_account("noord@example.org", RoleKind.COORDINATOR, werkplaats)
    return {"place": place, "werkplaats": werkplaats, "coordinator": coordinator}


def receive(place: Any, submission: str = "", text: str = TEXT) -> actions.Received:
    return actions.receive_question(
        text=text,
        asker_role=AskerRole.RESIDENT,
        municipality=place,
        themes=[],
        submission=submission or codes.new_submission(),
        by=VISITOR,
    )


def publish(question: Question, by: Any, **changes: Any) -> Question:
    wanted = {"version": question.version, "masks": [], "themes": [], "message": "Dank u wel.", "due": DUE, **changes}
    return actions.publish_question(question=question, by=by, **wanted)


def test_a_question_goes_to_the_werkplaats_of_the_region_and_is_not_public(noord: dict[str, Any]) -> None:
    question = receive(noord["place"]).question
    assert (question.werkplaats, question.status) == (noord["werkplaats"], Status.WAITING)
    assert list(Question.objects.public()) == []
    assert list(Entry.objects.filter(kind="vraag")) == []


def test_only_a_hash_of_the_code_is_kept(noord: dict[str, Any]) -> None:
    received = receive(noord["place"])
    stored = str(Question.objects.filter(pk=received.question.pk).values().get())
    assert received.code not in stored
    assert codes.plain_code(received.code) not in stored
    assert Question.objects.get(code_hash=codes.code_hash(received.code.lower().replace("-", " "))) == received.question


def test_the_same_form_twice_is_one_question(noord: dict[str, Any]) -> None:
    submission = codes.new_submission()
    first = receive(noord["place"], submission)
    with pytest.raises(actions.AlreadyReceived) as again:
        receive(noord["place"], submission)
    assert again.value.question == first.question
    assert Question.objects.count() == 1
    assert codes.code_for(submission) == first.code


def test_a_published_question_is_found_in_its_masked_copy_only(noord: dict[str, Any]) -> None:
    question = receive(noord["place"]).question
    start = TEXT.index("Fatima")
    publish(question, noord["coordinator"], masks=[{"start": start, "end": start + 6, "kind": "naam"}])
    entry = Entry.objects.get(kind="vraag")
    assert entry.title == "Mijn buurvrouw [naam weggelaten] is eenzaam. Wat helpt?"
    assert "fatima" not in f"{entry.body}{entry.haystack}{entry.summary}".lower()
    question.refresh_from_db()
    assert question.text == TEXT
    assert (question.owner, question.due) == (noord["coordinator"], DUE)
    assert [(change.status, change.message) for change in question.changes.all()] == [
        (Status.WAITING, ""),
        (Status.IN_TREATMENT, "Dank u wel."),
    ]


def test_of_two_who_decide_at_once_the_second_hears_so(noord: dict[str, Any]) -> None:
    question = receive(noord["place"]).question
    publish(question, noord["coordinator"])
    with pytest.raises(Conflict):
        actions.refuse_question(question=question, version=question.version, reason="Nee", by=noord["coordinator"])
    assert Question.objects.get().status == Status.IN_TREATMENT


def test_a_decision_is_taken_once(noord: dict[str, Any]) -> None:
    question = publish(receive(noord["place"]).question, noord["coordinator"])
    with pytest.raises(ValidationError, match="wacht niet meer"):
        publish(question, noord["coordinator"])


def test_what_is_not_public_is_neither_masked_nor_promised_anything(noord: dict[str, Any]) -> None:
    question = receive(noord["place"]).question
    common = {"question": question, "version": question.version, "by": noord["coordinator"]}
    with pytest.raises(ValidationError, match="niet openbaar"):
        actions.mask_question(**common, masks=[{"start": 0, "end": 4, "kind": "naam"}])
    with pytest.raises(ValidationError, match="niet openbaar"):
        actions.inform_asker(**common, message="Tot ziens.", due=DUE)
    fresh = Question.objects.get()
    assert (fresh.masks, fresh.due, fresh.changes.count()) == ([], None, 1)


def test_a_refusal_needs_a_reason(noord: dict[str, Any]) -> None:
    question = receive(noord["place"]).question
    with pytest.raises(ValidationError, match="Schrijf waarom"):
        actions.refuse_question(question=question, version=1, reason="  ", by=noord["coordinator"])
    assert Question.objects.get().status == Status.WAITING


def test_withdrawing_wipes_the_words_everywhere_and_leaves_date_and_region(noord: dict[str, Any]) -> None:
    question = publish(receive(noord["place"]).question, noord["coordinator"], message="Over Fatima.")
    organisation = factories.make_organisation()
    partner = factories.make_account("partner@example.org", RoleKind.PARTNER_EDITOR, organisation)
    actions.support_question(
        question=question, organisation=organisation, mandate="ambtelijk", reason="Ook hier", by=partner
    )
    actions.withdraw_question(question=question, by=VISITOR)
    entry = Entry.objects.get(uid=question.uid)
    everything = str(Question.objects.values().get()) + str(Entry.objects.filter(uid=question.uid).values().get())
    everything += str(list(question.changes.values())) + str(list(LogEntry.objects.values()))
    assert "Fatima" not in everything
    assert "eenzaam" not in everything
    assert entry.removed_at is not None
    assert entry.facets == {"werkplaats": [noord["werkplaats"].uid]}
    assert entry.removal_reason == "ingetrokken door de vrager"
    assert not Link.objects.filter(source=question.uid).exists()
    assert not question.supports.current().exists()


def test_withdrawing_twice_changes_nothing(noord: dict[str, Any]) -> None:
    question = receive(noord["place"]).question
    actions.withdraw_question(question=question, by=VISITOR)
    before = list(question.changes.values())
    actions.withdraw_question(question=question, by=VISITOR)
    assert list(question.changes.values()) == before


def test_support_is_one_row_an_organisation_and_is_ended_not_deleted(noord: dict[str, Any]) -> None:
    question = publish(receive(noord["place"]).question, noord["coordinator"])
    organisation = factories.make_organisation()
    partner = factories.make_account("partner@example.org", RoleKind.PARTNER_EDITOR, organisation)
    for mandate in ("ambtelijk", "bestuurlijk"):
        given = {"question": question, "organisation": organisation, "mandate": mandate, "reason": "", "by": partner}
        support = actions.support_question(**given)
    assert [(one.organisation, one.mandate) for one in question.supports.current()] == [(organisation, "bestuurlijk")]
    assert Entry.objects.get(uid=question.uid).facets["hierook"] == [organisation.uid]
    with clock.at(clock.now() + timedelta(days=3)):
        actions.end_support(support=support, by=partner)
        assert list(question.supports.current()) == []
    assert question.supports.count() == 1
    assert "hierook" not in Entry.objects.get(uid=question.uid).facets


def test_every_act_stands_in_the_logbook(noord: dict[str, Any]) -> None:
    question = publish(receive(noord["place"]).question, noord["coordinator"])
    actions.mask_question(question=question, version=question.version, masks=[], by=noord["coordinator"])
    actions.withdraw_question(question=question, by=VISITOR)
    acts = LogEntry.objects.filter(target=question.uid).order_by("pk").values_list("verb", "actor")
    by = noord["coordinator"].uid
    assert list(acts) == [
        ("agenda.question.received", "bezoeker"),
        ("agenda.question.published", by),
        ("agenda.question.masked", by),
        ("agenda.question.withdrawn", "bezoeker"),
    ]


def test_a_failed_action_leaves_nothing(noord: dict[str, Any]) -> None:
    question = receive(noord["place"]).question
    with pytest.raises(TypeError):
        publish(question, noord["coordinator"], themes=None)
    fresh = Question.objects.get()
    assert (fresh.status, fresh.version, fresh.changes.count()) == (Status.WAITING, 1, 1)
    assert not Entry.objects.filter(kind="vraag").exists()
