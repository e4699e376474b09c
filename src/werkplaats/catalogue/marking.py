"""The only signals in the house: a save outside an action marks what it touched, nothing more."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save

from werkplaats.catalogue.models import Facet
from werkplaats.core import registry, touched


def connect() -> None:
    """Listen to saves, deletions and changed ties of all models."""
    pre_save.connect(_saving, dispatch_uid="catalogue.saving")
    post_save.connect(_saved, dispatch_uid="catalogue.saved")
    pre_delete.connect(_deleting, dispatch_uid="catalogue.deleting")
    post_delete.connect(_deleted, dispatch_uid="catalogue.deleted")
    m2m_changed.connect(_ties_changed, dispatch_uid="catalogue.ties")


def _saving(sender: type[Model], instance: Model, raw: bool = False, **_rest: Any) -> None:
    """What it belonged to before changes too: a yield that moves to another group is no longer of the one it left."""
    touches = registry.affects.get(sender)
    keys = [field.attname for field in sender._meta.concrete_fields if field.is_relation]
    if raw or instance._state.adding or not keys or not (touches or sender in registry.filed):
        return
    known = sender._base_manager.filter(pk=instance.pk)
    before = known.values(*keys).first()
    if before is None or all(before[key] == getattr(instance, key) for key in keys):
        return
    # Marked when it is saved: outside an action the hall looks at once.
    found = list(touches(known.get())) if touches else []
    if dimension := registry.filed.get(sender):
        found += Facet.objects.filter(dimension=dimension, value=instance.uid).values_list("entry__uid", flat=True)  # type: ignore[attr-defined]
    instance._touched_by_moving = found  # type: ignore[attr-defined]


def _saved(sender: type[Model], instance: Model, raw: bool = False, **_rest: Any) -> None:
    before = instance.__dict__.pop("_touched_by_moving", [])
    touches = registry.affects.get(sender)
    if not raw:
        touched.mark([*before, *(touches(instance) if touches else ())])


def _deleting(sender: type[Model], instance: Model, **_rest: Any) -> None:
    # Afterwards the rows it points to can no longer be asked for.
    touches = registry.affects.get(sender)
    if touches:
        instance._touched_by_deletion = list(touches(instance))  # type: ignore[attr-defined]


def _deleted(sender: type[Model], instance: Model, **_rest: Any) -> None:
    touched.mark(getattr(instance, "_touched_by_deletion", []))


def _ties_changed(
    sender: type[Model],
    instance: Model,
    action: str,
    reverse: bool,
    model: type[Model],
    pk_set: set[int] | None,
    **_rest: Any,
) -> None:
    if action == "pre_clear" and reverse and model in registry.affects:
        name = next(f.name for f in model._meta.many_to_many if f.remote_field.through is sender)
        instance._cleared = list(model._default_manager.filter(**{name: instance}))  # type: ignore[attr-defined]
    if not action.startswith("post_"):
        return
    if not reverse and (touches := registry.affects.get(type(instance))):
        touched.mark(touches(instance))
    if reverse and (touches := registry.affects.get(model)):
        rows = model._default_manager.filter(pk__in=pk_set) if pk_set else getattr(instance, "_cleared", [])
        for row in rows:
            touched.mark(touches(row))
