"""Keeping learning groups, when they met, and what was agreed there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from werkplaats.core import versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.research.actions.shared import Values, keep
from werkplaats.research.models import Circle, CircleMeeting

Parts = Sequence[Mapping[str, Any]]


@action
def save_circle(
    *, circle: Circle, values: Values, members: Parts = (), partners: Parts = (), version: int = 0, by: Actor
) -> Circle:
    """Keep a new learning group or what was changed of one, with who sits in it and with whom it works.

    Raises Conflict, and ValidationError for a state that cannot be.
    """
    rows = {"members": members, "partners": partners}
    return keep(
        record=circle,
        values=values,
        rows=rows,
        version=version,
        verb="research.circle",
        by=by,
        private=("persons", "members"),
    )


@action
def save_meeting(
    *, meeting: CircleMeeting, values: Values, steps: Parts = (), version: int = 0, by: Actor
) -> CircleMeeting:
    """Keep a meeting of a learning group with what was agreed: ``what``, ``who``, ``due``, ``done_on`` each.

    Raises Conflict. What was noted stays out of the logbook.
    """
    private = {*versions.words(CircleMeeting), "steps"}
    rows = {"steps": steps}
    return keep(
        record=meeting, values=values, rows=rows, version=version, verb="research.meeting", by=by, private=private
    )
