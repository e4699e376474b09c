"""States of a question, and who may do what with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.people.rules import RoleKind, has_role


class Status(models.TextChoices):
    """Where a question stands."""

    WAITING = "wacht", _("wacht op beoordeling")
    REFUSED = "geweigerd", _("geweigerd")
    IN_TREATMENT = "in-behandeling", _("in behandeling")
    BACK = "terug", _("terug naar vrager")
    JOINED = "samengevoegd", _("samengevoegd")
    ON_AGENDA = "geagendeerd", _("geagendeerd")
    RESEARCHED = "in-onderzoek", _("in onderzoek")
    ANSWERED = "beantwoord", _("beantwoord")
    NOT_TAKEN = "niet-opgepakt", _("niet opgepakt")
    REFERRED = "doorverwezen", _("doorverwezen")
    WITHDRAWN = "ingetrokken", _("ingetrokken")


# Only moderated questions are public or suggested.
PUBLIC = frozenset({
    Status.IN_TREATMENT, Status.JOINED, Status.ON_AGENDA, Status.RESEARCHED,
    Status.ANSWERED, Status.NOT_TAKEN, Status.REFERRED,
})  # fmt: skip
# How long "dit is mijn antwoord" and "dit is ook mijn vraag" can be taken back.
UNDO_DAYS = 30
# With these a coordinator says what became of a question, in words that its asker reads.
OUTCOMES = (Status.ANSWERED, Status.RESEARCHED, Status.REFERRED, Status.NOT_TAKEN)
CLOSED = frozenset({Status.REFUSED, Status.ANSWERED, Status.NOT_TAKEN, Status.REFERRED, Status.WITHDRAWN})


class AskerRole(models.TextChoices):
    """As whom someone asks."""

    RESIDENT = "inwoner", _("als inwoner, mantelzorger of vrijwilliger")
    CLIENT = "client", _("als cliënt of ervaringsdeskundige")
    PROFESSIONAL = "professional", _("als beroepskracht in zorg of welzijn")
    MUNICIPALITY = "gemeente", _("namens een gemeente")
    ORGANISATION = "organisatie", _("namens een organisatie")
    EDUCATION = "onderwijs", _("als docent, student of onderzoeker")
    UNKNOWN = "onbekend", _("onbekend")


class Mandate(models.TextChoices):
    """On whose behalf an organisation says "hier ook"."""

    OFFICIAL = "ambtelijk", _("namens de medewerkers die hiermee werken (ambtelijk)")
    BOARD = "bestuurlijk", _("namens het bestuur of de directie (bestuurlijk)")


class FoundAs(models.TextChoices):
    """What someone who wanted to ask found: an answer, the same question without one, or where to go."""

    ANSWER = "antwoord", _("antwoord gevonden")
    SAME = "zelfde-vraag", _("dezelfde vraag")
    PLACE = "plek", _("plek gevonden")


class AnswerEnd(models.TextChoices):
    """Why an answer is no longer the one that counts."""

    CORRECTED = "verbeterd", _("verbeterd")
    FOLLOWED = "opgevolgd", _("gevolgd door een nieuw bericht")
    UNDONE = "teruggenomen", _("teruggenomen")
    WITHDRAWN = "ingetrokken", _("vraag ingetrokken")


# What tells what was found, made or tried.
_ANSWERS = ("opbrengst", "pilot", "publicatie", "aanpak")


def found_as(kind: str, statuses: Iterable[str]) -> FoundAs:
    """What an entry of this kind is to who wanted to ask; a question by its status."""
    if kind in _ANSWERS:
        return FoundAs.ANSWER
    if kind != "vraag":
        return FoundAs.PLACE
    return FoundAs.ANSWER if Status.ANSWERED in statuses else FoundAs.SAME


def can_moderate(account: Any, question: Any) -> bool:
    """The coordinator of the werkplaats the question went to.

    The landelijk redacteur when it went to none, or to one that has no coordinator today: no question waits unread.
    """
    if question.has_coordinator():
        return has_role(account, RoleKind.COORDINATOR, question.werkplaats.uid)
    return has_role(account, RoleKind.NATIONAL_EDITOR)


def can_withdraw(question: Any) -> bool:
    """Its asker may once, also when it was refused: the words are the asker's."""
    return question.status != Status.WITHDRAWN


def can_support(account: Any, organisation: Any) -> bool:
    """An organisation says "hier ook" by its own editor."""
    return has_role(account, RoleKind.PARTNER_EDITOR, organisation.uid)
