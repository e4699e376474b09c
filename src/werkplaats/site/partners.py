"""Who takes part in a werkplaats, as its pages list them; what is only assumed says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkplaats.core import clock
from werkplaats.core.models import Basis
from werkplaats.network.models import Werkplaats
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
    found = list(werkplaats.partnerships.public().select_related("organisation").prefetch_related("steps"))
    rows = [
        (one.organisation.name, ", ".join(_said(one)), localised(one.organisation.get_absolute_url())) for one in found
    ]
    return Partners(rows, sorted({one.source for one in found if one.source}))


def _said(partnership: Any) -> list[str]:
    kind = str(partnership.organisation.get_kind_display())
    role = [] if partnership.role == PartnerRole.PARTNER else [str(partnership.get_role_display())]
    now = [one for one in spells(partnership.steps.all(), clock.today()) if one.end is None]
    return [kind, *role, *(when(one, partnership.basis) for one in now)]


def when(spell: Spell, basis: str) -> str:
    """A time of taking part or leading, in words, and how sure it is where it is not simply known."""
    return spell.period + ("" if basis == Basis.KNOWN else f" ({Basis(basis).label})")
