"""Reading the hall. Who may see what is decided here, once, for every door."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db import models

from werkplaats.core import registry
from werkplaats.core.actors import Viewer
from werkplaats.core.models import Visibility

# Words up to this length are not taken for the beginning of a name.
_SHORT = 3


@dataclass(frozen=True)
class Word:
    """A word of a query, and the facet values it points at."""

    text: str
    meant: dict[str, list[str]]

    @classmethod
    def of(cls, text: str) -> Word:
        """Ask each finder once."""
        found = {name: list(find(text)) for name, find in registry.finders.items()} if len(text) > _SHORT else {}
        return cls(text, {name: values for name, values in found.items() if values})


class EntryQuerySet(models.QuerySet):
    """Entries: living or removed, visible, filtered."""

    def living(self) -> Self:
        """Not removed."""
        return self.filter(removed_at=None)

    def visible_to(self, viewer: Viewer) -> Self:
        """Living entries this viewer may see: public; network for its members; a werkplaats's own for its own."""
        allowed = models.Q(visibility=Visibility.PUBLIC)
        if viewer.network:
            allowed |= models.Q(visibility=Visibility.NETWORK)
        if viewer.werkplaatsen:
            own = self.model._meta.get_field("facet_rows").related_model.objects.filter(
                dimension="werkplaats", value__in=viewer.werkplaatsen, entry=models.OuterRef("pk")
            )
            allowed |= models.Q(models.Exists(own), visibility=Visibility.WERKPLAATS)
        return self.living().filter(allowed)

    def newest_first(self) -> Self:
        """Latest published first; what has no date comes last, on any database."""
        return self.order_by(models.F("published_at").desc(nulls_last=True), "-datestamp", "-pk")

    def of_kind(self, *kinds: str) -> Self:
        """Of these kinds; of all when none is given."""
        return self.filter(kind__in=kinds) if kinds else self

    def having(self, dimension: str, values: Iterable[str]) -> Self:
        """With at least one of these values in a facet."""
        rows = self.model._meta.get_field("facet_rows").related_model.objects.filter(
            dimension=dimension, value__in=list(values), entry=models.OuterRef("pk")
        )
        return self.filter(models.Exists(rows))

    def with_words(self, words: Iterable[Word]) -> Self:
        """In which every word begins some word, or points at a theme, werkplaats or gemeente they are filed under."""
        found = self
        rows = self.model._meta.get_field("facet_rows").related_model.objects
        for word in words:
            hit = models.Q(haystack__contains=f" {word.text}")
            for dimension, values in word.meant.items():
                named = rows.filter(dimension=dimension, value__in=values, entry=models.OuterRef("pk"))
                hit |= models.Q(models.Exists(named))
            found = found.filter(hit)
        return found
