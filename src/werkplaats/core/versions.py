"""Two people, one record: whoever saves second is told, and nothing is overwritten unseen."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import models

from werkplaats.core import logbook
from werkplaats.core.actors import Actor
from werkplaats.core.models import Visibility

R = TypeVar("R", bound=models.Model)


class Conflict(Exception):
    """Someone else changed the record since it was read."""


def locked(record: R, version: int) -> R:
    """The record as it is now, held until the transaction ends, its version one further.

    Raises Conflict when it is no longer as it was at ``version``.
    """
    fresh: Any = type(record)._default_manager.select_for_update().get(pk=record.pk)
    if fresh.version != version:
        raise Conflict(getattr(record, "uid", str(record.pk)))
    fresh.version += 1
    return fresh  # type: ignore[no-any-return]


def plain(value: Any) -> Any:
    """A value as the logbook keeps it: of a record its uid, of many their uids, of the rest the value itself."""
    if isinstance(value, models.Model):
        return getattr(value, "uid", str(value))
    if isinstance(value, models.QuerySet | list | tuple | set):
        return sorted((plain(one) for one in value), key=str)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)


def state(record: models.Model, names: Collection[str]) -> dict[str, Any]:
    """What the record says now in these fields, as the logbook keeps it."""
    many = {field.name for field in record._meta.many_to_many}
    return {
        name: plain(getattr(record, name).all() if name in many and record.pk else getattr(record, name, None))
        for name in names
        if name not in many or record.pk
    }


def words(model: type[models.Model]) -> set[str]:
    """The names of the fields in which people write what they like: text that is no choice."""
    return {
        field.name
        for field in model._meta.get_fields()
        if isinstance(field, models.CharField | models.TextField) and not field.choices
    }


def is_closed(record: models.Model, values: Mapping[str, Any]) -> bool:
    """Whether a werkplaats keeps the record to itself: as it is kept now, or with these ``values``."""
    known = None if record._state.adding else type(record)._default_manager.get(pk=record.pk)
    next_one = values.get("visibility", getattr(record, "visibility", None))
    return Visibility.WERKPLAATS in {getattr(known, "visibility", None), next_one}


def save(
    record: R,
    values: Mapping[str, Any],
    *,
    version: int,
    verb: str,
    by: Actor,
    private: Collection[str] = (),
    also: bool = False,
) -> R:
    """Keep ``values`` (field -> value) in a record that was read at ``version``, or in a new one, and log the act.

    ``also``: rows that belong to it change too, so it gets another version whatever its own fields say.

    The logbook gets what was there before and after; of the ``private`` fields (contact details, notes about
    people) only that they changed. Saving what stands there already changes nothing. Raises Conflict.
    """
    new = record._state.adding
    many = {field.name for field in record._meta.many_to_many} & set(values)
    fresh = record if new else locked(record, version)
    before = {} if new else state(fresh, values)
    for name in set(values) - many:
        setattr(fresh, name, values[name])
    same = not new and before == {**state(fresh, set(values) - many), **{name: plain(values[name]) for name in many}}
    if same and not also:
        return record
    fresh.save()
    for name in many:
        getattr(fresh, name).set(values[name])
    if same:
        return fresh
    detail = difference(before, state(fresh, values), private)
    logbook.write(f"{verb}.{'added' if new else 'changed'}", getattr(fresh, "uid", ""), by=by, detail=detail)
    return fresh


def difference(before: dict[str, Any], after: dict[str, Any], private: Collection[str]) -> dict[str, Any]:
    """What the logbook keeps of a change: before and after, and of ``private`` fields their names. No before: new."""
    names = [
        name for name in after if before.get(name) != after[name] and (before or after[name] not in (None, "", []))
    ]
    open_names = [name for name in names if name not in private]
    detail: dict[str, Any] = {"after": {name: after[name] for name in open_names}}
    if before:
        detail["before"] = {name: before[name] for name in open_names}
    hidden = [name for name in names if name in private]
    return {**detail, "fields": hidden} if hidden else detail
