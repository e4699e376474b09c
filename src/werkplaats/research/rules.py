"""States of research, what a yield can be, and who may do what."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.actors import Viewer
from werkplaats.core.models import Visibility
from werkplaats.people.rules import RoleKind, has_role, scopes_of


class State(models.TextChoices):
    """Where a project, a learning group or a pilot stands."""

    PROPOSED = "voorstel", _("voorstel")
    RUNNING = "loopt", _("loopt")
    DONE = "afgerond", _("afgerond")
    STOPPED = "gestopt", _("gestopt")
    UNKNOWN = "onbekend", _("stand onbekend")


OVER = frozenset({State.DONE, State.STOPPED})
# From where to where; what once ran is never a plan again.
_NEXT: dict[str, frozenset[str]] = {
    State.PROPOSED: frozenset({State.RUNNING, State.DONE, State.STOPPED}),
    State.RUNNING: frozenset({State.DONE, State.STOPPED}),
    State.DONE: frozenset({State.RUNNING}),
    State.STOPPED: frozenset({State.RUNNING}),
    # Of what a source only names.
    State.UNKNOWN: frozenset({State.PROPOSED, State.RUNNING, State.DONE, State.STOPPED}),
}


def follows(before: str, after: str) -> bool:
    """Whether what stands in ``before`` can come to stand in ``after``."""
    return before == after or after in _NEXT[before]


class Strand(models.TextChoices):
    """The three sides from which the network is looked at."""

    FORM = "vorm", _("vorm: hoe we samenwerken")
    CONTENT = "inhoud", _("inhoud: waar het over gaat")
    RELATIONS = "relaties", _("relaties: wie elkaar vinden")


class YieldKind(models.TextChoices):
    """What came out."""

    PRODUCT = "product", _("product")
    BOOK = "publicatie", _("boek, rapport of artikel")
    TRAINING = "training", _("training of cursus")
    METHOD = "werkwijze", _("werkwijze of aanpak")
    INSTRUMENT = "instrument", _("instrument")
    DESCRIPTION = "methodiek", _("methodiekbeschrijving")
    MODULE = "module", _("onderwijsmodule")
    FINDING = "bevinding", _("bevinding")
    COOPERATION = "samenwerking", _("samenwerking")
    MEETING = "bijeenkomst", _("bijeenkomst")
    OTHER = "anders", _("iets anders")


class Design(models.TextChoices):
    """How a pilot looks at what it does."""

    UNKNOWN = "onbekend", _("onbekend")
    BEFORE_AFTER = "voor-na", _("voor- en nameting")
    COMPARED = "vergelijking", _("met een vergelijkingsgroep")
    RANDOMISED = "gerandomiseerd", _("gerandomiseerd (door het lot verdeeld)")
    QUALITATIVE = "kwalitatief", _("kwalitatief: gesprekken en kijken")


class ThemeTask(models.TextChoices):
    """What a werkplaats does for a national theme."""

    DEVELOP = "ontwikkelen", _("een aanpak ontwikkelen")
    MONITOR = "monitoren", _("volgen hoe het gaat")
    RESEARCH = "onderzoeken", _("onderzoeken of het werkt")


def works_for(account: Any) -> list[str]:
    """The uids of the werkplaatsen whose research this account keeps: coordinators and lectors decide on content."""
    return sorted({*scopes_of(account, RoleKind.COORDINATOR), *scopes_of(account, RoleKind.LECTOR)})


def can_change(account: Any, record: Any) -> bool:
    """Who works for its werkplaats; of what belongs to none the national desk."""
    if record.werkplaats is None:
        return has_role(account, RoleKind.NATIONAL_EDITOR)
    return record.werkplaats.uid in works_for(account)


def can_read_over(account: Any, record: Any) -> bool:
    """A second person reads a result before it is on the site: of its werkplaats or the national desk, not its writer.

    The national desk does so for a werkplaats in which only one person works.
    """
    if account.uid == record.written_by:
        return False
    return can_change(account, record) or has_role(account, RoleKind.NATIONAL_EDITOR)


def can_read_notes(viewer: Viewer, meeting: Any) -> bool:
    """What was noted at a meeting is for the inside: of its werkplaats, or of the whole network when it says so."""
    if meeting.circle.werkplaats.uid in viewer.werkplaatsen:
        return True
    return viewer.network and meeting.notes_for == Visibility.NETWORK


def seen_by_all_of(above: Any, record: Any) -> bool:
    """Whether whoever may read a record may read what it came from: of another its themes would tell of it."""
    if above.visibility == Visibility.PUBLIC:
        return True
    if above.visibility == Visibility.NETWORK:
        return bool(record.visibility != Visibility.PUBLIC)
    # Of a werkplaats alone: then the same one.
    return bool(record.visibility == Visibility.WERKPLAATS and above.werkplaats_id == record.werkplaats_id)
