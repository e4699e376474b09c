"""Organisations that may be one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.network import actions as network
from werkplaats.network.models import Organisation


@action
def keep_organisation(
    *, organisation: Organisation, values: Mapping[str, Any], numbers: Mapping[str, str],
    others: Iterable[str] = (), version: int = 0, by: Actor,
) -> Organisation:  # fmt: skip
    """Keep an organisation; of ``others`` (uids) somebody said that they only look the same. Raises Conflict."""
    kept = network.save_organisation(organisation=organisation, values=values, numbers=numbers, version=version, by=by)
    for uid in others:
        network.tell_apart(one=kept.uid, other=uid, by=by)
    return kept
