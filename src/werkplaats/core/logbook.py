"""The logbook: who did what to which record. Only ever added to."""

from __future__ import annotations

from typing import Any

from werkplaats.core import clock
from werkplaats.core.actors import Actor
from werkplaats.core.models import LogEntry


def write(verb: str, target: str, *, by: Actor, detail: dict[str, Any] | None = None) -> LogEntry:
    """Add a line. ``verb`` is ``app.record.done``, ``target`` a uid.

    ``detail`` holds no words of askers and no contact details: the logbook outlives them.
    """
    return LogEntry.objects.create(verb=verb, target=target, actor=by.uid, at=clock.now(), detail=detail or {})
