"""Finding who was asked whether what we know still holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from django.db import models

from werkplaats.core import clock
from werkplaats.network.rules import CHECK_DAYS


class CheckQuerySet(models.QuerySet):
    """Requests by mail."""

    def open(self) -> Self:
        """Of which the link still works."""
        return self.filter(answered_at=None, expires_at__gt=clock.now())

    def waiting(self) -> Self:
        """Answered with something that somebody has to look at."""
        return self.filter(answered_at__isnull=False, decided_at=None).exclude(proposal={}, note="")

    def recent(self) -> Self:
        """Sent so lately that asking again would be a nuisance."""
        lately = self.filter(sent_at__gt=clock.now() - timedelta(days=CHECK_DAYS))
        # One that never arrived, or went to a wrong address, keeps nobody from being asked.
        return lately.filter(models.Q(answered_at__isnull=False) | models.Q(expires_at__gt=clock.now()))
