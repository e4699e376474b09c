"""Keeping the national body and its meetings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkplaats.core import versions
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network.models import BodyMeeting, NationalBody

Values = Mapping[str, Any]


@action
def save_body(*, body: NationalBody, values: Values, version: int = 0, by: Actor) -> NationalBody:
    """Keep a new national body or what was changed of one. Raises Conflict."""
    return versions.save(body, values, version=version, verb="network.body", by=by)


@action
def save_meeting(*, meeting: BodyMeeting, values: Values, version: int = 0, by: Actor) -> BodyMeeting:
    """Keep a new meeting or what was changed of one. Raises Conflict."""
    return versions.save(meeting, values, version=version, verb="network.meeting", by=by)
