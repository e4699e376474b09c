"""Which roles an organisation has in werkplaatsen, as far as anybody may know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from werkplaats.core import clock
from werkplaats.network.rules import Spell, Status, spells

# What ``roles_of`` reads of an organisation.
ROLES_READ = ("leads__werkplaats", "partnerships__werkplaats", "partnerships__steps")


@dataclass(frozen=True)
class RoleHeld:
    """A role in a werkplaats, when, and whether it goes on. ``lectorate``: of one that leads."""

    werkplaats: Any
    role: str
    spell: Spell
    holds: bool
    lectorate: str
    source: str
    basis: str


def roles_of(organisation: Any) -> list[RoleHeld]:
    """Leading and taking part, now and before, in werkplaatsen that are on the site: the longest ago first.

    Of a partner only from when it signed; that it was approached, or said no, is for who talked with it.
    """
    found = [*_leads(organisation.leads.all()), *_partners(organisation.partnerships.all())]
    on_site = [held for held in found if held.werkplaats.status != Status.ENDED]
    return sorted(on_site, key=lambda held: (held.spell.start, held.werkplaats.name, held.role))


def _leads(rows: Iterable[Any]) -> Iterable[RoleHeld]:
    for row in rows:
        if row.valid_from <= clock.today() and row.valid_to != row.valid_from:
            spell = Spell(row.valid_from, row.valid_from_precision, row.valid_to, row.valid_to_precision)
            holds = row.holds_on(clock.today())
            yield RoleHeld(row.werkplaats, row.get_role_display(), spell, holds, row.lectorate, row.source, row.basis)


def _partners(rows: Iterable[Any]) -> Iterable[RoleHeld]:
    for row in rows:
        for spell in spells(row.steps.all(), clock.today()):
            # One that ended "in 2026" is no partner any more, as on the page of the werkplaats.
            holds = spell.end is None
            yield RoleHeld(row.werkplaats, row.get_role_display(), spell, holds, "", row.source, row.basis)
