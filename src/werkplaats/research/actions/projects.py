"""Keeping projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.research.actions.shared import Values, keep
from werkplaats.research.models import Project


@action
def save_project(
    *, project: Project, values: Values, partners: Sequence[Mapping[str, Any]] = (), version: int = 0, by: Actor
) -> Project:
    """Keep a new project or what was changed of one; ``partners``: an organisation and its role each.

    Raises Conflict, and ValidationError for a state that cannot be.
    """
    return keep(
        record=project, values=values, rows={"partners": partners}, version=version, verb="research.project", by=by
    )
