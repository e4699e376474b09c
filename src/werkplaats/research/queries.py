"""Finding research: for the desk of someone, and what waits."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from werkplaats.core import clock
from werkplaats.core.models import Visibility
from werkplaats.people.rules import RoleKind, has_role
from werkplaats.research.rules import State, works_for


class ResearchQuerySet(models.QuerySet):
    """Records that a werkplaats keeps, or the national desk."""

    # The field with werkplaatsen that take part beside the one that keeps it.
    beside = ""

    def for_desk_of(self, account: Any) -> Self:
        """Of the own werkplaatsen; the national desk sees all but what a werkplaats keeps to itself."""
        own = works_for(account)
        seen = Q(werkplaats__uid__in=own)
        if self.beside and own:
            seen |= Q(**{f"{self.beside}__uid__in": own})
        if has_role(account, RoleKind.NATIONAL_EDITOR):
            seen |= Q(werkplaats=None) | ~Q(visibility=Visibility.WERKPLAATS)
        return self.filter(seen).distinct() if self.beside else self.filter(seen)

    def kept_by(self, werkplaatsen: list[str]) -> Self:
        """That these werkplaatsen (uids) keep."""
        return self.filter(werkplaats__uid__in=werkplaatsen)

    def past_end(self) -> Self:
        """Still said to run, though the day on which it would end has passed."""
        return self.filter(state=State.RUNNING, valid_to__lte=clock.today())


class ProjectQuerySet(ResearchQuerySet):
    """Projects, in which other werkplaatsen may take part."""

    beside = "others"


class MeetingQuerySet(models.QuerySet):
    """What learning groups did when they met."""

    def for_desk_of(self, account: Any) -> Self:
        """Of the groups of the own werkplaatsen, and of nobody else: not the national desk's."""
        return self.filter(circle__werkplaats__uid__in=works_for(account))


class StepQuerySet(models.QuerySet):
    """What was agreed to do."""

    def overdue(self) -> Self:
        """Not done, and the day has passed."""
        return self.filter(done_on=None, due__lt=clock.today())


class ThemeWorkQuerySet(models.QuerySet):
    """Who works on which national theme."""

    def for_desk_of(self, account: Any) -> Self:
        """Of the own werkplaatsen; all for the national desk."""
        if has_role(account, RoleKind.NATIONAL_EDITOR):
            return self.all()
        return self.filter(werkplaats__uid__in=works_for(account))
