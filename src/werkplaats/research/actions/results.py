"""Keeping pilots and yields, and letting a second person read a result before outsiders do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t

from werkplaats.core import clock, logbook, versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.research.actions.shared import Values, keep
from werkplaats.research.models import Pilot, Yield

Parts = Sequence[Mapping[str, Any]]
R = TypeVar("R", Pilot, Yield)


@action
def save_pilot(*, pilot: Pilot, values: Values, partners: Parts = (), version: int = 0, by: Actor) -> Pilot:
    """Keep a new pilot or what was changed of one. An outcome waits for a second reader.

    Raises Conflict, and ValidationError for a state that cannot be.
    """
    values = _by_whom(pilot, values, by)
    # What came out is of the region until somebody else read it.
    return keep(
        record=pilot,
        values=values,
        rows={"partners": partners},
        version=version,
        verb="research.pilot",
        by=by,
        private=_PRIVATE,
    )


@action
def save_yield(*, made: Yield, values: Values, partners: Parts = (), version: int = 0, by: Actor) -> Yield:
    """Keep a new yield or what was changed of one. A finding waits for a second reader. Raises Conflict."""
    values = _by_whom(made, values, by)
    return keep(
        record=made,
        values=values,
        rows={"partners": partners},
        version=version,
        verb="research.yield",
        by=by,
        private=_PRIVATE,
    )


_PRIVATE = ("returned", "written_by")


def _by_whom(record: Pilot | Yield, values: Values, by: Actor) -> Values:
    """Who wrote the result last may not be the one who reads it over."""
    known = {} if record._state.adding else type(record).objects.get(pk=record.pk).written()
    now = {name: values[name] for name in record.RESULT if name in values}
    if all(known.get(name, "") == text for name, text in now.items()):
        return values
    return {**values, "written_by": by.uid, "returned": ""}


@action
def approve_result(*, record: R, version: int, by: Actor) -> R:
    """A second person read it: from now on outsiders see these words. Raises Conflict, ValidationError."""
    fresh = _to_read(record, version, by)
    fresh.read, fresh.read_by, fresh.read_at, fresh.returned = fresh.written(), by.uid, clock.now(), ""
    fresh.save()
    logbook.write(f"research.{fresh._meta.model_name}.approved", fresh.uid, by=by)
    return fresh


@action
def return_result(*, record: R, reason: str, version: int, by: Actor) -> R:
    """A second person read it and gives it back, with a reason for its writer. Raises as ``approve_result``."""
    if not reason.strip():
        raise ValidationError({"reason": _t("Schrijf wat er anders moet, zodat de schrijver verder kan.")})
    fresh = _to_read(record, version, by)
    fresh.returned = reason
    fresh.save()
    logbook.write(f"research.{fresh._meta.model_name}.returned", fresh.uid, by=by, detail={"fields": ["returned"]})
    return fresh


def _to_read(record: R, version: int, by: Actor) -> R:
    fresh = versions.locked(record, version)
    if not fresh.awaits_reader:
        raise ValidationError(_t("Hier wacht niets op een tweede lezer."))
    if fresh.written_by == by.uid:
        message = _t("U schreef dit zelf. Vraag een collega of het landelijk bureau om het na te lezen.")
        raise ValidationError(message)
    return fresh
