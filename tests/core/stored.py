"""All that our own tables hold, to see that something changed nothing."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from werkplaats.core.models import LogEntry, LogHead


def everything(*, logbook: bool = True) -> dict[str, list[Any]]:
    """Every row of every table of the house, tables between two records included."""
    left_out = () if logbook else (LogEntry, LogHead)
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("werkplaats.") and model not in left_out
    }
