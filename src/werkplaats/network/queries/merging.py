"""Finding what went up in what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.db import models

from werkplaats.core import clock
from werkplaats.network.rules import UNDO_DAYS


class MergeQuerySet(models.QuerySet):
    """Organisations that went up in others."""

    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(undone_at=None)

    def past_undoing(self) -> Self:
        """Too long ago to take back."""
        return self.filter(merged_at__lt=clock.now() - timedelta(days=UNDO_DAYS))

    def to_wipe(self) -> Self:
        """Too long ago to take back, and still holding what there was before."""
        return self.past_undoing().exclude(steps=[])

    def now_of(self, uid: str) -> Any:
        """The organisation that the one with this old uid is now; None when it is none."""
        found = self.standing().filter(gone_uid=uid).select_related("kept").first()
        return found.kept if found else None
