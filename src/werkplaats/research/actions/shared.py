"""What every act on research has in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _t

from werkplaats.core import logbook, versions
from werkplaats.core.actors import Actor
from werkplaats.core.versions import plain
from werkplaats.research.rules import State, follows

Values = Mapping[str, Any]
# Rows that belong to a record: name of the relation -> the fields of each row, in order.
Rows = Mapping[str, Sequence[Mapping[str, Any]]]
R = TypeVar("R", bound=models.Model)


def keep(
    *, record: R, values: Values, rows: Rows, version: int, verb: str, by: Actor, private: Iterable[str] = ()
) -> R:
    """Keep a record with the rows that belong to it. Raises Conflict, and ValidationError for what cannot be.

    The logbook gets the words that anyone in the network may read: none of a result, and of what a werkplaats keeps to
    itself (before or after) none at all.
    """
    _check_state(record, values)
    private = {*private, *getattr(record, "RESULT", ())}
    if versions.is_closed(record, values):
        private |= {*versions.words(type(record)), *rows}
    known = {name: _said(record, name, wanted) for name, wanted in rows.items()}
    wanted = {name: [_plain(row) for row in some] for name, some in rows.items()}
    other = [name for name in rows if known[name] != wanted[name]]
    kept = versions.save(record, values, version=version, verb=verb, by=by, private=private, also=bool(other))
    for name in other:
        manager = getattr(kept, name)
        manager.all().delete()
        for row in rows[name]:
            manager.create(**row)
        hidden = name in private
        detail = {"fields": [name]} if hidden else {"before": {name: known[name]}, "after": {name: wanted[name]}}
        logbook.write(f"{verb}.{name}_changed", getattr(kept, "uid", ""), by=by, detail=detail)
    return kept


def _said(record: models.Model, name: str, wanted: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the rows say now, in the fields that are given."""
    if record._state.adding:
        return []
    manager = getattr(record, name)
    fields = list(wanted[0]) if wanted else [
        field.name for field in manager.model._meta.local_fields
        if not field.primary_key and field.related_model is not type(record)
    ]  # fmt: skip
    return [_plain({field: getattr(row, field) for field in fields}) for row in manager.all()]


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in row.items()}


def _check_state(record: models.Model, values: Values) -> None:
    after = values.get("state")
    if after is None:
        return
    if after == State.STOPPED and not values.get("stopped_because", getattr(record, "stopped_because", "")).strip():
        message = _t("Schrijf waarom het stopte. Ook wat niet lukte is kennis: een ander hoeft het niet over te doen.")
        raise ValidationError({"stopped_because": message})
    # What the record says in memory may be of the form already; what is kept decides.
    before = None if record._state.adding else type(record)._default_manager.get(pk=record.pk)
    if before is not None and not follows(getattr(before, "state"), after):  # noqa: B009
        words = {"before": State(getattr(before, "state")).label, "after": State(after).label}  # noqa: B009
        message = _t("Van “%(before)s” kan het niet naar “%(after)s”. Kies een andere stand.")
        raise ValidationError({"state": message % words})
