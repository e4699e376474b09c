"""Who takes part in a werkplaats, as its pages list them; what is only assumed says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkplaats.core import clock
from werkplaats.core.models import Basis
from werkplaats.network.models import StageChange, Werkplaats
from werkplaats.network.rules import PartnerRole, Spell, spells
from werkplaats.site.templatetags.pages import localised

# (name, what is said of it, address)
Row = tuple[str, str, str]


@dataclass(frozen=True)
class Partners:
    """Who takes part today, by name, and where that is known from."""

    rows: list[Row]
    sources: list[str]


def partners_of(werkplaats: Werkplaats) -> Partners:
    """Of each partner what it is, and since when it takes part: from signing on, not since it was talked with."""
    # By their steps, of which each has one at least: so it is one question to the database.
    steps = StageChange.objects.filter(partnership__in=werkplaats.partnerships.public())
    ordered = steps.select_related("partnership__organisation").order_by("partnership__organisation__name", "on", "pk")
    taken: dict[Any, list[StageChange]] = {}
    for step in ordered:
        taken.setdefault(step.partnership, []).append(step)
    rows = [
        (one.organisation.name, ", ".join(_said(one, some)), localised(one.organisation.get_absolute_url()))
        for one, some in taken.items()
    ]
    return Partners(rows, sorted({one.source for one in taken if one.source}))


def _said(partnership: Any, steps: list[StageChange]) -> list[str]:
    kind = str(partnership.organisation.get_kind_display())
    role = [] if partnership.role == PartnerRole.PARTNER else [str(partnership.get_role_display())]
    now = [one for one in spells(steps, clock.today()) if one.end is None]
    return [kind, *role, *(when(one, partnership.basis) for one in now)]


def when(spell: Spell, basis: str) -> str:
    """A time of taking part or leading, in words, and how sure it is where it is not simply known."""
    return spell.period + ("" if basis == Basis.KNOWN else f" ({Basis(basis).label})")
