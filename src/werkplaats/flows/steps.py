"""Changes to rows that are written down so that they can be taken back exactly."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class _Exact(DjangoJSONEncoder):
    """The framework's own leaves off the last three digits of a moment."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _said(row: models.Model, names: Sequence[str] | None = None) -> dict[str, Any]:
    """What a row says in these fields, or in all, as JSON can hold it."""
    found = serializers.serialize("python", [row], fields=names)[0]["fields"]
    return dict(json.loads(json.dumps(found, cls=_Exact)))


def _fill(row: models.Model, said: Mapping[str, Any]) -> None:
    for name, value in said.items():
        field: Any = row._meta.get_field(name)
        setattr(row, field.attname, field.to_python(value))


class Steps:
    """What was done, in order; of a change only the fields in it, of a row that went all of it."""

    def __init__(self) -> None:
        self.done: list[dict[str, Any]] = []

    def change(self, row: models.Model, **values: Any) -> None:
        """Let a row say something else."""
        names = list(values)
        before = _said(row, names)
        for name, value in values.items():
            setattr(row, name, value)
        after = _said(row, names)
        row.save(update_fields=names)
        step = {"model": row._meta.label, "pk": row.pk, "before": before, "after": after}
        self.done.append(step)

    def drop(self, row: models.Model) -> None:
        """Take a row away."""
        self.done.append({"model": row._meta.label, "pk": row.pk, "before": _said(row), "after": None})
        row.delete()

    @staticmethod
    def take_back(steps: Sequence[Mapping[str, Any]]) -> list[str]:
        """Undo all steps, the last first; or undo nothing, and name what is no longer as the steps left it."""
        left: dict[tuple[str, Any], dict[str, Any] | None] = {}
        for step in steps:
            key = (step["model"], step["pk"])
            left[key] = None if step["after"] is None else {**(left.get(key) or {}), **step["after"]}
        changed = [_name(model) for (model, pk), after in left.items() if not _stands(model, pk, after)]
        if changed:
            return list(dict.fromkeys(changed))
        for step in reversed(steps):
            model: Any = apps.get_model(step["model"])
            row = model(pk=step["pk"]) if step["after"] is None else model._base_manager.get(pk=step["pk"])
            _fill(row, step["before"])
            if step["after"] is None:
                # As it was: without what a new one would get.
                models.Model.save(row, force_insert=True)
            else:
                row.save(update_fields=list(step["before"]))
        return []


def _stands(label: str, pk: Any, after: Mapping[str, Any] | None) -> bool:
    """Whether a row is as it was left: away, or with this in it."""
    row = apps.get_model(label)._base_manager.filter(pk=pk).first()
    if row is None or after is None:
        return row is None and after is None
    return _said(row, list(after)) == after


def _name(label: str) -> str:
    return str(apps.get_model(label)._meta.verbose_name)
