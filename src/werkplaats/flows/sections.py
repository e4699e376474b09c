"""Every werkplaats has its pages, and every account works where its roles of today say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.flows import merging
from werkplaats.network.actions import save_werkplaats
from werkplaats.network.models import Werkplaats
from werkplaats.network.rules import Status
from werkplaats.news.actions import make_section, open_site, refresh_roles


@action
def open_sections(*, by: Actor) -> int:
    """Make the section of the network and of each werkplaats that lacks one; how many there are.

    Doing it again changes nothing but the name of a werkplaats that was renamed.
    """
    # The national one first: the others may use what stands in its collection.
    werkplaatsen = list(Werkplaats.objects.exclude(status=Status.ENDED).order_by("name"))
    for one in werkplaatsen:
        open_site(werkplaats=one, by=by)
    return len([make_section(werkplaats=one, by=by) for one in (None, *werkplaatsen)])


@action
def keep_werkplaats(
    *, werkplaats: Werkplaats, values: Mapping[str, Any], former: list[str], version: int = 0, by: Actor
) -> Werkplaats:
    """Keep a new werkplaats or what was changed of one; its pages have a place from the start. Raises Conflict."""
    kept = save_werkplaats(werkplaats=werkplaats, values=values, former=former, version=version, by=by)
    make_section(werkplaats=kept, by=by)
    return kept


@action
def follow_the_day(*, by: Actor) -> int:
    """What a night must do: new werkplaatsen get their section, and groups follow the roles of today.

    What was kept of merges that cannot be undone any more is wiped. Gives how many accounts changed.
    """
    open_sections(by=by)
    merging.forget_past(by=by)
    return refresh_roles(by=by)
