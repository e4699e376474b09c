"""Finding who takes part where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from werkplaats.core.models import DatedQuerySet
from werkplaats.network.rules import COMING_IN, PUBLIC_STAGES

if TYPE_CHECKING:
    pass


class PartnershipQuerySet(DatedQuerySet):
    """Who takes part in which werkplaats."""

    def public(self) -> Self:
        """Signed or active today."""
        return self.current().filter(stage__in=PUBLIC_STAGES)

    def coming_in(self) -> Self:
        """Approached, in conversation or promised, today."""
        return self.current().filter(stage__in=COMING_IN)
