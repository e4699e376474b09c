"""Finding who takes part where, and with whom it is time to talk."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from werkplaats.core import clock
from werkplaats.core.dates import ABOUT_YEARS, Precision
from werkplaats.network.queries.werkplaatsen import TieQuerySet
from werkplaats.network.rules import (
    COMING_IN,
    MONTHS_BEFORE_END,
    MONTHS_BETWEEN_LOOKS,
    PUBLIC_STAGES,
    Stage,
    months_from,
)


class PartnershipQuerySet(TieQuerySet):
    """Who takes part in which werkplaats."""

    def public(self) -> Self:
        """Signed or active today."""
        return self.current().filter(stage__in=PUBLIC_STAGES)

    def told_to_partner(self) -> Self:
        """What who speaks for the organisation reads of these: that they take part, or did.

        Of talks only as long as no other werkplaats works with it, which may have named who speaks for it.
        """
        steps = self._steps().filter(partnership=OuterRef("pk"), stage__in=PUBLIC_STAGES)
        return self.filter(Q(models.Exists(steps)) | ~Q(models.Exists(self._others())))

    def holding(self) -> Self:
        """Public, and not by the word of their own region alone.

        Who was there first needs nobody's word. Who came beside another werkplaats, or beside one that the organisation
        leads, holds it when one that does, or the national desk, shared it.
        """
        return self.public().filter(Q(shared_at__isnull=False) | ~self._beside())

    def unshared(self) -> Self:
        """Public by the word of their own region alone."""
        return self.public().filter(self._beside(), shared_at=None)

    def shareable_by(self, werkplaatsen: Collection[str], *, national: bool = False) -> Self:
        """With which these werkplaatsen (uids) may share an organisation that they hold; the national desk with all."""
        if national:
            return self.public()
        held = self._organisations().held_by(werkplaatsen).values("pk")
        return self.public().filter(organisation__in=held).exclude(werkplaats__uid__in=list(werkplaatsen))

    def _beside(self) -> Q:
        """Another werkplaats was there first, or the organisation leads another."""
        others = self._others()
        leads = self._organisations().model._meta.get_field("leads").related_model._default_manager.current()
        led = leads.filter(organisation=OuterRef("organisation")).exclude(werkplaats=OuterRef("werkplaats"))
        first = Q(counted_at__lt=OuterRef("counted_at")) | Q(counted_at=OuterRef("counted_at"), pk__lt=OuterRef("pk"))
        return (
            Q(models.Exists(others.filter(first)))
            | Q(models.Exists(led))
            # Of which nobody knows since when it counts: last.
            | Q(models.Exists(others), counted_at=None)
        )

    def _others(self) -> Any:
        """Of the same organisation, with another werkplaats, public."""
        found = self.model._default_manager.public().filter(organisation=OuterRef("organisation"))
        return found.exclude(werkplaats=OuterRef("werkplaats"))

    def coming_in(self) -> Self:
        """Approached, in conversation or promised, today."""
        return self.current().filter(stage__in=COMING_IN)

    def telling(self, stages: Collection[str], day: date) -> Self:
        """Those that took part on a day in one of these stages, or perhaps did, each with the step that decides.

        ``stage_then``, ``since`` and ``since_precision`` are of the last step before that day; ``earlier``: it was in
        one of these stages before; ``about``: it came in one at a time of which only "about 2014" is known.
        """
        last = self._last_step(day)
        steps = self._steps().filter(partnership=OuterRef("pk"), stage__in=stages)
        near = date(min(day.year + ABOUT_YEARS, 9999), 1, 1)
        about = steps.filter(precision=Precision.ABOUT, on__gt=day, on__lte=near)
        found = self.perhaps_on(day).annotate(
            stage_then=Subquery(last.values("stage")[:1]),
            since=Subquery(last.values("on")[:1]),
            since_precision=Subquery(last.values("precision")[:1]),
            earlier=models.Exists(steps.filter(on__lte=day)),
            about=models.Exists(about),
        )
        return found.filter(Q(stage_then__in=stages) | Q(about=True) | Q(earlier=True))

    def in_stage(self, stages: Collection[str], day: date) -> Self:
        """Those that took part on a day in one of these stages, by their steps: not by what they are in now.

        What ended "in 2012" took part until the end of that year, as its period says.
        """
        last = self._last_step(day).values("stage")[:1]
        return self.on(day).alias(stage_then=Subquery(last)).filter(stage_then__in=stages)

    def running_out(self, day: date | None = None) -> Self:
        """Partners whose last agreement ends within three months, or ended already."""
        day = day or clock.today()
        return self._with_end().filter(ends__lte=months_from(day, MONTHS_BEFORE_END))

    def to_look_at(self, day: date | None = None) -> Self:
        """Partners that nobody looked at, or took a step with, for a year."""
        day = day or clock.today()
        last = self._steps().filter(partnership=OuterRef("pk")).order_by("-on", "-pk").values("on")[:1]
        stepped = Coalesce(Subquery(last), F("valid_from"))
        seen = Greatest(stepped, Coalesce(F("looked_at"), stepped))
        return self.public().alias(seen=seen).filter(seen__lte=months_from(day, -MONTHS_BETWEEN_LOOKS))

    def steps(self) -> list[tuple[Any, date, str]]:
        """(who where, day, stage) of all their steps, in the order that ``funnel`` reads.

        Who came back after an end goes on as the same: on each day an organisation is in one stage of a werkplaats.
        """
        pair = ("partnership__werkplaats", "partnership__organisation")
        found = self._steps().filter(partnership__in=self).order_by(*pair, "on", "partnership__valid_from", "pk")
        return [((here, who), on, stage) for here, who, on, stage in found.values_list(*pair, "on", "stage")]

    def _with_end(self) -> Self:
        """Those that take part, with the end of the agreement that lasts longest: none for one without an end."""
        agreements = self._agreements().filter(partnership=OuterRef("pk"))
        endless = agreements.filter(valid_to=None)
        last = agreements.order_by("-valid_to").values("valid_to")[:1]
        found = self.public().filter(~Q(models.Exists(endless)))
        return found.annotate(ends=Subquery(last)).exclude(ends=None)

    def _last_step(self, day: date) -> Any:
        """The step that says what it was on a day."""
        newest = self._steps().filter(partnership=OuterRef("partnership")).order_by("-on", "-pk").values("pk")[:1]
        steps = self._steps().filter(partnership=OuterRef("pk"), on__lte=day)
        # The step that ended it is told by the period; one after which it began again is not.
        return steps.exclude(stage=Stage.ENDED, pk=Subquery(newest)).order_by("-on", "-pk")

    def _steps(self) -> Any:
        return self.model._meta.get_field("steps").related_model._default_manager

    def _organisations(self) -> Any:
        return self.model._meta.get_field("organisation").related_model._default_manager

    def _agreements(self) -> Any:
        return self.model._meta.get_field("agreements").related_model._default_manager
