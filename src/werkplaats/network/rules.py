"""States of the network and what they mean."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from werkplaats.core.dates import Moment, Precision


class Status(models.TextChoices):
    """Where a werkplaats stands."""

    CANDIDATE = "kandidaat", _("in opbouw")
    GUEST = "meeloopjaar", _("meeloopjaar")
    MEMBER = "lid", _("lid van het netwerk")
    ENDED = "beeindigd", _("beëindigd")


# Only these receive questions; a candidate has nobody who has to answer yet.
RECEIVING = frozenset({Status.GUEST, Status.MEMBER})


class OrganisationKind(models.TextChoices):
    """Kinds of organisations in the network."""

    HOGESCHOOL = "hogeschool", _("hogeschool")
    UNIVERSITY = "universiteit", _("universiteit")
    MBO = "mbo", _("mbo")
    MUNICIPALITY = "gemeente", _("gemeente")
    CARE = "zorg of welzijn", _("zorg of welzijn")
    COUNCIL = "adviesraad sociaal domein", _("adviesraad sociaal domein")
    CLIENTS = "cliëntenorganisatie", _("cliëntenorganisatie")
    PROFESSION = "beroepsorganisatie", _("beroepsorganisatie")
    BRANCH = "brancheorganisatie", _("brancheorganisatie")
    PROVINCIAL = "provinciale steunfunctie", _("provinciale steunfunctie")
    INSTITUTE = "kennisinstituut", _("kennisinstituut")
    STATE = "rijk", _("rijk")
    OTHER = "overig", _("overig")


class LeadRole(models.TextChoices):
    """What a leading organisation does."""

    HOLDER = "penvoerder", _("penvoerder")
    LEAD = "trekker", _("trekker")
    CO_LEAD = "medetrekker", _("medetrekker")


# A municipality from so many people on is a larger one. Nobody wrote a number down: this is our reading.
LARGER_MUNICIPALITY = 50_000
# Since then a werkplaats is led by a lectorate and a larger municipality.
BOTH_LEAD_SINCE = date(2016, 1, 1)


def missing_leads(leads: Iterable[Any], day: date) -> list[Any]:
    """What the leads that hold on a day lack, in words: said at the desk, never refused."""
    if day < BOTH_LEAD_SINCE:
        return []
    leads = list(leads)
    towns = [one.organisation for one in leads if one.organisation.kind == OrganisationKind.MUNICIPALITY]
    found = []
    if not any(one.lectorate for one in leads):
        found.append(_("Er is geen lectoraat dat trekt."))
    if not towns:
        found.append(_("Er is geen gemeente als medetrekker."))
    elif not any(_is_larger(town.municipality) for town in towns):
        found.append(_("Er is geen grotere gemeente als medetrekker; wij houden 50.000 inwoners aan."))
    return found


def _is_larger(municipality: Any) -> bool:
    """What is not known is not held against it."""
    return municipality is None or municipality.population is None or municipality.population >= LARGER_MUNICIPALITY


class Stage(models.TextChoices):
    """How far an organisation is in joining."""

    APPROACHED = "benaderd", _("benaderd")
    TALKING = "in gesprek", _("in gesprek")
    PROMISED = "toegezegd", _("toegezegd")
    SIGNED = "getekend", _("getekend")
    ACTIVE = "actief", _("actief")
    NOT_NOW = "niet nu", _("niet nu")
    ENDED = "beëindigd", _("beëindigd")


# Seen by the public: an organisation that was only approached has promised nothing.
PUBLIC_STAGES = frozenset({Stage.SIGNED, Stage.ACTIVE})
COMING_IN = frozenset({Stage.APPROACHED, Stage.TALKING, Stage.PROMISED})
# Whoever reads later that it did not go on wants to know why.
REASON_NEEDED = frozenset({Stage.NOT_NOW, Stage.ENDED})
# How long before its end an agreement is talked about, and after how long any partnership is looked at again.
MONTHS_BEFORE_END, MONTHS_BETWEEN_LOOKS = 3, 12


def months_from(day: date, months: int) -> date:
    """The same day so many months on; the last day of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ends_partnership(day: date, precision: str) -> date:
    """The first day without the partner, of one that ended on a day, or somewhere in a month or year."""
    return day if precision == Precision.DAY else Moment(day, Precision(precision)).after()


def day_of_ending(end: date, precision: str) -> date:
    """The other way: on which day, or from which first of the month or year, that stage began."""
    if precision == Precision.DAY:
        return end
    last = end - timedelta(days=1)
    return last.replace(day=1) if precision == Precision.MONTH else last.replace(month=1, day=1)


class PartnerRole(models.TextChoices):
    """How close a partner stands."""

    CORE = "kernpartner", _("kernpartner")
    PARTNER = "partner", _("partner")
    INTERESTED = "belangstellend", _("belangstellend")
