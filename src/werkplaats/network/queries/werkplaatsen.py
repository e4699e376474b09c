"""Finding werkplaatsen, what they were on a day, and whom they serve."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils.text import slugify

from werkplaats.core import clock
from werkplaats.core.models import DatedQuerySet, holds
from werkplaats.network.rules import RECEIVING, LeadRole, OrganisationKind, Standing, Status

if TYPE_CHECKING:
    from werkplaats.places.models import Municipality


class WerkplaatsQuerySet(DatedQuerySet):
    """Werkplaatsen of the network."""

    def standing(self, day: date) -> Self:
        """Those that are there on a day, or perhaps were, each with what it was then: ``stands``, a Standing.

        The one rule by which coverage, the maps, the page of a municipality and a question know who counts. One that
        has ended counts on days before today, until the end that is known of it.
        """
        counts = Q(status__in=RECEIVING)
        if day < clock.today():
            counts |= Q(status=Status.ENDED, valid_to__isnull=False)
        forming = Q(status=Status.CANDIDATE) | counts & Q(forming_to__gt=day)
        stands = Case(
            When(holds(day) & forming, then=Value(Standing.FORMING.value)),
            When(holds(day) & counts, then=Value(Standing.COUNTS.value)),
            When(counts & (Q(forming_to=None) | Q(forming_to__lte=day)), then=Value(Standing.PERHAPS.value)),
            default=Value(Standing.NOTHING.value),
        )
        return self.perhaps_on(day).annotate(stands=stands)

    def counting(self, day: date) -> Self:
        """Those that count on a day: members and guests, not those in the making."""
        return self.standing(day).filter(stands=Standing.COUNTS)

    def receiving(self) -> Self:
        """Those that take questions now."""
        return self.counting(clock.today())

    def serving(self, municipality: Municipality) -> Self:
        """Those whose area this municipality is in today, longest serving first."""
        today = clock.today()
        areas = models.Q(
            models.Q(areas__valid_to=None) | models.Q(areas__valid_to__gt=today),
            areas__municipality=municipality,
            areas__valid_from__lte=today,
        )
        return self.filter(areas).annotate(serves_since=models.Min("areas__valid_from")).order_by("serves_since", "pk")

    def formerly_at(self, slug: str) -> Any | None:
        """The one that had this address, or is or was called so: by its brand, or any name it ever went by."""
        found = self.filter(former_addresses__slug=slug).first()
        if found:
            return found
        # There are some tens of them at most, so their names are compared here.
        return next((one for one in self.prefetch_related("former_names") if slug in _slugs_of(one)), None)

    def called(self, slug: str) -> list[Any]:
        """Those that people call so, as in an address: by any name, or by a part of their region."""
        known = self.prefetch_related("former_names") if slug else ()
        return [one for one in known if slug in _slugs_of(one) or f"-{slug}-" in f"-{slugify(one.region)}-"]

    def with_uids(self, uids: Iterable[str]) -> dict[str, str]:
        """Names by uid."""
        return dict(self.filter(uid__in=list(uids)).values_list("uid", "name"))


def _slugs_of(one: Any) -> set[str]:
    """All names that a werkplaats goes or went by, as in an address."""
    return {slugify(name) for name in (one.name, one.brand, *(former.name for former in one.former_names.all()))}


class TieQuerySet(DatedQuerySet):
    """What ties a municipality or organisation to a werkplaats: areas, partnerships, and who leads."""

    def of_counting(self, day: date) -> Self:
        """Those that hold on a day, of a werkplaats that counts then."""
        return self.on(day).filter(werkplaats__in=self._werkplaatsen(day, Standing.COUNTS))

    def shown_on(self, day: date) -> Self:
        """Those that hold on a day, of a werkplaats that counts then or is in the making."""
        return self.on(day).filter(werkplaats__in=self._werkplaatsen(day, Standing.COUNTS, Standing.FORMING))

    def _werkplaatsen(self, day: date, *stands: Standing) -> Any:
        every: Any = self.model._meta.get_field("werkplaats").related_model
        return every._default_manager.standing(day).filter(stands__in=stands).values("pk")


class LeadershipQuerySet(TieQuerySet):
    """Who leads which werkplaats."""

    def co_leading(self) -> Self:
        """Municipalities that co-lead, as organisations of their own."""
        return self.filter(role=LeadRole.CO_LEAD, organisation__kind=OrganisationKind.MUNICIPALITY)


def werkplaats_for(municipality: Municipality, werkplaatsen: WerkplaatsQuerySet) -> Any:
    """The werkplaats a question from this municipality goes to, or None: then the national desk takes it.

    Areas may overlap; the one serving longest receives, and can pass the question on.
    """
    return werkplaatsen.receiving().serving(municipality).first()
