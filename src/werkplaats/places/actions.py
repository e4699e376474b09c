"""Writes about places beside what is read in from files."""

from __future__ import annotations

from werkplaats.core import logbook
from werkplaats.core.action import action
from werkplaats.core.actors import Actor
from werkplaats.places.models import Boundary


@action
def forget_boundaries(*, by: Actor) -> int:
    """Draw the map with hexagons again; the number of boundaries that went."""
    count = Boundary.objects.count()
    if count:
        Boundary.objects.all().delete()
        logbook.write("places.boundaries.forgotten", "gemeente", by=by, detail={"rows": count})
    return count
