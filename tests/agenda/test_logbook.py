"""What the logbook keeps of acts on questions: what changed, and never a word of anyone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import factories
from werkplaats.agenda import actions
from werkplaats.agenda.models import Question
from werkplaats.agenda.rules import AskerRole, codes
from werkplaats.core.actors import VISITOR
from werkplaats.core.models import LogEntry
from werkplaats.people.models import Account
from werkplaats.people.rules import RoleKind

pytestmark = pytest.mark.django_db
TEXT = "Mijn buurvrouw Fatima is eenzaam. Wat helpt?"
DUE, LATER = date(2030, 1, 1), date(2030, 2, 1)
NAME = [{"start": 14, "end": 20, "kind": "naam"}]
OTHER = [{"start": 4, "end": 13, "kind": "woorden"}]


@pytest.fixture
def coordinator(db: None) -> Account:
    werkplaats = factories.make_werkplaats("Noord", areas=[factories.make_municipality("Assen")])
    return factories.make_account("noord@example.org", RoleKind.COORDINATOR, werkplaats)


@pytest.fixture
def question(coordinator: Account) -> Question:
    """One that waits."""
    from werkplaats.places.models import Municipality

    return actions.receive_question(
        text=TEXT,
        asker_role=AskerRole.CLIENT,
        municipality=Municipality.objects.get(),
        themes=[factories.make_theme("Geldzorgen")],
        submission=codes.new_submission(),
        by=VISITOR,
    ).question


@pytest.fixture
def public(question: Question, coordinator: Account) -> Question:
    return actions.publish_question(
        question=question, version=1, masks=NAME, themes=[], message="Dag Fatima.", due=DUE, by=coordinator
    )


def last() -> dict[str, Any]:
    """The details of the newest row."""
    detail: dict[str, Any] = LogEntry.objects.latest("number").detail
    return detail


def test_a_question_that_came_in(question: Question) -> None:
    assert question.werkplaats
    assert last() == {"before": {}, "after": {"status": "wacht", "werkplaats": question.werkplaats.uid}}


def test_made_public(public: Question, coordinator: Account) -> None:
    assert last() == {
        "before": {"status": "wacht", "owner": None, "due": None, "masks": 0},
        "after": {"status": "in-behandeling", "owner": coordinator.uid, "due": "2030-01-01", "masks": 1},
        "fields": ["themes", "message"],
    }


def test_masked_otherwise(public: Question, coordinator: Account) -> None:
    fresh = actions.mask_question(question=public, version=2, masks=OTHER, region_only=True, by=coordinator)
    assert last() == {"before": {"region_only": False}, "after": {"region_only": True}, "fields": ["masks"]}
    actions.mask_question(question=fresh, version=3, masks=[*OTHER, *NAME], region_only=True, by=coordinator)
    assert last() == {"before": {"masks": 1}, "after": {"masks": 2}, "fields": ["masks"]}


def test_told_something(public: Question, coordinator: Account) -> None:
    actions.inform_asker(question=public, version=2, message="Beste Fatima", due=LATER, by=coordinator)
    assert last() == {"before": {"due": "2030-01-01"}, "after": {"due": "2030-02-01"}, "fields": ["message"]}


def test_refused(question: Question, coordinator: Account) -> None:
    actions.refuse_question(question=question, version=1, reason="Fatima herkent dit.", by=coordinator)
    assert last() == {
        "before": {"status": "wacht", "owner": None},
        "after": {"status": "geweigerd", "owner": coordinator.uid},
        "fields": ["message"],
    }


def test_withdrawn(public: Question) -> None:
    actions.withdraw_question(question=public, by=VISITOR)
    assert last() == {
        "before": {"status": "in-behandeling", "due": "2030-01-01", "masks": 1},
        "after": {"status": "ingetrokken", "due": None, "masks": 0},
        "fields": ["text", "asker_role", "municipality", "themes", "messages"],
    }


def test_here_too(public: Question) -> None:
    organisation = factories.make_organisation()
    partner = factories.make_account("partner@example.org", RoleKind.PARTNER_EDITOR, organisation)
    given = {"question": public, "organisation": organisation, "by": partner}
    support = actions.support_question(**given, mandate="ambtelijk", reason="Ook onze Fatima")
    assert last() == {
        "question": public.uid,
        "before": {},
        "after": {"organisation": organisation.uid, "mandate": "ambtelijk"},
        "fields": ["reason"],
    }
    actions.support_question(**given, mandate="bestuurlijk", reason="Ook onze Fatima")
    assert last() == {
        "question": public.uid,
        "before": {"mandate": "ambtelijk"},
        "after": {"mandate": "bestuurlijk"},
    }
    actions.end_support(support=support, by=partner)
    assert last() == {"before": {"valid_to": None}, "after": {"valid_to": support.valid_to.isoformat()}}


def test_nothing_tells_the_words_or_who_asked(public: Question, coordinator: Account) -> None:
    actions.inform_asker(question=public, version=2, message="Beste Fatima", due=LATER, by=coordinator)
    public.refresh_from_db()
    actions.refuse_question(question=public, version=3, reason="Fatima herkent dit.", by=coordinator)
    actions.withdraw_question(question=public, by=VISITOR)
    kept = str(list(LogEntry.objects.values())).lower()
    told = ("fatima", "eenzaam", "assen", "gm0", "client", "geldzorgen", "noord@", "thema-", "gemeente-")
    assert [word for word in told if word in kept] == []
