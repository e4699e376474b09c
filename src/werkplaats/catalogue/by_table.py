"""Searching without the index: every word must begin a word of the entry or point at what it is filed under."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from django.db import models

from werkplaats.catalogue.asked import Asked, Term, understand
from werkplaats.catalogue.labels import Labels
from werkplaats.catalogue.models import Entry, Facet
from werkplaats.catalogue.queries import EntryQuerySet
from werkplaats.catalogue.reasons import Reader, matches, worded
from werkplaats.catalogue.search import Engine, Hit, Query, Sort


def find(query: Query, counted: Sequence[str] = ()) -> TableFound:
    """Search in the table. ``counted``: the facets that will be asked for, counted in one go."""
    return TableFound(query, understand(query.text, story=query.story), counted)


class TableFound:
    """See ``search.Found``."""

    engine = Engine.TABLE
    loosened = False

    def __init__(self, query: Query, asked: Asked, counted: Sequence[str] = ()) -> None:
        self.query = query
        # Of a facet of which nothing is chosen the same entries are counted as of any other.
        self._together = [name for name in counted if name != "soort" and not query.chosen.get(name)]
        self.asked = asked
        self.reader = Reader(asked)
        self.labels = Labels()

    def count(self) -> int:
        """How many in all."""
        return self._total

    def __len__(self) -> int:
        return self._total

    def __getitem__(self, part: slice) -> list[Hit]:
        rows = list(self._rows[part])
        self.labels.expect(rows)
        found = matches(rows, self.reader)
        return [
            Hit(entry, reasons, dict(match.covered))
            for entry, match, reasons in zip(rows, found, worded(found, self.labels), strict=True)
        ]

    def worth(self, term: Term) -> float:
        """The table does not know which words are rare."""
        return 1.0

    def entries(self, batch: int = 500) -> Iterator[Entry]:
        """All in order."""
        return self._rows.iterator(chunk_size=batch)

    def counts(self, dimension: str) -> dict[str, int]:
        """Values with their counts, whatever is chosen in that facet."""
        if self.asked.trouble:
            return {}
        if dimension == "soort":
            entries = self._matching(replace(self.query, kinds=frozenset()))
            return dict(entries.order_by().values_list("kind").annotate(number=models.Count("pk")))
        if dimension in self._together:
            return self._counted.get(dimension, {})
        others = {name: values for name, values in self.query.chosen.items() if name != dimension}
        entries = self._matching(replace(self.query, chosen=others))
        rows = Facet.objects.filter(dimension=dimension, entry__in=entries)
        return dict(rows.values_list("value").annotate(number=models.Count("pk")))  # type: ignore[arg-type]

    @cached_property
    def _counted(self) -> dict[str, dict[str, int]]:
        rows = Facet.objects.filter(dimension__in=self._together, entry__in=self._matching(self.query))
        found: dict[str, dict[str, int]] = {}
        for name, value, number in rows.values_list("dimension", "value").annotate(number=models.Count("pk")):
            found.setdefault(name, {})[value] = number
        return found

    @cached_property
    def _total(self) -> int:
        return self._rows.count()

    @cached_property
    def _rows(self) -> EntryQuerySet:
        if self.asked.trouble:
            return Entry.objects.none()
        entries = self._matching(self.query)
        if self.query.sort is Sort.NAME:
            return entries.by_name()
        if self.query.sort is Sort.BEST and self.asked.terms:
            # Words in the title first; a municipality by its own name before what mentions it.
            title = models.Case(
                models.When(title__icontains=self.asked.terms[0].typed, then=0),
                default=1,
                output_field=models.IntegerField(),
            )
            return entries.annotate(rank=title).order_by("rank", *EntryQuerySet.NEWEST)
        return entries.newest_first()

    def _matching(self, query: Query) -> EntryQuerySet:
        entries = Entry.objects.visible_to(query.viewer).of_kind(*query.kinds)
        entries = entries.with_phrases(self.asked.phrases)
        terms = self.asked.terms
        entries = entries.with_some(terms) if query.story else entries.with_all(terms)
        for dimension, values in query.chosen.items():
            if values:
                entries = entries.having(dimension, values)
        return entries
