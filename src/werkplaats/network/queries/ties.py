"""What ties an organisation to the werkplaatsen, as far as anybody may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from werkplaats.core import clock
from werkplaats.network.rules import Spell, Status, spells

# What ``ties_of`` reads of an organisation.
TIES = ("leads__werkplaats", "partnerships__werkplaats", "partnerships__steps")


@dataclass(frozen=True)
class Tie:
    """A role in a werkplaats, when, and whether it goes on. ``lectorate``: of one that leads."""

    werkplaats: Any
    role: str
    spell: Spell
    holds: bool
    lectorate: str
    source: str
    basis: str


def ties_of(organisation: Any) -> list[Tie]:
    """Leading and taking part, now and before, in werkplaatsen that are on the site: the longest ago first.

    Of a partner only from when it signed; that it was approached, or said no, is for who talked with it.
    """
    found = [*_leads(organisation.leads.all()), *_partners(organisation.partnerships.all())]
    on_site = [tie for tie in found if tie.werkplaats.status != Status.ENDED]
    return sorted(on_site, key=lambda tie: (tie.spell.start, tie.werkplaats.name, tie.role))


def _leads(rows: Iterable[Any]) -> Iterable[Tie]:
    for row in rows:
        if row.valid_from <= clock.today() and row.valid_to != row.valid_from:
            spell = Spell(row.valid_from, row.valid_from_precision, row.valid_to, row.valid_to_precision)
            holds = row.holds_on(clock.today())
            yield Tie(row.werkplaats, row.get_role_display(), spell, holds, row.lectorate, row.source, row.basis)


def _partners(rows: Iterable[Any]) -> Iterable[Tie]:
    for row in rows:
        for spell in spells(row.steps.all(), clock.today()):
            # One that ended "in 2026" is no partner any more, as on the page of the werkplaats.
            holds = spell.end is None
            yield Tie(row.werkplaats, row.get_role_display(), spell, holds, "", row.source, row.basis)
