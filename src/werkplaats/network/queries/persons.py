"""Finding people at organisations, and what was said with them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Self

from django.db import models

from werkplaats.core import clock
from werkplaats.core.models import DatedQuerySet


def _written_by(werkplaatsen: list[str], national: bool) -> models.Q:
    """Words of these werkplaatsen (uids), and with ``national`` those of the national desk."""
    own = models.Q(werkplaats__uid__in=werkplaatsen)
    return own | models.Q(werkplaats=None) if national else own


class FunctionQuerySet(DatedQuerySet):
    """Who does what at which organisation."""

    def known_to(self, werkplaatsen: Iterable[str], *, national: bool = False) -> Self:
        """Written down by these werkplaatsen (uids), or at organisations that others share with them; no one erased.

        With whom they work they also see whom the national desk wrote down.
        """
        own = list(werkplaatsen)
        organisations = self.model._meta.get_field("organisation").related_model._default_manager
        shared = models.Q(organisation__in=organisations.shared_with(own).values("pk"))
        desks = models.Q(organisation__in=organisations.worked_with(own).values("pk"), werkplaats=None)
        return self.filter(shared | desks | _written_by(own, national), person__erased_at=None)


class ContactQuerySet(models.QuerySet):
    """What was said, and what is to be done."""

    def written_by(self, werkplaatsen: Iterable[str], *, national: bool = False) -> Self:
        """By these werkplaatsen (uids); with ``national`` also by the national desk."""
        return self.filter(_written_by(list(werkplaatsen), national))

    def to_do(self) -> Self:
        """With a next step that is not done."""
        return self.filter(next_on__isnull=False, done_on=None)

    def due(self) -> Self:
        """To do today, or before."""
        return self.to_do().filter(next_on__lte=clock.today())

    def late(self) -> Self:
        """To do before today."""
        return self.to_do().filter(next_on__lt=clock.today())

    def this_week(self) -> Self:
        """To do from today up to and including Sunday."""
        today = clock.today()
        return self.to_do().filter(next_on__range=(today, today + timedelta(days=6 - today.weekday())))
