"""What ties municipalities to werkplaatsen on a date, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.db.models import Model

from werkplaats.core.dates import Precision, stretch
from werkplaats.core.models import Basis
from werkplaats.network.rules import PUBLIC_STAGES, Layer, Standing


@dataclass(frozen=True)
class Tie:
    """Between a municipality (None: its seat is not known) and a werkplaats, by an organisation or an area.

    ``stands``: counting, in the making, or perhaps. ``unsure``: by its dates it may as well not have held.
    """

    werkplaats: Any
    municipality: int | None
    organisation: str
    stands: Standing
    assumed: bool
    unsure: bool


def records(name: str) -> Any:
    """Rows of a model of this app: reads may not import the models, which are built on them."""
    model: type[Model] = apps.get_model("network", name)
    return model._default_manager.all()


_DATED = ("valid_from", "valid_from_precision", "valid_to", "valid_to_precision", "basis", "werkplaats")
_SEAT = ("organisation__name", "organisation__municipality")


def ties(on: date, werkplaatsen: Mapping[int, Any]) -> dict[Layer, list[Tie]]:
    """All that hold on a date, or perhaps did, by layer: a question to the database for each."""
    areas = _of("ServiceArea", werkplaatsen).perhaps_on(on)
    partners = _of("Partnership", werkplaatsen).telling(PUBLIC_STAGES, on)
    co_leads = _of("Leadership", werkplaatsen).perhaps_on(on).co_leading()
    steps = ("stage_then", "since", "since_precision", "about")
    found = {
        Layer.AREA: areas.values(*_DATED, "municipality"),
        Layer.PARTNER: partners.values(*_DATED, *_SEAT, *steps),
        Layer.CO_LEAD: co_leads.values(*_DATED, *_SEAT),
    }
    return {layer: [tie for row in rows if (tie := _tie(row, on, werkplaatsen))] for layer, rows in found.items()}


def _of(name: str, werkplaatsen: Iterable[int]) -> Any:
    return records(name).filter(werkplaats__in=list(werkplaatsen))


def _tie(row: dict[str, Any], on: date, werkplaatsen: Mapping[int, Any]) -> Tie | None:
    one = werkplaatsen[row["werkplaats"]]
    begins = row.get("since") or row["valid_from"], row.get("since_precision") or row["valid_from_precision"]
    unsure = _begin_unsure(*begins, on) or _end_unsure(row["valid_to"], row["valid_to_precision"], on)
    holds = row["valid_from"] <= on and (row["valid_to"] is None or row["valid_to"] > on)
    in_stage = row.get("stage_then", next(iter(PUBLIC_STAGES))) in PUBLIC_STAGES
    stands = Standing(one.stands)
    if not (holds and in_stage):
        # A step out of a stage is as unsure as one into it.
        if not (unsure or row.get("about")) or stands == Standing.FORMING:
            return None
        stands = Standing.PERHAPS
    return Tie(
        werkplaats=one,
        municipality=row["municipality"] if "municipality" in row else row["organisation__municipality"],
        organisation=row.get("organisation__name", ""),
        stands=stands,
        assumed=row["basis"] == Basis.ASSUMED,
        unsure=unsure or _werkplaats_unsure(one, on),
    )


def _werkplaats_unsure(one: Any, on: date) -> bool:
    """Whether the werkplaats itself may not have been there, or not yet as a member."""
    joined = one.forming_to and _begin_unsure(one.forming_to, one.forming_to_precision, on)
    begun = _begin_unsure(one.valid_from, one.valid_from_precision, on)
    return bool(joined) or begun or _end_unsure(one.valid_to, one.valid_to_precision, on)


def _begin_unsure(day: date, precision: str, on: date) -> bool:
    """Whether the date lies within what is not known precisely of a beginning."""
    first, last = stretch(day, precision)
    return first <= on < last


def _end_unsure(end: date | None, precision: str, on: date) -> bool:
    if end is None:
        return False
    first, last = stretch(end - timedelta(days=1), precision)
    return first <= on <= last if precision == Precision.ABOUT else first < on <= last
