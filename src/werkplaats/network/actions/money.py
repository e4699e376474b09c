"""Keeping phases and grants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkplaats.core import versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network.models import (
    Grant,
    Phase,
    PhaseGoal,
)

Values = Mapping[str, Any]


@action
def save_phase(*, phase: Phase, values: Values, version: int = 0, by: Actor) -> Phase:
    """Keep a new phase or what was changed of one. Raises Conflict."""
    return versions.save(phase, values, version=version, verb="network.phase", by=by)


@action
def save_goal(*, goal: PhaseGoal, values: Values, version: int = 0, by: Actor) -> PhaseGoal:
    """Keep a new goal of a phase or what was changed of one. Raises Conflict."""
    return versions.save(goal, values, version=version, verb="network.goal", by=by)


@action
def save_grant(*, grant: Grant, values: Values, version: int = 0, by: Actor) -> Grant:
    """Keep a new grant or what was changed of one. Raises Conflict."""
    return versions.save(grant, values, version=version, verb="network.grant", by=by)
