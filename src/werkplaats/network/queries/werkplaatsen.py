"""Finding werkplaatsen, and whom they serve."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils.text import slugify

from werkplaats.core import clock
from werkplaats.core.models import DatedQuerySet
from werkplaats.network.rules import RECEIVING

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

    def formerly_at(self, slug: str) -> Any | None:
        """The one that had this address, or is or was called so: by its brand, or any name it ever went by."""
        found = self.filter(former_addresses__slug=slug).first()
        if found:
            return found
        # There are some tens of them at most, so their names are compared here.
        for one in self.prefetch_related("former_names"):
            names = [one.name, one.brand, *(former.name for former in one.former_names.all())]
            if slug in {slugify(name) for name in names}:
                return one
        return None

    def with_uids(self, uids: Iterable[str]) -> dict[str, str]:
        """Names by uid."""
        return dict(self.filter(uid__in=list(uids)).values_list("uid", "name"))


def werkplaats_for(municipality: Municipality, werkplaatsen: WerkplaatsQuerySet) -> Any:
    """The werkplaats a question from this municipality goes to, or None: then the national desk takes it.

    Areas may overlap; the one serving longest receives, and can pass the question on.
    """
    return werkplaatsen.receiving().serving(municipality).first()
