"""Reading the hall. Who may see what is decided here, once, for every door."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models.functions import Lower

from werkplaats.catalogue.asked import Term
from werkplaats.core.actors import Viewer
from werkplaats.core.models import Visibility


class EntryQuerySet(models.QuerySet):
    """Entries: living or removed, visible, filtered."""

    def living(self) -> Self:
        """Not removed."""
        return self.filter(removed_at=None)

    def visible_to(self, viewer: Viewer) -> Self:
        """Living entries this viewer may see: public; network for its members; a werkplaats's own for its own."""
        return self.living().ever_visible_to(viewer)

    def ever_visible_to(self, viewer: Viewer) -> Self:
        """Those, and tombstones of what this viewer could see: of nothing else one may know that it was there."""
        allowed = models.Q(visibility=Visibility.PUBLIC)
        if viewer.network:
            allowed |= models.Q(visibility=Visibility.NETWORK)
        if viewer.werkplaatsen:
            own = self.model._meta.get_field("facet_rows").related_model.objects.filter(
                dimension="werkplaats", value__in=viewer.werkplaatsen, entry=models.OuterRef("pk")
            )
            allowed |= models.Q(models.Exists(own), visibility=Visibility.WERKPLAATS)
        return self.filter(allowed)

    # Latest published first; what has no date comes last, on any database.
    NEWEST = (models.F("published_at").desc(nulls_last=True), "-pk")

    def newest_first(self) -> Self:
        """Latest published first; what has no date comes last."""
        return self.order_by(*self.NEWEST)

    def latest_day_first(self) -> Self:
        """By the day it is of, latest first; what has no day comes last, on any database."""
        return self.order_by(models.F("starts_on").desc(nulls_last=True), Lower("title"), "uid")

    def by_name(self) -> Self:
        """By title, whatever its capitals."""
        return self.order_by(Lower("title"), "uid")

    def of_kind(self, *kinds: str) -> Self:
        """Of these kinds; of all when none is given."""
        return self.filter(kind__in=kinds) if kinds else self

    def having(self, dimension: str, values: Iterable[str]) -> Self:
        """With at least one of these values in a facet."""
        return self.filter(self.under(dimension, values))

    def under(self, dimension: str, values: Iterable[str]) -> models.Exists:
        """Whether an entry has at least one of these values in a facet; ``values`` may be a query of their own."""
        wanted = values if isinstance(values, models.QuerySet) else list(values)
        rows = self.model._meta.get_field("facet_rows").related_model.objects
        return models.Exists(rows.filter(dimension=dimension, value__in=wanted, entry=models.OuterRef("pk")))

    def with_all(self, terms: Iterable[Term]) -> Self:
        """In which every word begins some word, or points at a theme, werkplaats or gemeente they are filed under."""
        found = self
        for term in terms:
            found = found.filter(self._with(term))
        return found

    def with_some(self, terms: Iterable[Term]) -> Self:
        """In which at least one word does so; all when there are none."""
        found = [self._with(term) for term in terms]
        return self.filter(reduce(or_, found)) if found else self

    def with_phrases(self, phrases: Iterable[tuple[str, ...]]) -> Self:
        """In which all words of each phrase occur. The table does not know their order: see ``by_table``."""
        found = self
        for phrase in phrases:
            for word in phrase:
                found = found.filter(haystack__contains=f" {word} ")
        return found

    def _with(self, term: Term) -> models.Q:
        hit = models.Q(haystack__contains=f" {term.typed}")
        rows = self.model._meta.get_field("facet_rows").related_model.objects
        for dimension, values in term.meanings().items():
            named = rows.filter(dimension=dimension, value__in=values, entry=models.OuterRef("pk"))
            hit |= models.Q(models.Exists(named))
        return hit
