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
from werkplaats.network.rules import Layer, Status

if TYPE_CHECKING:
    from werkplaats.network.queries.coverage import Row
    from werkplaats.terms.models import Theme


@dataclass(frozen=True)
class Facts:
    """What the sentences are about.

    ``werkplaatsen`` count, ``forming`` are candidates, ``endless``: how many have ended without a known end.
    By layer, ``seatless``: names of organisations that have no municipality; ``elsewhere``: those in a municipality
    that is not in the list; ``perhaps``: how many municipalities do not count but may have.
    """

    on: date
    today: date
    theme: Theme | None
    rows: list[Row]
    werkplaatsen: list[Any]
    forming: list[Any]
    endless: int
    seatless: dict[Layer, set[str]]
    elsewhere: dict[Layer, set[str]]
    perhaps: dict[Layer, int]


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
    if facts.rows:
        words = {
            "year": _either(str(row.municipality.listed_on.year) for row in facts.rows),
            "day": _either(shown(day, Precision.DAY) for day in sorted(_counted_on(facts.rows))),
        }
        if facts.on == facts.today:
            said = _t("Geteld is met de gemeenten van de indeling van %(year)s en hun inwoners op %(day)s (CBS).")
        else:
            said = _t(
                "Geteld is met de gemeenten van de indeling van %(year)s en hun inwoners op %(day)s (CBS), ook al was "
                "de indeling op deze datum misschien anders."
            )
        yield said % words
    if unknown := sum(row.municipality.population is None for row in facts.rows):
        yield ngettext(
            "Van %(n)d gemeente is het aantal inwoners niet bekend; zij telt mee met nul inwoners.",
            "Van %(n)d gemeenten is het aantal inwoners niet bekend; zij tellen mee met nul inwoners.",
            unknown,
        ) % {"n": unknown}
    if gone := len(facts.elsewhere[Layer.AREA]):
        yield ngettext(
            "%(n)d gemeente in een werkgebied bestaat nu niet meer en telt niet mee.",
            "%(n)d gemeenten in een werkgebied bestaan nu niet meer en tellen niet mee.",
            gone,
        ) % {"n": gone}


def _of_today(facts: Facts) -> Iterator[str]:
    if facts.on < facts.today:
        yield _t(
            "Van een werkplaats is alleen de status van vandaag bekend. Wie nu lid is of een meeloopjaar heeft, telt "
            "mee vanaf het begin van de werkplaats, of vanaf de dag waarop de opbouw klaar was als die bekend is; wie "
            "beëindigd is, tot het einde dat erbij staat."
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
            "Bij %(n)d van de %(all)d gemeenten in een werkgebied is dat een aanname: afgeleid uit de naam van de "
            "regio en niet door de werkplaats bevestigd (%(names)s)."
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
        yield ngettext(
            "Van %(n)d gemeente in een werkgebied is het begin of het einde niet op de dag bekend; het kan vóór of na "
            "de gekozen datum liggen. Zij telt mee: een jaar telt vanaf 1 januari, een maand vanaf de eerste "
            "(%(names)s).",
            "Van %(n)d gemeenten in een werkgebied is het begin of het einde niet op de dag bekend; het kan vóór of na "
            "de gekozen datum liggen. Zij tellen mee: een jaar telt vanaf 1 januari, een maand vanaf de eerste "
            "(%(names)s).",
            len(unsure),
        ) % {"n": len(unsure), "names": _vias(row.areas for row in unsure)}
    yield from _of_who_perhaps_counts(facts)
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
    if seatless := len(facts.seatless[Layer.PARTNER]):
        yield ngettext(
            "Van %(n)d organisatie die meedoet, is niet bekend in welke gemeente zij zit; zij telt bij de partners "
            "niet mee.",
            "Van %(n)d organisaties die meedoen, is niet bekend in welke gemeente zij zitten; zij tellen bij de "
            "partners niet mee.",
            seatless,
        ) % {"n": seatless}
    if gone := len(facts.elsewhere[Layer.PARTNER]):
        yield ngettext(
            "%(n)d organisatie die meedoet, zit in een gemeente die nu niet meer bestaat; zij telt bij de partners "
            "niet mee.",
            "%(n)d organisaties die meedoen, zitten in een gemeente die nu niet meer bestaat; zij tellen bij de "
            "partners niet mee.",
            gone,
        ) % {"n": gone}


def _of_co_leads(facts: Facts) -> Iterator[str]:
    seatless, gone = sorted(facts.seatless[Layer.CO_LEAD]), sorted(facts.elsewhere[Layer.CO_LEAD])
    if seatless:
        yield ngettext(
            "Van %(n)d medetrekker is niet ingevuld welke gemeente het is; zij telt niet mee: %(names)s.",
            "Van %(n)d medetrekkers is niet ingevuld welke gemeente het is; zij tellen niet mee: %(names)s.",
            len(seatless),
        ) % {"n": len(seatless), "names": ", ".join(seatless)}
    if gone:
        yield ngettext(
            "%(n)d medetrekker is een gemeente die nu niet meer bestaat; zij telt niet mee: %(names)s.",
            "%(n)d medetrekkers zijn gemeenten die nu niet meer bestaan; zij tellen niet mee: %(names)s.",
            len(gone),
        ) % {"n": len(gone), "names": ", ".join(gone)}
    if not (seatless or gone or any(row.is_co_lead for row in facts.rows)):
        yield _t(
            "Er staat op deze datum geen enkele gemeente als medetrekker in de gegevens. Dat kan ook betekenen dat het "
            "nog niet is ingevoerd."
        )


def _of_who_perhaps_counts(facts: Facts) -> Iterator[str]:
    for layer, count in facts.perhaps.items():
        if count:
            yield ngettext(
                "%(n)d gemeente telt niet mee bij “%(layer)s”, maar misschien was het op deze datum wel zo: van het "
                "begin of het einde weten wij alleen een jaar bij benadering.",
                "%(n)d gemeenten tellen niet mee bij “%(layer)s”, maar misschien was het op deze datum wel zo: van het "
                "begin of het einde weten wij alleen een jaar bij benadering.",
                count,
            ) % {"n": count, "layer": layer.label}


def _counted_on(rows: list[Row]) -> set[date]:
    """The days on which people were counted, of those of whom that is known."""
    return {row.municipality.population_on for row in rows if row.municipality.population is not None} or {
        rows[0].municipality.population_on
    }


def _either(words: Iterable[str]) -> str:
    """One, or several with "en" between: municipalities may come from lists of different years."""
    some = list(dict.fromkeys(words))
    return _t("%(some)s en %(last)s") % {"some": ", ".join(some[:-1]), "last": some[-1]} if some[1:] else some[0]


def _names(werkplaatsen: Iterable[Any]) -> str:
    return ", ".join(sorted(str(one.name) for one in werkplaatsen))


def _vias(some: Iterable[tuple[Any, ...]]) -> str:
    return ", ".join(sorted({via.name for vias in some for via in vias}))
