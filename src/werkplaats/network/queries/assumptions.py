"""What coverage on a date takes for granted, in sentences for readers; only what bears on the figures beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from werkplaats.core.dates import Precision
from werkplaats.core.dates import show as shown
from werkplaats.network.rules import Status

if TYPE_CHECKING:
    from werkplaats.network.queries.coverage import Row
    from werkplaats.terms.models import Theme


@dataclass(frozen=True)
class Facts:
    """What the sentences are about.

    ``werkplaatsen`` count, ``forming`` are candidates, ``endless``: how many have ended without a known end.
    ``seatless``: organisations that take part and have no municipality; ``elsewhere``: municipalities in an area, but
    not in the list.
    """

    on: date
    today: date
    theme: Theme | None
    rows: list[Row]
    werkplaatsen: list[Any]
    forming: list[Any]
    endless: int
    seatless: int
    elsewhere: int


def said(facts: Facts) -> list[str]:
    """The assumptions that matter here, the broadest first."""
    parts: tuple[Callable[[Facts], Iterator[str]], ...] = (
        _of_the_list,
        _of_today,
        _of_the_theme,
        _of_candidates,
        _of_areas,
        _of_dates,
        _of_partners,
        _of_co_leads,
    )
    return [sentence for part in parts for sentence in part(facts)]


def _of_the_list(facts: Facts) -> Iterator[str]:
    if facts.on == facts.today:
        yield _t("Geteld is met de gemeenten van de indeling van 2025 en hun inwoners op 1 januari 2024 (CBS).")
    else:
        yield _t(
            "Geteld is met de gemeenten van de indeling van 2025 en hun inwoners op 1 januari 2024 (CBS), ook al was "
            "de indeling op deze datum misschien anders."
        )
    if unknown := sum(row.municipality.population is None for row in facts.rows):
        yield ngettext(
            "Van %(n)d gemeente is het aantal inwoners niet bekend; zij telt mee met nul inwoners.",
            "Van %(n)d gemeenten is het aantal inwoners niet bekend; zij tellen mee met nul inwoners.",
            unknown,
        ) % {"n": unknown}
    if facts.elsewhere:
        yield ngettext(
            "%(n)d gemeente in een werkgebied bestaat nu niet meer en telt niet mee.",
            "%(n)d gemeenten in een werkgebied bestaan nu niet meer en tellen niet mee.",
            facts.elsewhere,
        ) % {"n": facts.elsewhere}


def _of_today(facts: Facts) -> Iterator[str]:
    if facts.on < facts.today:
        yield _t(
            "Van een werkplaats is alleen de status van vandaag bekend. Wie nu lid is of een meeloopjaar heeft, telt "
            "mee vanaf het begin van de werkplaats; wie beëindigd is, tot het einde dat erbij staat."
        )
    if facts.on > facts.today:
        yield _t("Deze datum ligt in de toekomst: wat nu loopt en geen einddatum heeft, telt dan nog mee.")
    if facts.endless:
        yield ngettext(
            "%(n)d werkplaats is beëindigd zonder dat bekend is wanneer; zij telt nergens mee.",
            "%(n)d werkplaatsen zijn beëindigd zonder dat bekend is wanneer; zij tellen nergens mee.",
            facts.endless,
        ) % {"n": facts.endless}
    guests = [one for one in facts.werkplaatsen if one.status == Status.GUEST]
    if guests:
        yield _t("Een werkplaats in haar meeloopjaar telt mee: %(names)s.") % {"names": _names(guests)}


def _of_the_theme(facts: Facts) -> Iterator[str]:
    if facts.theme is None:
        return
    yield (
        _t(
            "Alleen werkplaatsen die het thema “%(theme)s” of een thema daaronder noemen, tellen mee, met de thema's "
            "die zij vandaag noemen. Een thema dat alleen in eigen woorden is opgeschreven, telt niet."
        )
        % {"theme": facts.theme.name}
    )
    if not facts.werkplaatsen:
        yield _t("Geen enkele werkplaats die op deze datum meetelt, noemt dit thema.")


def _of_candidates(facts: Facts) -> Iterator[str]:
    if facts.forming:
        yield _t(
            "Een werkplaats in opbouw (%(names)s) telt in geen van de drie lagen mee; haar gemeenten staan apart als "
            "kandidaat."
        ) % {"names": _names(facts.forming)}


def _of_areas(facts: Facts) -> Iterator[str]:
    covered = [row for row in facts.rows if row.in_area]
    assumed = [row for row in covered if all(via.assumed for via in row.areas)]
    if assumed:
        yield _t(
            "Van %(n)d van de %(all)d gemeenten in een werkgebied is dat een aanname: afgeleid uit de naam van de "
            "regio, niet door de werkplaats bevestigd (%(names)s)."
        ) % {"n": len(assumed), "all": len(covered), "names": _vias(row.areas for row in assumed)}
    if guessed := [row for row in facts.rows if row.candidate and all(via.assumed for via in row.candidates)]:
        yield ngettext(
            "Ook het gebied dat een kandidaat zou krijgen, is een aanname: %(n)d gemeente (%(names)s).",
            "Ook het gebied dat een kandidaat zou krijgen, is een aanname: %(n)d gemeenten (%(names)s).",
            len(guessed),
        ) % {"n": len(guessed), "names": _vias(row.candidates for row in guessed)}


def _of_dates(facts: Facts) -> Iterator[str]:
    unsure = [row for row in facts.rows if row.areas and all(via.unsure for via in row.areas)]
    if unsure:
        yield _t(
            "Van %(n)d gemeenten in een werkgebied is de begin- of einddatum niet op de dag bekend en kan zij vóór of "
            "na de gekozen datum liggen. Zij tellen mee: een jaar telt vanaf 1 januari, een maand vanaf de eerste "
            "(%(names)s)."
        ) % {"n": len(unsure), "names": _vias(row.areas for row in unsure)}
    noted: dict[tuple[str, str], list[Any]] = {}
    for one in facts.werkplaatsen:
        near = one.valid_from_precision != Precision.DAY and abs(one.valid_from.year - facts.on.year) <= 1
        if one.note and near and one.status != Status.ENDED:
            start = shown(one.valid_from, one.valid_from_precision)
            noted.setdefault((start, one.note), []).append(one)
    for (start, note), some in sorted(noted.items()):
        yield _t("Bij %(names)s, geteld vanaf %(start)s, staat: “%(note)s”.") % {
            "names": _names(some),
            "start": start,
            "note": note,
        }


def _of_partners(facts: Facts) -> Iterator[str]:
    if facts.on < facts.today:
        yield _t(
            "Een samenwerking telt met het stadium dat zij volgens haar stappen op die dag had. Zijn de stappen "
            "ertussen niet bekend, dan telt wie nu getekend heeft of actief is mee vanaf het begin dat erbij staat."
        )
    assumed = sum(bool(row.partners) and all(via.assumed for via in row.partners) for row in facts.rows)
    if assumed:
        yield ngettext(
            "Dat %(n)d gemeente een partner heeft, is een aanname: dat die meedeed is bekend, maar niet sinds wanneer, "
            "en of dat nu nog zo is.",
            "Dat %(n)d gemeenten een partner hebben, is een aanname: dat die meededen is bekend, maar niet sinds "
            "wanneer, en of dat nu nog zo is.",
            assumed,
        ) % {"n": assumed}
    unsure = sum(bool(row.partners) and all(via.unsure for via in row.partners) for row in facts.rows)
    if unsure:
        yield ngettext(
            "Van %(n)d gemeente met een partner is niet op de dag bekend sinds wanneer of tot wanneer die meedoet.",
            "Van %(n)d gemeenten met een partner is niet op de dag bekend sinds wanneer of tot wanneer die meedoet.",
            unsure,
        ) % {"n": unsure}
    if facts.seatless:
        yield ngettext(
            "Van %(n)d organisatie die meedoet, is niet bekend in welke gemeente zij zit; zij telt bij de partners "
            "niet mee.",
            "Van %(n)d organisaties die meedoen, is niet bekend in welke gemeente zij zitten; zij tellen bij de "
            "partners niet mee.",
            facts.seatless,
        ) % {"n": facts.seatless}


def _of_co_leads(facts: Facts) -> Iterator[str]:
    if not any(row.is_co_lead for row in facts.rows):
        yield _t(
            "Er staat op deze datum geen enkele gemeente als medetrekker in de gegevens. Dat kan ook betekenen dat het "
            "nog niet is ingevoerd."
        )


def _names(werkplaatsen: Iterable[Any]) -> str:
    return ", ".join(sorted(str(one.name) for one in werkplaatsen))


def _vias(some: Iterable[tuple[Any, ...]]) -> str:
    return ", ".join(sorted({via.name for vias in some for via in vias}))
