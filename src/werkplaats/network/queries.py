"""Finding werkplaatsen, who leads them, whom they serve, who takes part."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from werkplaats.core import clock
from werkplaats.core.models import DatedQuerySet
from werkplaats.network.rules import COMING_IN, PUBLIC_STAGES, RECEIVING

if TYPE_CHECKING:
    from werkplaats.places.models import Municipality


class WerkplaatsQuerySet(DatedQuerySet):
    """Werkplaatsen of the network."""

    def receiving(self) -> Self:
        """Those that take questions now."""
        return self.current().filter(status__in=RECEIVING)

    def serving(self, municipality: Municipality) -> Self:
        """Those whose area this municipality is in today, longest serving first."""
        today = clock.today()
        areas = models.Q(
            models.Q(areas__valid_to=None) | models.Q(areas__valid_to__gt=today),
            areas__municipality=municipality,
            areas__valid_from__lte=today,
        )
        return self.filter(areas).annotate(serves_since=models.Min("areas__valid_from")).order_by("serves_since", "pk")

    def with_uids(self, uids: Iterable[str]) -> dict[str, str]:
        """Names by uid."""
        return dict(self.filter(uid__in=list(uids)).values_list("uid", "name"))


class OrganisationQuerySet(models.QuerySet):
    """Organisations, whether they log in or not."""

    def named(self, text: str) -> list[Any]:
        """Of this name, in either case; without one, those that went by it before, or that have it in their name."""
        same = list(self.filter(name__iexact=text)[:6])
        return same or [one for one in self.filter(name__icontains=text)[:6]]

    def worked_with_by(self, werkplaatsen: Iterable[str]) -> Self:
        """That take part in one of these werkplaatsen (uids) today, from being approached on, or lead one."""
        today = clock.today()
        inside = models.Q()
        for tie in ("partnerships", "leads"):
            stays = models.Q(**{f"{tie}__valid_to": None}) | models.Q(**{f"{tie}__valid_to__gt": today})
            begun: dict[str, Any] = {
                f"{tie}__valid_from__lte": today,
                f"{tie}__werkplaats__uid__in": list(werkplaatsen),
            }
            if tie == "partnerships":
                # Named, not excluded: of a negation over many rows the database asks that none of them is so.
                begun["partnerships__stage__in"] = COMING_IN | PUBLIC_STAGES
            inside |= stays & models.Q(**begun)
        return self.filter(inside).distinct()

    def of_nobody(self) -> Self:
        """That take part nowhere and lead nothing: whoever added one may still correct it."""
        return self.filter(partnerships=None, leads=None)

    def with_uids(self, uids: Iterable[str]) -> dict[str, str]:
        """Names by uid."""
        return dict(self.filter(uid__in=list(uids)).values_list("uid", "name"))


class PartnershipQuerySet(DatedQuerySet):
    """Who takes part in which werkplaats."""

    def public(self) -> Self:
        """Signed or active today."""
        return self.current().filter(stage__in=PUBLIC_STAGES)

    def coming_in(self) -> Self:
        """Approached, in conversation or promised, today."""
        return self.current().filter(stage__in=COMING_IN)


def werkplaats_for(municipality: Municipality, werkplaatsen: WerkplaatsQuerySet) -> Any:
    """The werkplaats a question from this municipality goes to, or None: then the national desk takes it.

    Areas may overlap; the one serving longest receives, and can pass the question on.
    """
    return werkplaatsen.receiving().serving(municipality).first()
