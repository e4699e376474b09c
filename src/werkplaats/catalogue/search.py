"""Finding in the hall: words, facets with counts, one page at a time.

Until a text index stands beside it this reads the table: every word of the
query must begin a word of the entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from django.db import models
from django.utils.translation import gettext as _t

from werkplaats.catalogue import words
from werkplaats.catalogue.models import Entry, Facet
from werkplaats.catalogue.queries import EntryQuerySet, Word
from werkplaats.core import registry
from werkplaats.core.actors import ANYONE, Viewer


class Trouble(Enum):
    """Why a query was not searched as it was typed."""

    TOO_LONG = "too long"
    ONLY_STOPWORDS = "only stopwords"


@dataclass(frozen=True)
class Query:
    """What is looked for. ``chosen``: facet -> values, any of which will do; facets must all hold."""

    text: str = ""
    kinds: frozenset[str] = frozenset()
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    viewer: Viewer = ANYONE
    newest_first: bool = False

    @cached_property
    def understood(self) -> tuple[Trouble | None, list[Word]]:
        """Why the words cannot be used, or the words; asked once for the list and all its facets."""
        if len(self.text) > words.LONGEST:
            return Trouble.TOO_LONG, []
        wanted = words.search_words(self.text)
        if self.text.strip() and not wanted:
            return Trouble.ONLY_STOPWORDS, []
        return None, [Word.of(word) for word in wanted]


@dataclass(frozen=True)
class Option:
    """A value of a facet: how many entries choosing it would give, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Found:
    """``entries`` is lazy and ordered; ``trouble`` says when the words could not be used."""

    entries: EntryQuerySet
    words: list[str]
    trouble: Trouble | None


def find(query: Query) -> Found:
    """Search. A query of only function words, or one longer than LONGEST, finds nothing and says why."""
    trouble, wanted = query.understood
    if trouble:
        return Found(Entry.objects.none(), [], trouble)
    entries = _matching(query, wanted)
    newest = models.F("published_at").desc(nulls_last=True)
    if wanted and not query.newest_first:
        # Words in the title first; a municipality or werkplaats by its own name before what mentions it.
        title = models.Case(
            models.When(title__icontains=wanted[0].text, then=0), default=1, output_field=models.IntegerField()
        )
        entries = entries.annotate(rank=title).order_by("rank", newest, "title", "pk")
    else:
        entries = entries.order_by(newest, "title", "pk")
    return Found(entries, [word.text for word in wanted], None)


def options(query: Query, dimension: str) -> list[Option]:
    """The values of one facet with their counts, most first; what is chosen in that facet itself is left aside."""
    trouble, wanted = query.understood
    chosen = query.chosen.get(dimension, frozenset())
    if trouble:
        return []
    others = {name: values for name, values in query.chosen.items() if name != dimension}
    entries = _matching(Query(query.text, query.kinds, others, query.viewer), wanted)
    rows = (
        Facet.objects.filter(dimension=dimension, entry__in=entries)
        .values_list("value")
        .annotate(number=models.Count("pk"))
    )
    counts: dict[str, int] = dict(rows)  # type: ignore[arg-type]
    counts.update({value: 0 for value in chosen - counts.keys()})
    names = label_of(dimension, counts)
    found = [
        Option(
            value, names.get(value, _t("onbekend") if dimension in registry.labels else value), count, value in chosen
        )
        for value, count in counts.items()
    ]
    return sorted(found, key=lambda option: (-option.count, option.label.lower()))


def kind_options(query: Query) -> list[Option]:
    """The kinds with their counts, whatever kind is chosen."""
    trouble, wanted = query.understood
    if trouble:
        return []
    entries = _matching(Query(query.text, frozenset(), query.chosen, query.viewer), wanted)
    counts = dict(entries.order_by().values_list("kind").annotate(number=models.Count("pk")))
    return [
        Option(kind, str(source.label), counts.get(kind, 0), kind in query.kinds)
        for kind, source in registry.sources.items()
        if counts.get(kind) or kind in query.kinds
    ]


def label_of(dimension: str, values: Mapping[str, object] | set[str] | list[str]) -> dict[str, str]:
    """How values of a facet are called now, in one question to the database."""
    lookup = registry.labels.get(dimension)
    return lookup(values) if lookup and values else {}


def _matching(query: Query, wanted: list[Word]) -> EntryQuerySet:
    entries = Entry.objects.visible_to(query.viewer).of_kind(*query.kinds).with_words(wanted)
    for dimension, values in query.chosen.items():
        if values:
            entries = entries.having(dimension, values)
    return entries
