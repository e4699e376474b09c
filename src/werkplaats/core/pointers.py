"""What points at a record, and whose that is: found by looking at every table, so that a later one is found too."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model

# Where uids stand as text that say what was, or that the hall makes anew by itself.
_LEFT = frozenset({"core", "catalogue"})
# So long is a field for a uid.
_UID_LENGTH = 44


def keys_to(model: type[Model]) -> Iterator[tuple[type[Model], Any]]:
    """Every key to a model, also those of ties between many and many: (model that has it, field)."""
    for other in apps.get_models(include_auto_created=True):
        for one in other._meta.local_fields:
            if one.remote_field and one.related_model is model:
                yield other, one


def uids_as_text(*, but: Collection[str] = ()) -> Iterator[tuple[type[Model], Any]]:
    """Every field that may hold the uid of any record as text: (model, field); ``but``: not in these (labels)."""
    for model in apps.get_models():
        ours = model.__module__.startswith("werkplaats.") and model._meta.app_label not in _LEFT
        for one in model._meta.local_fields if ours and model._meta.label not in but else ():
            if type(one) is CharField and one.max_length == _UID_LENGTH:
                yield model, one


def ways(model: type[Model], to: type[Model], *, but: type[Model] | None = None) -> list[str]:
    """How one comes from a row to the records of ``to`` that it belongs to: by its own keys, else by one further.

    A partner in a pilot belongs to the werkplaats of the pilot. Not by ``but``; nothing when there is no way.
    """
    own = [one for one in model._meta.get_fields() if one.is_relation and not one.auto_created and one.related_model]
    if found := [one.name for one in own if one.related_model is to]:
        return found
    further: list[str] = []
    for one in own:
        other: Any = one.related_model
        if (one.many_to_one or one.one_to_one) and other not in (but, model):
            there = [two for two in other._meta.get_fields() if two.is_relation and not two.auto_created]
            further += [f"{one.name}__{two.name}" for two in there if two.related_model is to]
    return further
