"""The logbook: who did what to which record. Only ever added to, each row sealed onto the one before it.

Writers queue for the head of the logbook. They do so last of all: within an action lines are gathered, and written when
all else is done, so that nobody who holds the head waits for anything.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from werkplaats.core import clock, seals
from werkplaats.core.actors import Actor
from werkplaats.core.models import LogEntry, LogHead

_ABSENT = object()


@dataclass(frozen=True)
class _Line:
    """What is to be written; ``detail`` as JSON text."""

    at: datetime
    verb: str
    target: str
    actor: str
    detail: str


_local = threading.local()


def write(verb: str, target: str, *, by: Actor, detail: Mapping[str, Any] | None = None) -> None:
    """Add a line, at the end of the action it is called in. ``verb`` is ``app.record.done``, ``target`` a uid.

    ``detail`` holds no words of askers, no names and no contact details: the logbook outlives them. Of a write that
    changes something it has what ``changed`` gives; of fields that may not be in it only their names, under ``fields``.
    """
    text = json.dumps(dict(detail or {}), cls=DjangoJSONEncoder, allow_nan=False)
    line = _Line(at=clock.now(), verb=verb, target=target, actor=by.uid, detail=text)
    if stack := _stack():
        stack[-1].append(line)
    else:
        _keep([line])


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What differs, as ``before`` and ``after``; what only one of them has is only there."""
    names = [name for name in {**before, **after} if before.get(name, _ABSENT) != after.get(name, _ABSENT)]
    return {
        "before": {name: before[name] for name in names if name in before},
        "after": {name: after[name] for name in names if name in after},
    }


@contextmanager
def gathered() -> Iterator[None]:
    """Gather lines; the outermost block writes them at its end, and none when it fails. Within a transaction."""
    stack = _stack()
    stack.append([])
    try:
        yield
    except BaseException:
        stack.pop()
        raise
    lines = stack.pop()
    if stack:
        stack[-1] += lines
    elif lines:
        _keep(lines)


def _stack() -> list[list[_Line]]:
    if not hasattr(_local, "stack"):
        _local.stack = []
    stack: list[list[_Line]] = _local.stack
    return stack


def _keep(lines: list[_Line]) -> None:
    """Write lines after the last row, under the lock of the head."""
    with transaction.atomic():
        head = LogHead.objects.select_for_update().get()
        for line in lines:
            head.number += 1
            salt = seals.new_salt()
            digest = seals.digest(salt, line.detail)
            at = seals.moment(line.at)
            head.seal = seals.seal(head.seal, head.number, at, line.verb, line.target, line.actor, digest)
            LogEntry.objects.create(
                number=head.number,
                at=line.at,
                verb=line.verb,
                target=line.target,
                actor=line.actor,
                detail=json.loads(line.detail),
                salt=salt,
                digest=digest,
                seal=head.seal,
            )
        head.save()
