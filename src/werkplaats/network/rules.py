"""States of the network and what they mean."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from werkplaats.core import dates
from werkplaats.core.dates import Moment, Precision


class Status(models.TextChoices):
    """Where a werkplaats stands."""

    CANDIDATE = "kandidaat", _("in opbouw")
    GUEST = "meeloopjaar", _("meeloopjaar")
    MEMBER = "lid", _("lid van het netwerk")
    ENDED = "beeindigd", _("beëindigd")


# Only these receive questions; a candidate has nobody who has to answer yet.
RECEIVING = frozenset({Status.GUEST, Status.MEMBER})


def wrong_joining(before: str, status: str, start: date, joined: date | None, today: date) -> Any:
    """What is wrong with the day on which a werkplaats that is or was in the making came to count, or nothing.

    ``before``: its status until now. Without that day what it was in the past would change with its status.
    """
    if joined is None:
        asked = before == Status.CANDIDATE and status in RECEIVING
        return _("Deze werkplaats was in opbouw. Vul in vanaf welke dag zij lid is of meeloopt.") if asked else None
    if status == Status.CANDIDATE:
        return _("Een werkplaats in opbouw is nog geen lid. Laat deze dag leeg of kies een andere status.")
    if joined > today:
        return _("Deze dag ligt in de toekomst. Verander de status op de dag zelf, of daarna.")
    if joined < start:
        return _("Deze dag ligt vóór het begin van de werkplaats. Verbeter een van beide.")
    return None


# Of other days nothing is asked: the first werkplaatsen began in 2009, and what is dated beyond the last is a slip.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


class Standing(StrEnum):
    """What a werkplaats was on a day, as far as is known."""

    COUNTS = "telt mee"
    FORMING = "in opbouw"
    # It counts, if it was there: of its beginning or end only "about 2014" is known.
    PERHAPS = "misschien"
    NOTHING = ""


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


_seatless = _(
    "Bij medetrekker %(name)s is niet ingevuld welke gemeente het is. Daarom telt zij niet mee in de dekking; vul de "
    "gemeente in bij de organisatie."
)


def missing_leads(leads: Iterable[Any], day: date) -> list[Any]:
    """What the leads that hold on a day lack, in words: said at the desk, never refused."""
    if day < BOTH_LEAD_SINCE:
        return []
    leads = list(leads)
    towns = [one.organisation for one in leads if one.organisation.kind == OrganisationKind.MUNICIPALITY]
    found = []
    for one in leads:
        if one.role == LeadRole.CO_LEAD and one.organisation in towns and one.organisation.municipality is None:
            words = {"name": one.organisation.name}
            found.append(_seatless % words)
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


@dataclass(frozen=True)
class Spell:
    """A time, half-open, in which an organisation led, or had signed or was active: what anybody may know."""

    start: date
    precision: str
    end: date | None = None
    end_precision: str = Precision.DAY

    @property
    def period(self) -> str:
        """The period in words."""
        return dates.show_period(self.start, self.precision, self.end, self.end_precision)


def spells(steps: Iterable[Any], day: date) -> list[Spell]:
    """When a partner had signed or was active, by its steps up to a day; not since when it was talked with."""
    found, begun = [], None
    for step in steps:
        if step.on > day:
            break
        if step.stage in PUBLIC_STAGES:
            begun = begun or step
        elif begun:
            end = ends_partnership(step.on, step.precision)
            if end > begun.on:
                found.append(Spell(begun.on, begun.precision, end, step.precision))
            begun = None
    return [*found, Spell(begun.on, begun.precision)] if begun else found


class BodyForm(models.TextChoices):
    """What the national body is."""

    CONSULTATION = "overleg", _("overleg")
    ASSOCIATION = "associatie", _("associatie")


# How long a merge of two organisations can be taken back.
UNDO_DAYS = 30


# How long a mailed request to look at one's details works, and how soon nobody is asked again.
CHECK_DAYS = 30
# What was not confirmed for so long is asked about again.
CONFIRMED_DAYS = 365


class PartnerRole(models.TextChoices):
    """How close a partner stands."""

    CORE = "kernpartner", _("kernpartner")
    PARTNER = "partner", _("partner")
    INTERESTED = "belangstellend", _("belangstellend")


class Layer(models.TextChoices):
    """Three ways in which a municipality can be covered; each has blank spots of its own."""

    AREA = "werkgebied", _("in een werkgebied")
    PARTNER = "partner", _("heeft een partner")
    CO_LEAD = "medetrekker", _("gemeente is medetrekker")


class GoalStatus(models.TextChoices):
    """What came of a goal of a phase."""

    ANNOUNCED = "aangekondigd", _("aangekondigd")
    REACHED = "bereikt", _("bereikt")
    NOT_REACHED = "niet bereikt", _("niet bereikt")
    UNKNOWN = "onbekend", _("onbekend of het bereikt is")


# Of each grant so much percent is for projects of national interest; in the rules of the programme since 2020.
NATIONAL_SHARE = Decimal(10)
NATIONAL_SHARE_SINCE = date(2020, 1, 1)


def euro(amount: Decimal | None) -> str:
    """An amount in words: what is not known is no zero."""
    if amount is None:
        return _t("bedrag onbekend")
    places = 0 if amount == amount.to_integral_value() else 2
    return f"€ {number_format(amount, places, force_grouping=True)}"


@dataclass(frozen=True)
class Sum:
    """Amounts added: what is known of them, and of how many nothing is known."""

    known: Decimal
    unknown: int
    count: int

    @property
    def words(self) -> str:
        """ "minstens", as long as one of them is unknown."""
        if not self.count:
            return _t("geen subsidie bekend")
        if self.unknown == self.count:
            return _t("bedrag onbekend")
        if not self.unknown:
            return euro(self.known)
        words = {"sum": euro(self.known), "n": self.unknown}
        text = ngettext(
            "minstens %(sum)s; van %(n)d subsidie is het bedrag onbekend",
            "minstens %(sum)s; van %(n)d subsidies is het bedrag onbekend",
            self.unknown,
        )
        return text % words


def added(amounts: Iterable[Decimal | None]) -> Sum:
    """The sum of what is known."""
    every = list(amounts)
    known = [amount for amount in every if amount is not None]
    return Sum(sum(known, Decimal(0)), len(every) - len(known), len(every))


@dataclass(frozen=True)
class Meter:
    """What of a grant is for national projects, beside what was planned and spent on them."""

    share: Decimal
    due: Decimal | None
    planned: Decimal | None
    spent: Decimal | None

    @property
    def words(self) -> list[str]:
        """How it stands, in sentences."""
        share = {"share": number_format(self.share.normalize(), use_l10n=True)}
        if self.due is None:
            first = _t("%(share)s %% is voor landelijke projecten. Hoeveel dat is, weten we niet.") % share
        else:
            first = _t("%(share)s %% is voor landelijke projecten: %(due)s.") % {**share, "due": euro(self.due)}
        said = [first, _t("Gepland: %s.") % euro(self.planned), _t("Besteed: %s.") % euro(self.spent)]
        if self.due is not None and self.planned is not None:
            left = self.due - self.planned
            said.append(_t("Nog te plannen: %s.") % euro(left) if left > 0 else _t("Genoeg gepland."))
        return said


def meter(grant: Any) -> Meter | None:
    """The ten percent meter of a grant; nothing where no share was agreed."""
    if grant.share is None:
        return None
    due = None if grant.amount_eur is None else (grant.amount_eur * grant.share / 100).quantize(Decimal("0.01"))
    return Meter(grant.share, due, grant.planned_national, grant.spent_national)
