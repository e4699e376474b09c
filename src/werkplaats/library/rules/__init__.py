"""Kinds, states and licences of publications, and who may do what with one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.models import Visibility
from werkplaats.people.rules import RoleKind, has_role, scopes_of


class PublicationKind(models.TextChoices):
    """What sort of thing it is."""

    BOOK = "boek", _("boek")
    CHAPTER = "hoofdstuk", _("hoofdstuk in een boek")
    REPORT = "rapport", _("rapport")
    ARTICLE = "artikel", _("artikel")
    METHOD = "methodiek", _("methodiekbeschrijving")
    WORKBOOK = "werkboek", _("werkboek")
    INSTRUMENT = "instrument", _("instrument")
    MATERIAL = "lesmateriaal", _("lesmateriaal")
    FILM = "film", _("film")
    PODCAST = "podcast", _("podcast")
    LEAFLET = "folder", _("folder")
    POSTER = "poster", _("poster of infographic")
    THESIS = "scriptie", _("scriptie")
    NEWSLETTER = "nieuwsbrief", _("nieuwsbrief")
    SLIDES = "presentatie", _("presentatie")
    WEBSITE = "website", _("website of dossier")
    OTHER = "overig", _("andere publicatie")


class State(models.TextChoices):
    """Where a publication stands."""

    DRAFT = "concept", _("concept")
    READING = "tegenlezen", _("wordt tegengelezen")
    PUBLISHED = "gepubliceerd", _("gepubliceerd")
    WITHDRAWN = "ingetrokken", _("ingetrokken")


class ContributorRole(models.TextChoices):
    """What someone did for a publication."""

    AUTHOR = "auteur", _("auteur")
    EDITOR = "redacteur", _("redacteur")
    ILLUSTRATOR = "illustrator", _("illustrator")
    TRANSLATOR = "vertaler", _("vertaler")
    DIRECTOR = "regisseur", _("regisseur")
    INTERVIEWER = "interviewer", _("interviewer")
    CONTRIBUTOR = "medewerker", _("werkte mee")


class Licence(models.TextChoices):
    """What others may do with it."""

    CC0 = "cc0", "CC0"
    BY = "cc-by", "CC BY"
    BY_SA = "cc-by-sa", "CC BY-SA"
    BY_ND = "cc-by-nd", "CC BY-ND"
    BY_NC = "cc-by-nc", "CC BY-NC"
    BY_NC_SA = "cc-by-nc-sa", "CC BY-NC-SA"
    BY_NC_ND = "cc-by-nc-nd", "CC BY-NC-ND"
    RESERVED = "voorbehouden", _("alle rechten voorbehouden")
    UNKNOWN = "onbekend", _("onbekend")


LICENCE_IN_WORDS = {
    Licence.CC0: _("U mag dit vrij gebruiken, delen en veranderen, ook zonder de makers te noemen."),
    Licence.BY: _("U mag dit delen en veranderen, ook om geld mee te verdienen. Noem wel de makers."),
    Licence.BY_SA: _("U mag dit delen en veranderen. Noem de makers, en deel uw bewerking onder dezelfde voorwaarden."),
    Licence.BY_ND: _("U mag dit delen zoals het is. Noem de makers. Veranderen mag niet."),
    Licence.BY_NC: _("U mag dit delen en veranderen, maar niet om geld mee te verdienen. Noem de makers."),
    Licence.BY_NC_SA: _(
        "U mag dit delen en veranderen, maar niet om geld mee te verdienen. Noem de makers, en deel uw bewerking onder "
        "dezelfde voorwaarden."
    ),
    Licence.BY_NC_ND: _(
        "U mag dit delen zoals het is, maar niet om geld mee te verdienen. Noem de makers. Veranderen mag niet."
    ),
    Licence.RESERVED: _("U mag dit lezen en eruit citeren. Voor ander gebruik vraagt u de makers of de uitgever."),
    Licence.UNKNOWN: _("Wij weten niet wat u hiermee mag. Lezen en citeren mag; vraag voor ander gebruik de makers."),
}


class Accessible(models.TextChoices):
    """Whether people who read with their ears or by keyboard can use a file."""

    YES = "ja", _("ja, nagekeken")
    NO = "nee", _("nee")
    UNKNOWN = "onbekend", _("niet nagekeken")


# Languages of publications: code -> name in Dutch.
LANGUAGES = [
    ("nl", _("Nederlands")),
    ("en", _("Engels")),
    ("de", _("Duits")),
    ("fr", _("Frans")),
    ("fy", _("Fries")),
    ("es", _("Spaans")),
    ("tr", _("Turks")),
    ("ar", _("Arabisch")),
    ("pl", _("Pools")),
    ("uk", _("Oekraïens")),
    ("ti", _("Tigrinya")),
]

# Who write, put forward, publish and withdraw in the library of their werkplaats.
EDITING = (RoleKind.COORDINATOR, RoleKind.LECTOR)


# From few to all.
_WIDER = (Visibility.WERKPLAATS, Visibility.NETWORK, Visibility.PUBLIC)


def wider_than(visibility: str) -> list[Visibility]:
    """For whom a publication can be, that is more people than it is for now."""
    return list(_WIDER[_WIDER.index(Visibility(visibility)) + 1 :])


def sooner(before: date | None, after: date | None, today: date) -> bool:
    """Whether files that are held back until ``before`` would be given earlier: from ``after``, or at once."""
    return before is not None and before > today and (after is None or after < before)


def edits(account: Any, regions: Collection[str]) -> bool:
    """Whether the account keeps publications of these werkplaatsen (uids; none: of the network) today."""
    if not regions:
        return has_role(account, RoleKind.NATIONAL_EDITOR)
    return any(has_role(account, kind, uid) for kind in EDITING for uid in regions)


def edited_by(account: Any) -> set[str]:
    """The uids of the werkplaatsen whose publications the account keeps today."""
    return {uid for kind in EDITING for uid in scopes_of(account, kind)}


def can_change(
    account: Any, regions: Collection[str], organisations: Collection[str], *, waits: bool, published: bool
) -> bool:
    """Whether the account may change a publication. Nobody does while it is being read.

    Who keeps the library of its werkplaats; of a draft also the partnerredacteur of an organisation it is from.
    ``published``: it ever was.
    """
    if waits:
        return False
    if edits(account, regions):
        return True
    own = set(scopes_of(account, RoleKind.PARTNER_EDITOR))
    return not published and bool(own & set(organisations))


def can_publish(account: Any, regions: Collection[str], involved: Collection[str]) -> bool:
    """Whether the account may publish what was put forward, or send it back.

    Never who put it forward or changed it last (``involved``: their uids). The national desk may for every werkplaats.
    """
    if account.uid in involved:
        return False
    return edits(account, regions) or has_role(account, RoleKind.NATIONAL_EDITOR)


def can_withdraw(account: Any, regions: Collection[str]) -> bool:
    """Whether the account may withdraw it, or one of its files: who keeps it, and the national desk."""
    return edits(account, regions) or has_role(account, RoleKind.NATIONAL_EDITOR)
